// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Everything that is known of one call: what was asked, what was answered, and what became of it.
package struct CallRecord: Sendable {
    /// The call's place in the log, from 0; it stays the same while older calls are let go.
    package let sequence: UInt64
    package let id: CallID
    package internal(set) var caller: Party
    package internal(set) var called: Party
    /// The platform's name of the called line; hostile until it is cleaned.
    package internal(set) var calledName: String?
    package let firstHeardAt: Instant
    /// The question and what went out; `nil` for a call of which only later news came.
    package internal(set) var exchange: Answered?
    package internal(set) var state: CallState
    package internal(set) var confirmation: Confirmation
    package internal(set) var timeline: [TimelineEntry]
    /// How many later entries found the timeline full.
    package internal(set) var droppedEntries: Int
    package internal(set) var report: CallReport?

    package init(
        sequence: UInt64, id: CallID, caller: Party, called: Party, calledName: String?, firstHeardAt: Instant,
        exchange: Answered?, state: CallState, confirmation: Confirmation, timeline: [TimelineEntry],
        droppedEntries: Int, report: CallReport?
    ) {
        self.sequence = sequence
        self.id = id
        self.caller = caller
        self.called = called
        self.calledName = calledName
        self.firstHeardAt = firstHeardAt
        self.exchange = exchange
        self.state = state
        self.confirmation = confirmation
        self.timeline = timeline
        self.droppedEntries = droppedEntries
        self.report = report
    }

    /// The name of the line as the rules file has it, else as the platform has it.
    package var lineName: String? { exchange?.decision.lineName ?? calledName }

    /// The bytes that the call keeps in memory, about.
    package var weight: Int {
        Self.weight(
            answer: exchange.map { $0.reply.count + $0.decision.keptBytes } ?? 0,
            bodies: timeline.lazy.map { $0.body.count })
    }

    /// The bytes that a call with these webhooks and this answer keeps in memory, about.
    static func weight(answer: Int, bodies: some Sequence<Int>) -> Int {
        bodies.reduce(512 + answer) { $0 + $1 + 96 }
    }
}
