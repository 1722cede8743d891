// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import Dispatch
import EventLog
import Journal
import Overrides
import RecentCalls
import Rules
import ServiceLifecycle
import Synchronization

/// What the calls before now say to rules, counts and screens: how often somebody called, what today came to, how quiet a line
/// usually is.
///
/// The journal is read on a queue of its own; calls never wait for it.
final class PastCalls: Sendable {
    private let answers: AnswerService
    private let overrides: OverrideService
    private let log: EventLog
    /// The calls of all replicas; the same log on a desk of one server.
    private let desk: EventLog
    private let clock: WallClock
    private let journal: Journal?
    private let queue = DispatchQueue(label: "switchboard.past", qos: .utility)
    private let waker: Waker
    private let state: Mutex<State>

    private struct State {
        var day: DayCounts
        /// The same for all replicas; on a desk of one server it is not kept up.
        var dayOfDesk: DayCounts
        /// The midnight with which that day began.
        var midnight: Instant
        /// What of the rules was last read for.
        var needs: Needs?
        var isReading = false
        var isCutShort = false
        var isStopped = false
    }

    /// What is read for.
    private struct Needs: Equatable {
        let memory: CallMemory
        let zone: String
        let lines: Set<PhoneNumber>
    }

    /// The wall clock may be set, so it is read again before the day is over.
    private static let longestRest: Int64 = 3600
    /// How far back silence is compared, in seconds: five weeks.
    private static let silenceSeconds: Int64 = 35 * 86_400
    /// How long earlier calls are waited for, in seconds.
    private static let patience = 5.0

    init(
        answers: AnswerService, overrides: OverrideService, clock: WallClock, journal: Journal?,
        desk: EventLog? = nil
    ) {
        self.answers = answers
        self.overrides = overrides
        self.clock = clock
        self.journal = journal
        log = answers.log
        self.desk = desk ?? log
        waker = Waker(on: queue)
        let now = clock.now()
        let needs = journal == nil ? nil : Self.memory(overrides)
        state = Mutex(
            State(
                day: DayCounts(since: now, isWhole: false), dayOfDesk: DayCounts(since: now, isWhole: false),
                midnight: Self.midnight(before: now, overrides.zone),
                isReading: needs.map { !$0.isNone } ?? false))
    }

    private static func memory(_ overrides: OverrideService) -> CallMemory { overrides.policy.compiled.counting.memory }

    private static func midnight(before now: Instant, _ zone: Zone) -> Instant {
        CalendarPeriod.day.start(before: now, on: LocalClock { zone.offset(at: $0) })
    }

    /// Reads the journal and counts by day from now on; before the first call.
    func start() {
        let first = journal?.nextNumber
        overrides.watch { [weak self] in self?.noteChange() }
        queue.async { self.begin(below: first) }
    }

    private func noteChange() {
        queue.async { [weak self] in self?.lookAgain() }
    }

    func stop() { state.withLock { $0.isStopped = true } }

    /// Today's counts of this server, next to those since the start.
    var day: DayCounts { state.withLock { $0.day } }

    /// Today's counts of all replicas, next to those since the start.
    ///
    /// The calls that others had before are not known.
    var dayOfDesk: DayCounts { desk === log ? day : state.withLock { $0.dayOfDesk } }

    /// What rules that look back know; `nil` where none do.
    var lookingBack: LookingBackStatus? {
        guard !Self.memory(overrides).isNone else { return nil }
        let (isReading, isCutShort) = state.withLock { ($0.isReading, $0.isCutShort) }
        return LookingBackStatus(
            since: answers.recent.completeSince, isReading: isReading,
            isCutShort: isCutShort || answers.recent.hasForgotten)
    }
}

// On the queue.
extension PastCalls {
    private var needs: Needs {
        let rules = overrides.policy.compiled.rules
        return Needs(
            memory: Self.memory(overrides), zone: rules.zone.name, lines: Set(rules.lines.map(\.number)))
    }

    private func begin(below first: Int64?) {
        let needs = needs
        state.withLock { $0.needs = needs }
        if let journal, let first {
            journal.waitUntilRestored(seconds: Self.patience)
            countToday(
                below: first, minus: nil, resumed: journal.resumed, insteadOfAPart: state.withLock { $0.day })
            read(needs, below: first)
        }
        rest()
    }

    /// Looks whether a day is over, and whether the rules ask for more.
    private func lookAgain() {
        guard !state.withLock({ $0.isStopped }) else { return }
        let needs = needs
        let old = state.withLock { state in
            defer { state.needs = needs }
            return state.needs
        }
        passMidnight()
        guard let journal, let old, old != needs else { return rest() }
        if old.memory.covers(needs.memory) {
            if old.zone != needs.zone || old.lines != needs.lines { readSilence(needs, below: journal.nextNumber) }
        } else {
            state.withLock { $0.isReading = true }
            answers.recent.beginReading(at: clock.now())
            let next = journal.nextNumber
            _ = journal.waitUntilWritten(seconds: Self.patience)
            read(needs, below: next)
        }
        rest()
    }

    /// Sleeps until midnight, at most an hour.
    private func rest() {
        let zone = overrides.zone
        let seconds = min(Self.longestRest, Int64(86_400 - zone.local(clock.now()).secondOfDay))
        waker.set(after: .milliseconds(Int(seconds) * 1000 + 1)) { [weak self] in self?.lookAgain() }
    }

    private func passMidnight() {
        let now = clock.now()
        let zone = overrides.zone
        let (midnight, isOnTime): (Instant, Bool)
        switch DayTurn(of: state.withLock({ $0.midnight }), at: now, on: LocalClock { zone.offset(at: $0) }) {
        case .same: return
        case .over(let next): (midnight, isOnTime) = (next, true)
        case .elsewhere(let last): (midnight, isOnTime) = (last, false)
        }
        let snapshot = log.snapshot()
        passMidnight(to: midnight, isOnTime: isOnTime, ofDesk: desk.snapshot(), at: now)
        if let journal, !isOnTime {
            let next = journal.nextNumber
            _ = journal.waitUntilWritten(seconds: Self.patience)
            countToday(
                below: next, minus: snapshot,
                insteadOfAPart: Self.day(after: state.withLock { $0.day }, from: nil, snapshot, at: now))
            return
        }
        state.withLock { state in
            state.day = Self.day(after: state.day, from: isOnTime ? midnight : nil, snapshot, at: now)
            state.midnight = midnight
        }
        overrides.noteStatus()
        if let journal { readSilence(needs, below: journal.nextNumber) }
    }

    private func passMidnight(to midnight: Instant, isOnTime: Bool, ofDesk snapshot: LogSnapshot, at now: Instant) {
        state.withLock { state in
            state.dayOfDesk = Self.day(after: state.dayOfDesk, from: isOnTime ? midnight : nil, snapshot, at: now)
        }
    }

    /// The next day, which begins with nothing, or one that begins now if its midnight was missed.
    private static func day(
        after day: DayCounts, from midnight: Instant?, _ snapshot: LogSnapshot, at now: Instant
    ) -> DayCounts {
        let (outcomes, lines, answers) = (
            snapshot.totals.outcomes, snapshot.lines.byNumber, snapshot.totals.answers
        )
        if let midnight { return day.next(since: midnight, outcomes, lines, answers) }
        let none = OutcomeCounts()
        return DayCounts(
            since: now, isWhole: false, outcomes: none - outcomes, lines: lines.mapValues { none - $0 },
            answers: AnswerCounts() - answers)
    }

    /// Counts the calls of the journal since midnight, without those that are counted since the start already: these counts, or
    /// what became of calls that were in progress at the start.
    ///
    /// Where the journal has only a part of the day, that says nothing of today, and what is known without it counts.
    private func countToday(
        below number: Int64, minus snapshot: LogSnapshot?, resumed: Set<Int64> = [],
        insteadOfAPart counted: DayCounts
    ) {
        guard let reader = reader() else { return }
        let now = clock.now()
        let midnight = Self.midnight(before: now, overrides.zone)
        do throws(JournalProblem) {
            let removed = try reader.removedUntil()
            if let removed, removed >= midnight {
                state.withLock { ($0.day, $0.midnight) = (counted, midnight) }
                return overrides.noteStatus()
            }
            let past = try reader.counts(below: number, from: midnight, at: now, resumed: resumed)
            var byLine = past.lines
            for (line, counts) in snapshot?.lines.byNumber ?? [:] {
                byLine[line] = (byLine[line] ?? OutcomeCounts()) - counts
            }
            let yesterday = try yesterday(
                reader, below: number, until: midnight, today: past, at: now, resumed: resumed, removed: removed)
            let day = DayCounts(
                since: midnight, isWhole: true,
                outcomes: past.outcomes - (snapshot?.totals.outcomes ?? OutcomeCounts()), lines: byLine,
                yesterday: yesterday?.outcomes, yesterdayByLine: yesterday?.lines ?? [:],
                answers: past.answers - (snapshot?.totals.answers ?? AnswerCounts()),
                yesterdaysAnswers: yesterday?.answers)
            state.withLock { ($0.day, $0.midnight) = (day, midnight) }
            overrides.noteStatus()
        } catch {
            // The journal says what is wrong with it, and the day says since when it counts.
        }
    }

    /// What the calls of the day before came to, without those that went on after midnight; `nil` without any, or where the
    /// journal has only a part of them.
    private func yesterday(
        _ reader: JournalReader, below number: Int64, until midnight: Instant, today: PastCounts, at now: Instant,
        resumed: Set<Int64>, removed: Instant?
    ) throws(JournalProblem) -> PastCounts? {
        let start = Self.midnight(before: midnight.advanced(bySeconds: -1), overrides.zone)
        if let removed, removed >= start { return nil }
        var counts = try reader.counts(below: number, from: start, at: now, resumed: resumed)
        counts.outcomes = counts.outcomes - today.outcomes
        counts.answers = counts.answers - today.answers
        for (line, part) in today.lines { counts.lines[line] = (counts.lines[line] ?? OutcomeCounts()) - part }
        return counts.outcomes.calls > 0 ? counts : nil
    }

    /// Reads what rules look back at, and how quiet lines usually are.
    private func read(_ needs: Needs, below number: Int64) {
        let now = clock.now()
        defer {
            state.withLock { $0.isReading = false }
            overrides.noteStatus()
        }
        guard let reader = reader() else { return }
        let memory = needs.memory
        if !memory.isNone {
            do throws(JournalProblem) {
                let history = try reader.history(memory, below: number, at: now)
                answers.recent.use(history)
                state.withLock { $0.isCutShort = !history.isWhole }
            } catch {
                // The journal says what is wrong with it, and the status since when calls are known.
            }
        }
        readSilence(needs, below: number)
    }

    private func readSilence(_ needs: Needs, below number: Int64) {
        guard let reader = reader() else { return }
        let since = clock.now().advanced(bySeconds: -Self.silenceSeconds)
        let zone = overrides.zone
        var draft = LineHistory.Draft(of: needs.lines, clock: LocalClock { zone.offset(at: $0) })
        do throws(JournalProblem) {
            try reader.callsByQuarter(below: number, since: since) { draft.note($0, $1) }
            let periods = try reader.sessions(since: since).map { $0.from..<$0.until }
            let history = draft.history(running: periods)
            log.use(history)
            // Of a line that all replicas share, this one knows the longer times between its own calls.
            if desk !== log { desk.use(history) }
        } catch {
            // Then this session is all that is known of the lines.
        }
    }

    private func reader() -> JournalReader? {
        guard let journal else { return nil }
        do throws(JournalProblem) {
            return try JournalReader(journal.path)
        } catch {
            return nil
        }
    }
}

extension JournalReader {
    /// The calls that rules look back at, as many as memory has room for.
    fileprivate func history(
        _ memory: CallMemory, below number: Int64, at now: Instant
    ) throws(JournalProblem) -> CallHistory {
        let since = now.advanced(bySeconds: -Int64(memory.seconds))
        var history = CallHistory(memory, since: max(since, try removedUntil() ?? since))
        var last: [PhoneNumber: Int64] = [:]
        try pastCalls(below: number, since: since) { call in
            guard call.isAnswered else { return true }
            if memory.keepsLastCall, let caller = call.caller, last[caller] == nil { last[caller] = call.number }
            return history.add(NotedCall(id: CallID(""), caller: call.caller, called: call.called, at: call.at))
        }
        guard memory.keepsLastCall else { return history }
        try lastCalls(last.values.sorted()) { call, caller in
            if let caller { history.note(call, of: caller) }
        }
        return history
    }
}

extension LookingBackStatus {
    /// What an operator should know, if rules know less than they ask for.
    func warning(at now: Instant, on zone: Zone) -> String? {
        guard isReading || isCutShort else { return nil }
        let since = zone.local(since)
        let clock = since.date == zone.local(now).date ? since.clockWithSeconds : since.text
        let reason =
            isReading ? "the journal is still being read" : "more earlier calls would take too much memory"
        return "rules that look back know calls since \(clock) only: \(reason)"
    }
}

/// Keeps what past calls say up to date while the server runs.
struct PastCallsService: Service {
    let past: PastCalls

    func run() async throws {
        try await gracefulShutdown()
        past.stop()
    }
}
