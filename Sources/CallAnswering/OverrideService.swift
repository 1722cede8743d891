// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Contacts
import Dispatch
package import EventLog
package import Overrides
package import Rules
import Sharing
import Synchronization

/// Carries out the commands of operators: saved to disk, then put in force, then written to the log.
///
/// Commands wait for the disk and for each other on a queue of their own. The answering path only sees the finished
/// snapshot being replaced.
package final class OverrideService: Sendable {
    private let rules: CurrentRules
    private let log: EventLog
    /// The calls of all replicas; the same log on a desk of one server.
    private let desk: EventLog
    let clock: WallClock
    private let store: any OverrideStore
    let keeper: OverrideKeeper
    /// How many differences of a reload are written to the log.
    private static let mostAnnounced = 20
    /// The one queue on which the state changes.
    let queue = DispatchQueue(label: "switchboard.overrides")
    /// Held for a moment only.
    private let kept: Mutex<Kept>
    /// Apart from the rules: screens ask for it with every row, and the lock of the rules is that of the answering path.
    private let clockZone: Mutex<Zone>
    private let archive = Mutex<(any CallArchive)?>(nil)
    private let rulesFile = Mutex(RulesFileStatus.good)
    private let probe = Mutex<ProbeStatus?>(nil)
    private let watchers = Mutex<[@Sendable () -> Void]>([])
    private let changes = Atomic<UInt64>(0)

    /// The state as it was last saved, and what the operator should know about that.
    private struct Kept {
        var state: OverrideState
        /// Shown until an operator changes something.
        var warnings: [String]
        /// What the store reports about the newest state.
        var problem: String?
        /// The end of an override that could not be saved yet.
        var failure: Failure?

        struct Failure {
            let words: String
            /// When it failed, in nanoseconds of the clock that is never set back.
            let ticks: UInt64
        }

        var allWarnings: [String] { warnings + [problem, failure?.words].compactMap(\.self) }
    }

    /// Creates the service with the saved state, and puts that in force.
    package init(
        rules: CurrentRules, log: EventLog, desk: EventLog? = nil, clock: WallClock, store: any OverrideStore,
        state: OverrideState = OverrideState(),
        warnings: [String] = []
    ) {
        self.rules = rules
        self.log = log
        self.desk = desk ?? log
        self.clock = clock
        self.store = store
        keeper = OverrideKeeper(store: store)
        kept = Mutex(Kept(state: state, warnings: warnings, problem: store.problem))
        clockZone = Mutex(rules.current.policy.compiled.rules.zone)
        if !state.overrides.isEmpty || !state.callers.isEmpty { rules.use(state.active) }
        count(rules.current.policy.compiled.rules.countedLines)
    }

    private func count(_ lines: [CountedLine]) {
        log.use(lines)
        if desk !== log { desk.use(lines) }
    }

    /// Carries a command out; when it returns, the change is on disk and applies to the next call.
    package func carryOut(_ command: OverrideCommand, by who: Operator) async throws(OverrideError) -> OverrideResult {
        try await withCheckedContinuation { continuation in
            carryOut(command, by: who) { continuation.resume(returning: $0) }
        }.get()
    }

    /// Queues a command after those that were queued before; `report` is called on the queue.
    package func carryOut(
        _ command: OverrideCommand, by who: Operator,
        then report: @escaping @Sendable (Result<OverrideResult, OverrideError>) -> Void
    ) {
        queue.async {
            let started = self.clock.ticks()
            do throws(OverrideError) {
                let (result, spread) = try self.perform(command, by: who)
                self.noteReach(of: result, spread, since: started) { report(.success($0)) }
            } catch {
                report(.failure(error))
            }
        }
    }

    private func perform(
        _ command: OverrideCommand, by who: Operator
    ) throws(OverrideError) -> (OverrideResult, OverrideKeeper.Spread) {
        let now = clock.now()
        let committed = try commit(by: who, at: now) { state throws(OverrideError) in
            try transition(command, of: state, by: who, at: now)
        }
        let next = committed.transition
        if case .remark(let change, let call) = command {
            keep(change, on: call, by: who, at: now.inWholeMilliseconds)
        }
        let before = policy
        let problem = put(next.state, warnings: [])
        announce("\(who.user) \(next.outcome.words)", next.audit)
        let outcome = next.outcome.adding(effect(of: command, next, before: before, after: policy, at: now))
        guard let problem else { return (outcome, committed.spread) }
        announce(problem)
        return (outcome.adding(caveat: problem), committed.spread)
    }

    /// Saves a change; what other replicas changed in the meantime is in force then.
    private func commit(
        by who: Operator?, at now: Instant, isForAll: Bool = false,
        _ work: (OverrideState) throws(OverrideError) -> OverrideTransition
    ) throws(OverrideError) -> OverrideKeeper.Committed {
        let outcome = keeper.commit(from: state, by: who, at: now, isForAll: isForAll, work)
        if !outcome.news.isEmpty { _ = put(outcome.state, warnings: []) }
        for news in outcome.news { announce(news.words, news.audit) }
        return try outcome.result.get()
    }

    /// Works out what a command would do, and changes nothing.
    package func rehearse(_ command: OverrideCommand, by who: Operator) throws(OverrideError) -> OverrideResult {
        let now = clock.now()
        let next = try transition(command, of: state, by: who, at: now)
        let before = policy
        let after = CallPolicy(before.compiled, overrides: next.state.active)
        return next.outcome.adding(
            effect(of: command, next, before: before, after: after, at: now, isDryRun: true))
    }

    private func transition(
        _ command: OverrideCommand, of state: OverrideState, by who: Operator, at now: Instant
    ) throws(OverrideError) -> OverrideTransition {
        if case .remark(let change, let id) = command {
            if let objection = try call(id).objection(to: change, by: who.user) { throw objection }
        }
        return try state.carrying(out: command, by: who, at: now, among: directory(at: now))
    }

    /// Calls that are not in memory are marked in this archive.
    package func use(_ archive: any CallArchive) { self.archive.withLock { $0 = archive } }

    private func call(_ id: CallID) throws(OverrideError) -> CallRecord {
        if let call = log.call(id) { return call }
        let earlier: CallRecord?
        do throws(CallArchiveError) {
            earlier = try archive.withLock(\.self)?.call(id)
        } catch {
            throw .journalUnreadable(error.description)
        }
        if earlier == nil, let replica = desk.call(id)?.replica { throw .callElsewhere(id, replica: replica) }
        guard let earlier else { throw .noCall(id) }
        return earlier
    }

    /// Keeps what an operator says of a call, where that is.
    private func keep(_ change: RemarkChange, on id: CallID, by who: Operator, at now: Instant) {
        guard !log.remark(change, on: id, by: who.user, at: now) else { return }
        do throws(OverrideError) {
            var call = try call(id)
            call.apply(change, at: now, by: who.user)
            archive.withLock(\.self)?.keepRemarks(of: call)
        } catch {
            announce("Call \(id.text) could not be changed: \(error.description)")
        }
    }

    /// What a change does to the lines that it concerns.
    private func effect(
        of command: OverrideCommand, _ next: OverrideTransition, before: CallPolicy, after: CallPolicy,
        at now: Instant, isDryRun: Bool = false
    ) -> OverrideEffect {
        let changed = (next.outcome.begun + next.outcome.ended).map(\.scope)
        let scopes = command.scopes.isEmpty ? changed.eachOnce : command.scopes
        let lines = after.compiled.rules.lines.filter { line in scopes.contains { $0.covers(line) } }
        let bypasses = after.compiled.rules.bypasses(at: now).filter { bypass in
            bypass.lines.map { numbers in lines.contains { numbers.contains($0.number) } } ?? true
        }
        return OverrideEffect(
            act: command.act, before: before.lineStatuses(of: lines, at: now),
            after: after.lineStatuses(of: lines, at: now), overrides: next.state.overrides,
            callerCount: next.state.callers.count, bypasses: bypasses,
            isDryRun: isDryRun)
    }

    /// Answers with a new rules file from now on; the overrides stay as they are.
    ///
    /// `files` says what changed in files that it names, and of `callers` is counted how many change their arm of a split;
    /// `onUse` is called as soon as the file is in use.
    /// Returns all that changed.
    @discardableResult
    package func use(
        _ file: RuleSet, contacts: ContactDirectory, files: [RulesChange] = [], cause: ReloadCause = .fileChanged,
        callers: some Collection<PhoneNumber> = EmptyCollection<PhoneNumber>(),
        onUse: (Instant, CallPolicy) -> Void = { _, _ in }
    ) -> RulesChanges {
        let before = policy
        count(file.countedLines)
        rules.use(CompiledRules(file), contacts: contacts)
        onUse(clock.now(), policy)
        clockZone.withLock { $0 = file.zone }
        let changes = RulesChanges(from: before, to: policy, at: clock.now(), callers: callers, files: files)
        let words = ["the rules of revision \(file.revision) are in use", changes.summary]
        let result = (words + changes.lines.prefix(Self.mostAnnounced)).joined(separator: "; ")
        announce(DeskEvent(at: clock.now(), reload: cause, result: result))
        return changes
    }

    /// Notes whether the rules in use are those of the file, for everyone who shows the status.
    package func note(_ file: RulesFileStatus) {
        rulesFile.withLock { $0 = file }
        noteChange()
    }

    /// Notes the result of a probe, for everyone who shows the status.
    package func note(_ status: ProbeStatus) {
        probe.withLock { $0 = status }
        noteChange()
    }

    /// Makes everyone who shows the status ask for it again.
    package func noteStatus() { noteChange() }

    /// Whether the rules in use are those of the file.
    package var rulesFileStatus: RulesFileStatus { rulesFile.withLock { $0 } }

    /// Grows whenever the status changes other than by time.
    package var version: UInt64 { changes.load(ordering: .acquiring) }

    /// The rules and overrides in use.
    package var policy: CallPolicy { rules.current.policy }

    /// The contacts that belong to the rules in use.
    package var contacts: ContactDirectory { rules.current.contacts }

    /// The clock of the rules file in use; screens show it whatever the machine's own is, so that hours and rows agree.
    package var zone: Zone { clockZone.withLock { $0 } }

    /// Calls a function after every change, on the thread that made it; it must return at once.
    package func watch(_ changed: @escaping @Sendable () -> Void) {
        watchers.withLock { $0.append(changed) }
    }

    var state: OverrideState { kept.withLock { $0.state } }

    /// The overrides on callers.
    package var callers: CallerOverrides { state.callers }

    /// Puts a saved state in force, and returns what the store reports about it.
    func put(_ state: OverrideState, warnings: [String]) -> String? {
        let problem = store.problem
        kept.withLock { $0 = Kept(state: state, warnings: warnings, problem: problem) }
        rules.use(state.active)
        keeper.noteInForce()
        keeper.link?.noteState()
        noteChange()
        return problem
    }

    /// Writes to the log, and so to everyone who follows it.
    func announce(_ words: String, _ audit: [AuditEntry] = []) {
        announce(DeskEvent(at: clock.now(), words: words, audit: audit))
    }

    private func announce(_ event: DeskEvent) {
        noteChange()
        log.record(event)
    }

    private func noteChange() {
        changes.add(1, ordering: .releasing)
        for watcher in watchers.withLock({ $0 }) { watcher() }
    }

    private func directory(at now: Instant) -> LineDirectory {
        let compiled = policy.compiled
        return LineDirectory(
            lines: compiled.rules.lines.map { LineDirectory.Entry(number: $0.number, group: $0.group) },
            nextChange: { number in
                compiled.rules.lines.first { $0.number == number }.flatMap { compiled.nextChange(of: $0, after: now) }
            })
    }
}

extension OverrideService {
    /// Removes a number from the overrides and the audit, on disk and in memory, and writes who had it forgotten.
    ///
    /// What was written on `own`, its calls, goes too. Returns the files that had it.
    package func forget(
        _ forgotten: ForgottenNumber, calls: Int, notesOn own: Set<CallID> = [], by who: Operator
    ) async throws(OverrideError) -> [String] {
        try await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(
                    returning: Result { () throws(OverrideError) in try self.forgetNow(forgotten, calls, own, who) })
            }
        }.get()
    }

    private func forgetNow(
        _ forgotten: ForgottenNumber, _ calls: Int, _ own: Set<CallID>, _ who: Operator
    ) throws(OverrideError) -> [String] {
        let former = state
        let cleaned = former.removing(caller: forgotten.number).mapTexts(forgotten.removed(from:))
        let files: [String]
        do throws(OverrideStoreError) {
            files = try store.forget(forgotten, notesOn: own)
        } catch {
            throw .notDurable(error.description)
        }
        let now = clock.now()
        let ended = former.callers.inForce(for: .number(forgotten.number), at: now)
        let note = OverrideCommand.note(forgotten.note(calls: calls, ending: ended))
        let next = try commit(by: who, at: now) { state throws(OverrideError) in
            let cleaned = state.removing(caller: forgotten.number).mapTexts(forgotten.removed(from:))
            return try transition(note, of: cleaned, by: who, at: now)
        }.transition
        _ = put(next.state, warnings: kept.withLock { kept in kept.warnings.map(forgotten.removed(from:)) })
        announce("\(who.user) \(next.outcome.words)", next.audit)
        return files + (cleaned == former ? [] : ["the overrides"])
    }

    /// The line that a number is of, which cannot be forgotten.
    package func isLine(_ number: PhoneNumber) -> Bool {
        policy.compiled.rules.lines.contains { $0.number == number }
    }
}

extension OverrideService {
    /// What the operator has to see at this moment.
    package func status(of server: ServerStatus.ServerInfo) -> ServerStatus {
        let (state, warnings) = kept.withLock { ($0.state, $0.allWarnings) }
        let policy = policy
        let now = clock.now()
        let undo = state.undoable(at: now).map {
            ServerStatus.Undo(words: $0.words, scopes: $0.scopes, effect: state.undoing($0, at: now))
        }
        return ServerStatus(
            overrides: state.overrides.filter { $0.isInForce(at: now) }, lines: policy.lineStatuses(at: now),
            server: server, closingTexts: policy.compiled.closingTexts,
            greetingTexts: policy.compiled.greetingTexts, undo: undo, warnings: warnings,
            timeZone: policy.compiled.rules.zone.name, rules: rulesFileStatus,
            bypasses: policy.compiled.rules.bypasses(at: now),
            bypassRejections: policy.compiled.rules.bypassRejections(at: now), probe: probe.withLock { $0 },
            masksNumbers: policy.compiled.rules.masksNumbers, callers: CallersStatus(state.callers, at: now))
    }
}

extension OverrideService {
    /// How long an end that could not be saved waits for the next attempt, in seconds.
    private static let retryAfter: Int64 = 10

    /// Removes expired overrides; returns when there is something to do again, or `nil` when no override has an end.
    ///
    /// Calls do not need it, since an expired override does not count. It keeps the audit and the screens right. An end
    /// that could not be saved is tried again, though not before the returned moment.
    @discardableResult
    package func expire() -> Instant? {
        queue.sync {
            let now = clock.now()
            var next = state.expiring(at: now)
            guard !next.outcome.isEmpty else { return next.state.nextEnd }
            if let seconds = secondsToRetry { return now.advanced(bySeconds: seconds) }
            do throws(OverrideError) {
                // Every replica sees the same end, so that one of them is enough to write it down.
                next = try commit(by: nil, at: now, isForAll: true) { $0.expiring(at: now) }.transition
            } catch {
                note(error, of: next)
                return now.advanced(bySeconds: Self.retryAfter)
            }
            guard !next.outcome.isEmpty else { return next.state.nextEnd }
            let problem = put(next.state, warnings: kept.withLock { $0.warnings })
            announce(next.outcome.words, next.audit)
            if let problem { announce(problem) }
            return next.state.nextEnd
        }
    }

    /// Removes expired overrides; returns how long to rest before the next time, or `nil` to rest until a change.
    ///
    /// A second at most, since the wall clock may be set in the meantime.
    package func expireAndRest() -> Duration? {
        expire().map { .microseconds(min(max($0.microseconds(since: clock.now()), 1000), 1_000_000)) }
    }

    /// How many seconds are left until an end that could not be saved is tried again.
    private var secondsToRetry: Int64? {
        guard let failure = kept.withLock({ $0.failure }) else { return nil }
        let passed = Int64((clock.ticks() - failure.ticks) / 1_000_000_000)
        return passed < Self.retryAfter ? Self.retryAfter - passed : nil
    }

    /// Notes that an end could not be saved, and announces it once.
    private func note(_ error: OverrideError, of next: OverrideTransition) {
        let words: String
        if case .notShared(let why) = error {
            words = "\(next.outcome.words). The audit does not have it yet: \(why)."
        } else {
            let why = if case .notDurable(let why) = error { why } else { error.description }
            words =
                "\(next.outcome.words), but that could not be saved (\(why)). It no longer applies; saving is retried."
        }
        let failure = Kept.Failure(words: words, ticks: clock.ticks())
        let isNew = kept.withLock { kept in
            defer { kept.failure = failure }
            return kept.failure?.words != words
        }
        if isNew { announce(words) }
    }
}

extension OverrideService {
    /// What the operator should know about the time before the start.
    package struct Handover: Hashable, Sendable {
        /// What is wrong with the saved state, a sentence each.
        package let warnings: [String]
        /// What is in force, such as `closed all lines since 2026-07-01 14:00, until reopened, by anna`.
        package let inForce: [String]
    }

    /// Removes expired overrides, and writes to the log what the operator should know about the time before.
    package func takeOver() -> Handover {
        // A replica asks the others first, which takes a while; calls do not need it.
        if keeper.link == nil { expire() }
        let (state, warnings) = kept.withLock { ($0.state, $0.allWarnings) }
        let zone = zone
        let now = clock.now()
        let isMasked = policy.compiled.rules.masksNumbers
        let lines = state.overrides.filter { $0.isInForce(at: now) }.map { $0.story(in: zone, isMasked: isMasked) }
        // By how many, since a number is personal data and this goes to stderr too.
        let inForce = lines + [CallersStatus(state.callers, at: now).words].compactMap(\.self)
        for words in warnings + inForce.map({ "still in force from before the start: \($0)" }) { announce(words) }
        return Handover(warnings: warnings, inForce: inForce)
    }
}

extension Override {
    /// The override in full, by the clock of a zone.
    fileprivate func story(in zone: Zone, isMasked: Bool) -> String {
        let reason = isMasked ? NumberMask.masked(reason) : reason
        let end = until.map { "until \(zone.local($0).dateAndClock)" } ?? kind.withoutEnd
        let why = reason.isEmpty ? "" : ", reason: \(reason)"
        return "\(deed) since \(zone.local(since).dateAndClock), \(end), by \(who)\(why)"
    }
}

extension LocalTime {
    /// The date with hours and minutes, such as `2026-07-01 17:30`.
    fileprivate var dateAndClock: String { "\(date) \(clock)" }
}

extension RuleSet {
    /// The lines by which calls are counted.
    fileprivate var countedLines: [CountedLine] {
        lines.map { CountedLine(number: $0.number, group: $0.group, name: $0.name) }
    }
}
