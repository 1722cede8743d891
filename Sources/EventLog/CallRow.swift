// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A call as one row of a table has it, whether it is read from a record or from columns of a database.
package struct CallRow: Hashable, Sendable {
    package var id: String
    package var heardAt: Instant
    /// The caller's number, or `withheld`.
    package var caller: String
    /// `nil` if none was sent.
    package var called: String?
    package var line: String?
    /// The state in one word, or `no news`.
    package var state: String
    /// The kind of the answer; `nil` where there was none.
    package var answer: String?
    package var words: String?
    package var decider: String?
    package var applied: String
    package var microseconds: Int64?
    package var seconds: Int?
    /// Why it failed or ended.
    package var reason: String?
    package var summary: String?
    package var webhooks: Int
    package var mark: String?
    package var notes: String?
    /// The replica that answered; `nil` on a desk of one server, and for a call of a journal, which is of one replica.
    package var replica: String?

    package init(
        id: String, heardAt: Instant, caller: String, called: String?, line: String?, state: String, answer: String?,
        words: String?, decider: String?, applied: String, microseconds: Int64?, seconds: Int?, reason: String?,
        summary: String?, webhooks: Int, mark: String?, notes: String?,
        replica: String? = nil
    ) {
        self.id = id
        self.heardAt = heardAt
        self.caller = caller
        self.called = called
        self.line = line
        self.state = state
        self.answer = answer
        self.words = words
        self.decider = decider
        self.applied = applied
        self.microseconds = microseconds
        self.seconds = seconds
        self.reason = reason
        self.summary = summary
        self.webhooks = webhooks
        self.mark = mark
        self.notes = notes
        self.replica = replica
    }

    package init(_ call: CallRecord, at now: Instant) {
        let answered = call.answered
        let later = Later(call)
        self.init(
            id: call.id.text, heardAt: call.firstHeardAt, caller: call.caller.description,
            called: call.called == .withheld ? nil : call.called.description, line: call.lineName,
            state: call.outcome(at: now) == .noNews ? CallOutcome.noNews.words : call.state.word,
            answer: answered?.decision.kind.rawValue, words: answered?.words,
            decider: answered?.decision.by.description, applied: call.confirmation.rawValue,
            microseconds: answered.map { Int64(clamping: $0.microseconds) }, seconds: later.seconds,
            reason: later.reason, summary: call.report?.summary, webhooks: call.webhooks, mark: later.mark,
            notes: later.notes, replica: call.replica)
    }
}

extension CallRow {
    /// What a call has in addition to its numbers, state and answer.
    package struct Later: Hashable, Sendable {
        package let seconds: Int?
        package let reason: String?
        package let mark: String?
        package let notes: String?

        package init(_ call: CallRecord) {
            seconds = call.seconds
            reason = call.reason
            mark = call.mark?.rowText
            notes = call.hasNote ? call.notes.map(\.rowText).joined(separator: " / ") : nil
        }
    }
}

extension CallRecord {
    /// The length of the call in seconds, as far as it is known.
    fileprivate var seconds: Int? {
        if case .ended(let seconds?) = state { return seconds }
        return report?.seconds ?? (state.isOpen ? nil : timeline.secondsInProgress)
    }

    /// Why the call failed or ended.
    fileprivate var reason: String? { if case .failed(let reason?) = state { reason } else { endReason } }

    /// Why the call ended, by the platform's report or, without one, by the status that it ended with.
    package var endReason: String? {
        if let reason = report?.endReason { return reason }
        for entry in timeline.reversed() {
            if case .status(let status, let reason?) = entry.event, status.phase == .over { return reason }
        }
        return nil
    }
}

extension CallRemark {
    /// What was said, by whom and when, such as `Call back (anna, 2026-07-01T12:00:00.000Z)`.
    fileprivate var rowText: String {
        text.map { "\($0) (\(by), \(at.iso8601))" } ?? "\(by), \(at.iso8601)"
    }
}
