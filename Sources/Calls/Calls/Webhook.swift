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

// What the rest of the program needs to know of a type: a new one answers these questions here.
extension Webhook.Event {
    /// What the webhook makes of the state of its call.
    package enum Progress: Hashable, Sendable {
        case none
        /// The call is in this status, for this reason.
        case reaches(CallStatus, reason: String?)
        /// The call is over.
        case over(CallReport)
    }

    package var progress: Progress {
        switch self {
        case .assistantRequest, .other: .none
        case .status(let status, let reason): .reaches(status, reason: reason)
        // Only a call in progress calls tools.
        case .toolCalls: .reaches(.inProgress, reason: nil)
        case .report(let report): .over(report)
        }
    }

    /// What the body has that the facts read from it do not, and that people look for.
    package enum BodyContents: Hashable, Sendable {
        case nothing
        /// The arguments of the tools that were called.
        case arguments
        /// What was said on the call, and its analysis.
        case transcript
    }

    package var bodyContents: BodyContents {
        switch self {
        case .assistantRequest, .status, .other: .nothing
        case .toolCalls: .arguments
        case .report: .transcript
        }
    }

    /// What a text of a webhook is.
    ///
    /// By this, forgetting a number and hiding transcripts choose what stays.
    package enum TextKind: Hashable, Sendable {
        /// A word of the platform that is the same for every caller: a type, a status.
        case word
        /// Why the call ended, in a word of the platform or in a sentence.
        case endReason
        /// An error or the name of a tool: no transcript, but it may show who called.
        case detail
        /// What was said on the call.
        case transcript
    }

    /// The event with each text changed; a text without which the event makes no sense becomes empty where there is `nil`.
    package func mapTexts(_ change: (TextKind, String) -> String?) -> Webhook.Event {
        switch self {
        case .assistantRequest: self
        case .status(let status, let reason):
            .status(CallStatus(change(.word, status.text) ?? ""), reason: reason.flatMap { change(.detail, $0) })
        case .toolCalls(let names): .toolCalls(names: names.compactMap { change(.detail, $0) })
        case .report(let report): .report(report.mapTexts(change))
        case .other(let type): .other(type: change(.word, type) ?? "")
        }
    }

    /// How many bytes its texts take in memory.
    package var textBytes: Int {
        switch self {
        case .assistantRequest: 0
        case .status(let status, let reason): status.text.utf8.count + (reason?.utf8.count ?? 0)
        case .toolCalls(let names): names.reduce(0) { $0 + $1.utf8.count + 16 }
        case .report(let report): report.summary.utf8.count + (report.endReason?.utf8.count ?? 0)
        case .other(let type): type.utf8.count
        }
    }

    /// The event with the beginnings of its texts: at most `bytes` of each, and of a list together.
    package func cut(to bytes: Int) -> Webhook.Event {
        switch self {
        case .toolCalls(let names): .toolCalls(names: names.prefix(8).map { $0.prefix(bytes: bytes / 8) })
        case .assistantRequest, .status, .report, .other: mapTexts { $1.prefix(bytes: bytes) }
        }
    }

    /// The event without what was said on the call.
    package var withoutTranscript: Webhook.Event { mapTexts { $0 == .transcript ? nil : $1 } }
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

    /// The report with each text changed, as `Webhook.Event.mapTexts` does it.
    package func mapTexts(_ change: (Webhook.Event.TextKind, String) -> String?) -> CallReport {
        CallReport(
            seconds: seconds, summary: change(.transcript, summary) ?? "",
            endReason: endReason.flatMap { change(.endReason, $0) })
    }

    /// The report without what was said on the call.
    package var withoutTranscript: CallReport { mapTexts { $0 == .transcript ? nil : $1 } }

    fileprivate var words: [String] {
        let facts = [seconds.map { "lasted \(DurationText.clock(seconds: $0))" }, endReason.map { "ended by \($0)" }]
            .compactMap { $0 }
        let head = facts.isEmpty ? "call ended" : facts.joined(separator: ", ")
        return summary.isEmpty ? [head] : [head, "\"\(summary)\""]
    }
}
