// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Journal
import Overrides
import Rules
import Synchronization

/// The journal of a server as a record; the server may go on writing it.
final class JournalRecord: DeskRecord {
    let path: String
    private let reader: JournalReader
    private let sessions: [JournalSession]
    private let events: [DeskEvent]
    private let revisionTimes: [Instant]
    let extent: ClosedRange<Instant>?
    /// The rules that were compiled last: moments next to each other mostly have the same.
    private let compiled = Mutex<PastRules?>(nil)

    /// Older events of the desk are not gone through.
    private static let mostEvents = 20_000
    /// How many calls are read at once.
    private static let page = 500

    init(_ path: String) throws(CommandFailure) {
        self.path = path
        do throws(JournalProblem) {
            reader = try JournalReader(path)
            sessions = try reader.sessions()
            events = try reader.deskEvents(atMost: Self.mostEvents)
            revisionTimes = try reader.revisionTimes()
            let oldest = try reader.callTime(after: Instant(microseconds: .min), isForward: true)
            let newest = try reader.callTime(after: Instant(microseconds: .max), isForward: false)
            let starts = [oldest, events.first?.at, sessions.first?.startedAt].compactMap(\.self)
            let ends = [newest, events.last?.at, sessions.last?.knownUntil].compactMap(\.self)
            if let start = starts.min(), let end = ends.max() { extent = start...end } else { extent = nil }
        } catch {
            throw CommandFailure(.failure, error.description)
        }
    }

    func zone(at moment: Instant) -> Zone { rules(at: moment).zone }

    func calls(by moment: Instant, atMost limit: CallLimit) throws(CommandFailure) -> RecordedCalls {
        try using { () throws(JournalProblem) in
            var calls: [CallRecord] = []
            var (weight, below) = (0, Int64?.none)
            let end = Instant(microseconds: moment.microseconds + 1)
            while calls.count < limit.calls, weight < limit.bytes {
                let page = try reader.calls(until: end, below: below, limit: min(Self.page, limit.calls - calls.count))
                guard let last = page.last else { break }
                below = last.number
                calls += page.map(\.call)
                weight += page.reduce(0) { $0 + $1.call.weight }
            }
            return RecordedCalls(
                calls: calls.reversed(),
                before: try below.map { number throws(JournalProblem) in
                    try reader.count(below: number)
                } ?? 0, until: moment)
        }
    }

    func callTime(after moment: Instant, isForward: Bool) throws(CommandFailure) -> Instant? {
        try using { () throws(JournalProblem) in try reader.callTime(after: moment, isForward: isForward) }
    }

    var changes: [Instant] {
        let starts = sessions.dropFirst().map(\.startedAt)
        return (events.filter(\.isDeed).map(\.at) + revisionTimes + starts + sessions.compactMap(\.endedAt)).sorted()
    }

    func forEachCall(in period: Range<Instant>, _ body: (CallRecord) throws -> Void) throws {
        var number = Int64.min
        while true {
            let after = number
            let page = try using { () throws(JournalProblem) in
                try reader.calls(
                    above: after, from: period.lowerBound, until: period.upperBound, limit: Self.page)
            }
            guard let last = page.last else { return }
            for call in page { try body(call.call) }
            number = last.number
        }
    }

    private func using<Result>(_ body: () throws(JournalProblem) -> Result) throws(CommandFailure) -> Result {
        do throws(JournalProblem) {
            return try body()
        } catch {
            throw CommandFailure(.failure, error.description)
        }
    }
}

// The desk.
extension JournalRecord {
    func desk(at moment: Instant) throws(CommandFailure) -> RecordedDesk {
        let index = sessions.lastIndex { $0.startedAt <= moment }
        let session = index.map { sessions[$0] }
        let next = index.flatMap { $0 + 1 < sessions.count ? sessions[$0 + 1] : nil }
        let at = session.map { min(moment, $0.knownUntil) } ?? moment
        let past = rules(at: at)
        var desk = RecordedDesk(at: at, revision: past.revision, startedAt: session?.startedAt)
        desk.events = events
        desk.refusals = try using { () throws(JournalProblem) in
            try reader.refusals(from: session?.startedAt ?? at, until: at, atMost: Self.mostEvents)
        }
        if let session, moment > at { desk.remarks.append(absence(of: session, next, in: past.zone)) }
        let overrides = overrides(at: at, from: past).map { all in all.filter { $0.isInForce(at: at) } }
        desk.lines = past.rules?.rules.lines.map { CountedLine(number: $0.number, group: $0.group) } ?? []
        desk.status = past.status(at: at, overrides: overrides)
        desk.knowsLines = past.rules != nil && overrides != nil
        if overrides == nil { desk.remarks.append("the overrides of that time are not known") }
        desk.remarks += past.remarks
        return desk
    }

    private func absence(of session: JournalSession, _ next: JournalSession?, in zone: Zone) -> String {
        func words(_ moment: Instant) -> String {
            let then = zone.local(moment)
            return "\(then.date) \(then.clockWithSeconds)"
        }
        let again = next.map { "; the next start was \(words($0.startedAt))" } ?? ""
        return session.endedAt.map { "the server stopped \(words($0))\(again)" }
            ?? "the record knows nothing after \(words(session.knownUntil))\(again)"
    }

    func overrides(at moment: Instant) -> (overrides: [Override]?, during: Range<Instant>) {
        let changes = (events.filter { !$0.audit.isEmpty }.map(\.at) + revisionTimes).sorted()
        let start = changes.last { $0 <= moment } ?? Instant(microseconds: .min)
        let end = changes.first { $0 > moment } ?? Instant(microseconds: .max)
        // Those that expire in between have their end.
        return (overrides(at: moment, from: rules(at: moment)), start..<end)
    }

    /// The overrides at a moment, with those that have expired; `nil` where the journal does not know them.
    private func overrides(at moment: Instant, from past: PastRules) -> [Override]? {
        guard let (overrides, from) = past.overrides, from <= moment else { return nil }
        let later = events.filter { $0.at > from && $0.at <= moment }.flatMap(\.audit)
        return overrides.applying(later)
    }

    private func rules(at moment: Instant) -> PastRules {
        compiled.withLock { compiled in
            if let compiled, compiled.holds(at: moment, among: revisionTimes) { return compiled }
            let rules: PastRules
            do throws(JournalProblem) {
                rules = PastRules(try reader.revision(at: moment), asked: moment)
            } catch {
                rules = PastRules(unreadable: error.description, asked: moment)
            }
            compiled = rules
            return rules
        }
    }
}
