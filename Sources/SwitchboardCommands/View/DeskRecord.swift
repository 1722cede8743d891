// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Rules

/// A file with calls of the past, and what it knows of the desk.
protocol DeskRecord: Sendable {
    var path: String { get }

    /// When it begins and ends; `nil` for an empty one.
    var extent: ClosedRange<Instant>? { get }

    /// The clock of a moment.
    func zone(at moment: Instant) -> Zone

    /// The newest calls that began by a moment, with all that came of them.
    func calls(by moment: Instant, atMost limit: CallLimit) throws(CommandFailure) -> RecordedCalls

    /// When the first call after a moment began, or the last one before it.
    func callTime(after moment: Instant, isForward: Bool) throws(CommandFailure) -> Instant?

    /// What is known of the desk at a moment.
    func desk(at moment: Instant) throws(CommandFailure) -> RecordedDesk

    /// When rules, overrides or the server changed, in order.
    var changes: [Instant] { get }

    /// The overrides of a moment, and for how long they are the same; `nil` where they are unknown.
    func overrides(at moment: Instant) -> (overrides: [Override]?, during: Range<Instant>)

    /// Passes the calls that began in a period to a body, the oldest first.
    func forEachCall(in period: Range<Instant>, _ body: (CallRecord) throws -> Void) throws
}

extension DeskRecord {
    /// All time.
    var always: Range<Instant> { Instant(microseconds: .min)..<Instant(microseconds: .max) }
}

/// How many calls are in memory at once.
struct CallLimit: Sendable {
    let calls: Int
    let bytes: Int

    /// As many as a server keeps by default.
    static let usual = CallLimit(calls: 10_000, bytes: 64 << 20)
}

/// A run of calls of a record.
struct RecordedCalls: Sendable {
    /// The oldest first.
    var calls: [CallRecord]
    /// How many calls of the record are before them.
    let before: Int
    /// The calls are those that began by then.
    let until: Instant
}

/// What a record knows of the desk at a moment.
struct RecordedDesk: Sendable {
    /// The moment, or the last one before it of which anything is known.
    let at: Instant
    /// The revision of the rules; `nil` where it is unknown.
    var revision: String?
    /// Since when calls count; `nil` where that is unknown.
    var startedAt: Instant?
    var lines: [CountedLine] = []
    /// `nil` where neither lines nor overrides are known.
    var status: ServerStatus?
    var knowsLines = false
    var refusals: [RefusedRequest] = []
    var events: [DeskEvent] = []
    /// What is unknown, a sentence each.
    var remarks: [String] = []
}
