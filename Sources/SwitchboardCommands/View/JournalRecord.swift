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
    let beginning: JournalBeginning?
    /// What the journal lacks of what its server knows; `nil` where nothing, or no server was asked.
    private let lag: String?
    /// Whether the server that writes the journal masks numbers; `nil` where none was asked.
    private let masksOfServer: Bool?
    /// The rules that were compiled last: moments next to each other mostly have the same.
    private let compiled = Mutex<PastRules?>(nil)
    /// The contact files that were read last, with the revision that they belong to.
    private let contacts = Mutex<(revision: Int64, contacts: PastContacts?)?>(nil)

    /// Older events of the desk are not gone through.
    private static let mostEvents = 20_000
    /// How many calls are read at once.
    private static let page = 500

    init(_ path: String, of server: ServerStatus? = nil, lacking lag: String? = nil) throws(CommandFailure) {
        self.path = path
        self.lag = lag
        masksOfServer = server?.masksNumbers
        do throws(JournalProblem) {
            reader = try JournalReader(path)
            beginning = try reader.beginning()
            sessions = try reader.sessions()
            events = try reader.deskEvents(atMost: Self.mostEvents)
            revisionTimes = try reader.revisionTimes()
            let oldest = try reader.callTime(after: Instant(microseconds: .min), isForward: true)
            let newest = try reader.callTime(after: Instant(microseconds: .max), isForward: false)
            // Where calls were taken out, nothing is known of the time before the oldest ones.
            let isWhole = if oldest == nil { true } else { try reader.count(below: 1) > 0 }
            let starts = [oldest, events.first?.at, isWhole ? sessions.first?.startedAt : nil].compactMap(\.self)
            let ends = [newest, events.last?.at, sessions.last?.knownUntil].compactMap(\.self)
            if let start = starts.min(), let end = ends.max() { extent = start...end } else { extent = nil }
        } catch {
            throw CommandFailure(.failure, error.description)
        }
    }

    var masksNumbers: Bool {
        masksOfServer ?? extent.flatMap { rules(at: $0.upperBound).rules?.rules.masksNumbers } ?? false
    }

    func zone(at moment: Instant) -> Zone { rules(at: moment).zone }

    func calls(around moment: Instant, atMost limit: RecordLimit) throws(CommandFailure) -> RecordedWindow {
        try using { () throws(JournalProblem) in
            var calls: [CallRecord] = []
            var (weight, below) = (0, Int64?.none)
            let until = try limit.ahead == 0 ? moment : reader.callTime(after: moment, number: limit.ahead - 1)
            let end = until.map { Instant(microseconds: $0.microseconds + 1) }
            while calls.count < limit.calls, weight < limit.bytes {
                let page = try reader.calls(until: end, below: below, limit: min(Self.page, limit.calls - calls.count))
                guard let last = page.last else { break }
                below = last.number
                calls += page.map(\.call)
                weight += page.reduce(0) { $0 + $1.call.weight }
            }
            return RecordedWindow(
                calls: calls.reversed(),
                before: try below.map { number throws(JournalProblem) in
                    try reader.count(below: number)
                } ?? 0, until: until)
        }
    }

    func callTime(after moment: Instant, isForward: Bool) throws(CommandFailure) -> Instant? {
        try using { () throws(JournalProblem) in try reader.callTime(after: moment, isForward: isForward) }
    }

    var changes: [RecordedChange] {
        // Each reload is an event; the rules of a start are used from then on.
        let deeds = events.filter(\.isDeed).map { RecordedChange(at: $0.at, words: $0.words) }
        let starts = sessions.map { RecordedChange(at: $0.startedAt, words: "the server started") }
        let ends = sessions.compactMap(\.endedAt).map { RecordedChange(at: $0, words: "the server stopped") }
        return (deeds + starts + ends).filter { extent?.contains($0.at) == true }.sorted { $0.at < $1.at }
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
        let overrides = overrides(at: at, from: past)
        desk.lines = past.rules?.rules.lines.map { CountedLine(number: $0.number, group: $0.group) } ?? []
        desk.status = past.status(at: at, overrides: overrides)
        desk.knowsLines = past.rules != nil && overrides != nil
        if overrides == nil { desk.remarks.append("the overrides of that time are not known") }
        desk.remarks += past.remarks
        if let lag, extent.map({ moment >= $0.upperBound }) ?? true { desk.remarks.append(lag) }
        return desk
    }

    private func absence(of session: JournalSession, _ next: JournalSession?, in zone: Zone) -> String {
        func words(_ moment: Instant) -> String { zone.local(moment).words }
        let again = next.map { "; the next start was \(words($0.startedAt))" } ?? ""
        return session.endedAt.map { "the server stopped \(words($0))\(again)" }
            ?? "the record knows nothing after \(words(session.knownUntil))\(again)"
    }

    func overrides(at moment: Instant) -> (overrides: ActiveOverrides?, during: Range<Instant>) {
        let changes = (events.filter { !$0.audit.isEmpty }.map(\.at) + revisionTimes).sorted()
        let start = changes.last { $0 <= moment } ?? Instant(microseconds: .min)
        let end = changes.first { $0 > moment } ?? Instant(microseconds: .max)
        // Those that expire in between have their end.
        return (overrides(at: moment, from: rules(at: moment))?.active, start..<end)
    }

    /// The overrides at a moment, with those that have expired; `nil` where the journal does not know them.
    private func overrides(at moment: Instant, from past: PastRules) -> KeptOverrides? {
        guard let overrides = past.overrides, overrides.at <= moment else { return nil }
        let later = events.filter { $0.at > overrides.at && $0.at <= moment }.flatMap(\.audit)
        return overrides.applying(later)
    }

    func contact(of call: AssistantRequest, at moment: Instant) -> ContactLookup? {
        guard let number = rules(at: moment).number else { return nil }
        return contacts.withLock { contacts in
            if contacts?.revision != number {
                do throws(JournalProblem) {
                    contacts = (number, try reader.revision(at: moment).flatMap(PastContacts.init))
                } catch {
                    // The call is then one that is not decided again.
                    contacts = (number, nil)
                }
            }
            return contacts?.contacts?.contact(of: call)
        }
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
