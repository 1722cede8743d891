// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import EventLog
import Filters
import Foundation
import Journal
import Overrides
import Rules
import TimeZones
import WireFormat

/// The calls of a journal as commands read them: with the lines, the clock and the masks of the server that writes it, or
/// without one of the rules that were used last.
///
/// Where the journal does not keep those, times are on this machine's clock.
struct JournalCalls {
    let path: String
    let now: Instant
    /// The name of the time zone.
    let zone: String
    /// Whether numbers are masked where people read them.
    let masksNumbers: Bool
    private let reader: JournalReader
    private let rules: CompiledRules?
    /// The groups of the lines; `nil` where neither a server nor the journal knows the rules.
    private let groups: [PhoneNumber: String?]?
    /// Overrides in force, as far as the journal knows.
    let inForce: [Override]
    /// The same of overrides on callers.
    let callersInForce: [CallerOverride]
    /// Where the journal begins; `nil` if it has all calls that it ever had.
    let beginning: JournalBeginning?

    init(_ path: String, of server: ServerStatus? = nil) throws {
        self.path = path
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(.failure, "no journal: \(path) does not exist")
        }
        let now = WallClock.system.now()
        let (reader, kept, beginning) = try JournalPlace.using { () throws(JournalProblem) in
            let reader = try JournalReader(path)
            return (reader, try reader.revision(at: now), try reader.beginning())
        }
        self.beginning = beginning
        let rules = PastRules(kept, asked: now).rules
        self.now = now
        self.reader = reader
        self.rules = rules
        zone = server?.timeZone ?? rules?.rules.zone.name ?? TimeZone.current.identifier
        masksNumbers = server?.masksNumbers ?? rules?.rules.masksNumbers ?? false
        let lines =
            server?.lines.map { ($0.number, $0.group) } ?? rules?.rules.lines.map { ($0.number, $0.group) }
        groups = lines.map { Dictionary($0) { first, _ in first } }
        inForce = kept?.overrides ?? []
        callersInForce = kept?.callers.all ?? []
    }

    var clock: LocalClock { .ofZone(zone) }

    /// The filter of a command, with its period.
    func filter(_ selection: SelectionOptions) throws -> CallFilter {
        let setting = FilterSetting(
            now: now, clock: clock, plan: ConfigurationSource.numbers, country: rules?.rules.parties.country,
            countries: rules?.rules.parties.countriesOfLines ?? [])
        let period = try PeriodOptions.period(since: selection.since, until: selection.until, now: now, clock: clock)
        let filter: CallFilter
        do throws(FilterError) {
            filter = try CallFilter(selection.text, setting, in: period)
        } catch {
            let failure = ControlFailure(error.code.rawValue, error.message, at: error.range)
            throw ServerRejection(failure: failure).failure(in: selection)
        }
        if groups == nil, filter.terms.contains(where: { if case .group = $0.condition { true } else { false } }) {
            throw CommandFailure(
                .usage,
                "group: needs the rules file, which this journal does not keep; select its lines with to: instead")
        }
        return filter
    }

    /// The selected calls, page by page.
    func scan(_ selection: SelectionOptions, _ order: JournalScan.Order) throws -> JournalScan {
        let filter = try filter(selection)
        return try JournalPlace.using { () throws(JournalProblem) in
            try JournalScan(reader, filter, facts, order)
        }
    }

    /// Reports where the journal begins, if calls of the selected period may be missing.
    func noteBeginning(_ selection: SelectionOptions) throws {
        guard let beginning, beginning.lacksCalls(of: try filter(selection).period) else { return }
        StandardError.say(beginning.note(clock))
    }

    private var facts: FilterFacts { FilterFacts(now: now) { [groups] number in groups?[number] ?? nil } }

    /// Hands over what was done at the desk, the oldest first.
    func deskEvents() throws -> [DeskEvent] {
        try JournalPlace.using { () throws(JournalProblem) in try reader.deskEvents() }
    }

    /// What operators did, each line once, the oldest first.
    func audit() throws -> [AuditEntry] {
        var known: Set<Int> = []
        return try deskEvents().flatMap(\.audit).filter { known.insert($0.number).inserted }
    }

    func refusedRequests() throws -> [RefusedRequest] {
        try JournalPlace.using { () throws(JournalProblem) in try reader.refusals() }
    }
}

extension JournalBeginning {
    /// What people should know who ask for older calls.
    func note(_ clock: LocalClock) -> String {
        guard let oldest else { return "Note: the record has none of its calls any more." }
        return "Note: the record begins \(clock.local(oldest).words); older calls are no longer in it."
    }
}

extension JournalScan {
    /// Hands over the selected calls page by page, until `take` returns `false`.
    mutating func forEachPage(_ take: ([CallRecord], JournalScan) throws -> Bool) throws {
        while let page = try nextRecords() {
            guard try take(page, self) else { return }
        }
    }

    /// The next page of calls; `nil` at the end.
    mutating func nextRecords() throws -> [CallRecord]? {
        do throws(JournalProblem) {
            return try records()?.map(\.call)
        } catch {
            throw CommandFailure(.failure, error.description)
        }
    }

    /// The next page as rows; `nil` at the end.
    mutating func nextRows() throws -> [CallRow]? {
        do throws(JournalProblem) {
            return try rows()
        } catch {
            throw CommandFailure(.failure, error.description)
        }
    }
}
