// SPDX-License-Identifier: Apache-2.0

/// One decoded webhook: what happened, to which call.
package struct Webhook: Equatable, Sendable {
    /// The header that all types share; the call id is empty when the platform sent none.
    package let call: AssistantRequest
    package let event: Event
    /// The decision id that the platform echoed in `assistant.metadata.switchboard` (docs/platform.md, Events).
    package let echo: Echo

    /// The same webhook of a call whose numbers were read.
    package func with(call: AssistantRequest) -> Webhook { Webhook(call: call, event: event, echo: echo) }

    package init(call: AssistantRequest, event: Event, echo: Echo) {
        self.call = call
        self.event = event
        self.echo = echo
    }

    /// The type of a probe: signed like a webhook, sent by us through the public address, answered and never counted.
    package static let probeType = "switchboard-probe"

    /// What a webhook says.
    package enum Event: Equatable, Sendable {
        case assistantRequest
        case status(CallStatus, reason: String?)
        case toolCalls(names: [String])
        case report(CallReport)
        /// An undocumented `message.type`; answered `{}` and shown.
        case other(type: String)
    }

    /// What the webhook says of our answer.
    package enum Echo: Hashable, Sendable {
        /// The webhook carries no assistant, so it says nothing about our answer.
        case none
        /// The assistant in use does not carry our tag.
        case untagged
        /// The assistant in use carries this decision id.
        case decision(String)
    }
}

extension Webhook.Event {
    /// The types that are known, by their names on the wire.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case assistantRequest = "assistant-request"
        case status = "status-update"
        case toolCalls = "tool-calls"
        case report = "end-of-call-report"
    }

    /// The type; `nil` for one that is unknown.
    package var kind: Kind? {
        switch self {
        case .assistantRequest: .assistantRequest
        case .status: .status
        case .toolCalls: .toolCalls
        case .report: .report
        case .other: nil
        }
    }

    /// The type as the wire names it.
    package var wireName: String {
        if case .other(let type) = self { type } else { kind?.rawValue ?? "" }
    }

    /// What the webhook says, for people; untrusted.
    ///
    /// The first text is shown next to the type, the others below it.
    package var words: [String] {
        switch self {
        case .assistantRequest: []
        case .status(let status, let reason): [status.text + (reason.map { ", \($0)" } ?? "")]
        // What was answered is not known here: a server named in `forward`, or nothing, may serve the tools.
        case .toolCalls(let names): [names.isEmpty ? "tools called" : "called \(names.joined(separator: ", "))"]
        case .report(let report): report.words
        case .other: ["unknown type; answered {}"]
        }
    }
}

/// What the platform reports after a call (docs/platform.md, Events).
///
/// The texts are untrusted until they are cleaned.
package struct CallReport: Hashable, Sendable {
    /// Length of the call in seconds, if the report has it.
    package let seconds: Int?
    package let summary: String
    package let endReason: String?

    package init(seconds: Int?, summary: String, endReason: String?) {
        self.seconds = seconds
        self.summary = summary
        self.endReason = endReason
    }

    fileprivate var words: [String] {
        let facts = [seconds.map { "lasted \(DurationText.clock(seconds: $0))" }, endReason.map { "ended by \($0)" }]
            .compactMap { $0 }
        let head = facts.isEmpty ? "call ended" : facts.joined(separator: ", ")
        return summary.isEmpty ? [head] : [head, "\"\(summary)\""]
    }
}
