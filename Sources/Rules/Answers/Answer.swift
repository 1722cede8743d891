// SPDX-License-Identifier: Apache-2.0

package import JSON
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
    package var metadata: [JSONValue.Member]
    /// A saved assistant to use; wins over the one of the line.
    package var assistantID: String?
    /// Top-level `max_duration_seconds`.
    package var maxDuration: Int?

    package init(
        greeting: TextTemplate? = nil, settings: [JSONTemplate.Member] = [], metadata: [JSONValue.Member] = [],
        assistantID: String? = nil, maxDuration: Int? = nil
    ) {
        self.greeting = greeting
        self.settings = settings
        self.metadata = metadata
        self.assistantID = assistantID
        self.maxDuration = maxDuration
    }
}
