// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls

/// An answer as the rules file describes it, before it is compiled into bytes.
package enum Answer: Equatable, Sendable {
    /// The word `default`: the saved assistant as it is.
    case standard
    case assistant(AssistantAnswer)
    /// The call is rejected and the caller hears this text; never empty.
    case reject(TextTemplate)
    /// This JSON, byte for byte after its placeholders are filled.
    case raw(TextTemplate)
    /// Another server's reply, byte for byte.
    case ask(Ask)
}

/// An answer that lets the call in and changes something about it.
package struct AssistantAnswer: Equatable, Sendable {
    /// What the assistant says first.
    package var greeting: TextTemplate?
    /// Keys of the assistant other than the greeting and the metadata, in snake case, such as `llm_config`.
    package var settings: [JSONTemplate.Member]
    /// The operator's own metadata; our tag is added to it.
    package var metadata: [JSONTemplate.Member]
    /// A saved assistant to use; wins over the one of the line, which is used where this is empty.
    package var assistantID: TextTemplate?
    /// Top-level `max_duration_seconds`.
    package var maxDuration: Int?
    /// How long a call may be limited to, in seconds.
    package static let durations = 1...86_400

    package init(
        greeting: TextTemplate? = nil, settings: [JSONTemplate.Member] = [], metadata: [JSONTemplate.Member] = [],
        assistantID: TextTemplate? = nil, maxDuration: Int? = nil
    ) {
        self.greeting = greeting
        self.settings = settings
        self.metadata = metadata
        self.assistantID = assistantID
        self.maxDuration = maxDuration
    }
}

extension AssistantAnswer {
    /// A key of the answer next to the assistant block: how it is written, read back and described.
    struct TopLevelKey: Sendable {
        /// In snake case.
        let name: String
        /// What is sent; `nil` where the answer does not have the key.
        let value: @Sendable (AssistantAnswer) -> JSONValue?
        let read: @Sendable (inout AssistantAnswer, JSONValue) -> Void
        let words: @Sendable (JSONValue) -> String
    }

    /// The keys next to the assistant block, in the order in which they are sent.
    static let topLevel = [
        TopLevelKey(
            name: "max_duration_seconds", value: { $0.maxDuration.map { .integer($0) } },
            read: { $0.maxDuration = $1.integer }, words: { "at most \($0.text) s" })
    ]
}

extension JSONValue {
    fileprivate var integer: Int? {
        if case .number(let text) = self { Int(text) } else { nil }
    }
}
