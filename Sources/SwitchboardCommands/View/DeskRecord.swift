// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Journal
import Overrides
import Rules

/// A file with calls of the past, and what it knows of the desk.
protocol DeskRecord: Sendable {
    var path: String { get }

    /// When it begins and ends; `nil` for an empty one.
    var extent: ClosedRange<Instant>? { get }

    /// Where it begins; `nil` if it has all calls of its time.
    var beginning: JournalBeginning? { get }

    /// Whether its rules, or those of the server that writes it, have numbers masked where people read them.
    var masksNumbers: Bool { get }

    /// The clock of a moment.
    func zone(at moment: Instant) -> Zone

    /// The calls around a moment, with all that came of them: mostly those that began by then, the newest ones.
    func calls(around moment: Instant, atMost limit: RecordLimit) throws(CommandFailure) -> RecordedWindow

    /// When the first call after a moment began, or the last one before it.
    func callTime(after moment: Instant, isForward: Bool) throws(CommandFailure) -> Instant?

    /// What is known of the desk at a moment.
    func desk(at moment: Instant) throws(CommandFailure) -> RecordedDesk

    /// Changes of rules, overrides and server, in order.
    var changes: [RecordedChange] { get }

    /// The overrides of a moment, and for how long they are the same; `nil` where they are unknown.
    func overrides(at moment: Instant) -> (overrides: ActiveOverrides?, during: Range<Instant>)

    /// What the contact files of a moment say of a caller; `nil` where the record does not have them.
    func contact(of call: AssistantRequest, at moment: Instant) -> ContactLookup?

    /// Passes the calls that began in a period to a body, the oldest first.
    func forEachCall(in period: Range<Instant>, _ body: (CallRecord) throws -> Void) throws
}

extension DeskRecord {
    var masksNumbers: Bool { false }

    var beginning: JournalBeginning? { nil }

    /// All time.
    var always: Range<Instant> { Instant(microseconds: .min)..<Instant(microseconds: .max) }
}

/// A change of the desk.
struct RecordedChange: Sendable {
    let at: Instant
    /// What was done, and by whom.
    let words: String
}

/// How many calls are in memory at once.
struct RecordLimit: Sendable {
    let calls: Int
    let bytes: Int

    /// Few enough to be read in a moment.
    static let usual = RecordLimit(calls: 5000, bytes: 64 << 20)

    /// How many of them may begin after the moment, so that a step does not read all again.
    var ahead: Int { calls / 4 }
}

/// A run of calls of a record.
struct RecordedWindow: Sendable {
    /// The oldest first.
    var calls: [CallRecord]
    /// How many calls of the record are before them.
    let before: Int
    /// The calls are those that began by then; `nil` where there are none later.
    let until: Instant?
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
