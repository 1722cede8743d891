// SPDX-License-Identifier: Apache-2.0

package import CallAnswering
package import Calls
import Dispatch
package import Overrides
package import Sharing
import Synchronization
import WireFormat

/// One replica of a desk: looks at what the engine has, says what it does itself, and carries proposals.
///
/// Calls never wait for it. What it learns goes to the overrides through their queue, which is the only one that waits for
/// the engine. What it waits for runs on a thread of its own, so that it comes even where all threads for tasks are taken.
package final class SharedDesk: DeskLink {
    private let engine: any Engine
    private let settings: Settings
    private let clock: WallClock
    private let pause: Pause
    private let facts: @Sendable () -> Facts
    private let thread = DeskThread()
    private let held = Mutex(Held())
    private let reports = Trigger()
    private let looks = Trigger()

    /// Returns after a time, or throws when the task is cancelled.
    package typealias Pause = @Sendable (Duration) async throws -> Void

    /// What does not change while a replica runs.
    package struct Settings: Sendable {
        package let desk: String
        package let replica: ReplicaName
        package let policy: Lineage.ConflictPolicy
        /// The version of the program.
        package let program: String
        package let startedAt: Instant
        /// How long the queue of the overrides waits for an engine that does not keep its own limits, in seconds.
        package let patience: Int

        package init(
            desk: String, replica: ReplicaName, policy: Lineage.ConflictPolicy, program: String, startedAt: Instant,
            patience: Int = 3
        ) {
            self.patience = patience
            self.desk = desk
            self.replica = replica
            self.policy = policy
            self.program = program
            self.startedAt = startedAt
        }
    }

    /// What a replica says of itself besides the state that it obeys.
    package struct Facts: Sendable {
        /// The revision of the rules file.
        package let rules: String
        package let calls: UInt64
        package let lastAnswerAt: Instant?

        package init(rules: String, calls: UInt64, lastAnswerAt: Instant?) {
            self.rules = rules
            self.calls = calls
            self.lastAnswerAt = lastAnswerAt
        }
    }

    private struct Held {
        var overrides: OverrideService?
        var hearing = EngineHearing()
        var replicas: [HeardReplica] = []
        /// When the replicas were heard of.
        var heardAt = Instant(microseconds: 0)
        /// The last state of the engine that was looked at.
        var seen: StateID??
        /// Why that one cannot be read; `nil` where it can.
        var unreadable: String?
        /// Why the engine did not answer; `nil` where it did.
        var failure: String?
        /// The calls at the last report, and when that was.
        var counted: (calls: UInt64, ticks: UInt64)?
    }

    /// How often the engine is looked at without a nudge, since nudges can be lost.
    private static let lookInterval = Duration.milliseconds(250)
    private static let reportInterval = Duration.seconds(1)
    /// How long the result of a change waits for the other replicas.
    private static let reachPatience: UInt64 = 1_000_000_000
    private static let reachInterval = Duration.milliseconds(5)

    package init(
        engine: any Engine, settings: Settings, clock: WallClock,
        pause: @escaping Pause = { try await Task.sleep(for: $0) }, facts: @escaping @Sendable () -> Facts
    ) {
        self.engine = engine
        self.settings = settings
        self.clock = clock
        self.pause = pause
        self.facts = facts
    }

    package var replica: ReplicaName { settings.replica }
    package var policy: Lineage.ConflictPolicy { settings.policy }
    package var others: Int {
        held.withLock { $0.replicas.count { $0.counts && $0.report.name != settings.replica } }
    }

    /// Looks at the engine for the first time, before the first call is answered.
    package func join(_ overrides: OverrideService) async {
        held.withLock { $0.overrides = overrides }
        await look()
        await report()
    }

    /// Runs until it is cancelled.
    package func run() async {
        let nudges = engine.nudges()
        await withTaskExecutorPreference(thread) {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { for await _ in nudges { self.looks.signal() } }
                group.addTask { await self.looks.every(Self.lookInterval, self.pause) }
                group.addTask { await self.reports.every(Self.reportInterval, self.pause) }
                group.addTask { for await _ in self.looks.signals { await self.look() } }
                group.addTask { for await _ in self.reports.signals { await self.report() } }
                await group.waitForAll()
            }
        }
    }

    /// Says goodbye, so that no other replica waits for this one.
    package func leave() async { await report(isLeaving: true) }

    package func noteState() { reports.signal() }

    /// Takes what the engine has, unless it was looked at already.
    package func look() async {
        do throws(EngineError) {
            let state = try await engine.read()
            noteHeard()
            let (overrides, isSeen) = held.withLock { ($0.overrides, $0.seen == .some(state?.id)) }
            guard let overrides else { return }
            if isSeen, overrides.share?.state.id == state?.id, overrides.share?.isShared ?? false,
                !overrides.lacksAudit
            {
                return
            }
            guard let theirs = read(state) else { return }
            held.withLock { $0.seen = .some(state?.id) }
            await overrides.receive(theirs)
        } catch {
            note(error)
        }
    }

    /// The state in a document, `.some(nil)` for an empty engine; `nil` if this version of the program cannot read it.
    private func read(_ state: EngineState?) -> SharedState?? {
        guard let state else {
            held.withLock { $0.unreadable = nil }
            return .some(nil)
        }
        do throws(DocumentProblem) {
            let theirs = try SharedState(state)
            held.withLock { $0.unreadable = nil }
            return theirs
        } catch {
            let words =
                "v\(state.version) of the overrides cannot be read (\(error)); the last one that can be is in force"
            held.withLock { $0.unreadable = words }
            return nil
        }
    }

    /// Says what this replica does, and hears what the others do.
    package func report(isLeaving: Bool = false) async {
        do throws(EngineError) {
            let report = ownReport(isLeaving: isLeaving)
            let sent = clock.now()
            let time = try await engine.report(report.engineReport)
            noteHeard()
            held.withLock { $0.hearing.measure(time, sent: sent) }
            guard !isLeaving else { return }
            try await hear()
            held.withLock { $0.overrides }?.noteStatus()
        } catch {
            note(error)
        }
    }

    private func hear() async throws(EngineError) {
        let heard = try await engine.replicas().compactMap { report -> HeardReplica? in
            do throws(DocumentProblem) {
                return HeardReplica(report: try ReplicaReport(report), age: report.age ?? .zero)
            } catch {
                // One of another version, which counts, though what it obeys is unknown.
                return HeardReplica(
                    report: ReplicaReport(
                        name: report.replica, program: "?", rules: "?", obeys: nil,
                        problem: "its report cannot be read (\(error))", startedAt: Instant(microseconds: 0)),
                    age: report.age ?? .zero)
            }
        }
        let now = clock.now()
        held.withLock {
            $0.replicas = heard.sorted { $0.report.name < $1.report.name }
            $0.heardAt = now
        }
    }

    private func ownReport(isLeaving: Bool) -> ReplicaReport {
        let facts = facts()
        let ticks = clock.ticks()
        return held.withLock { held in
            let perSecond = held.counted.map { counted in
                Double(facts.calls - min(facts.calls, counted.calls)) * 1e9 / Double(max(ticks - counted.ticks, 1))
            }
            if held.counted.map({ ticks - $0.ticks >= 900_000_000 }) ?? true { held.counted = (facts.calls, ticks) }
            return ReplicaReport(
                name: settings.replica, program: settings.program, rules: facts.rules,
                obeys: held.overrides?.obeyed,
                problem: held.unreadable ?? held.overrides?.sharingProblem,
                clockOffset: held.hearing.offsetMilliseconds, startedAt: settings.startedAt, calls: facts.calls,
                callsPerSecond: Int((perSecond ?? 0).rounded()), lastAnswerAt: facts.lastAnswerAt,
                isLeaving: isLeaving)
        }
    }

    private func noteHeard() {
        let (now, ticks) = (clock.now(), clock.ticks())
        held.withLock {
            $0.hearing.note(at: now, ticks: ticks)
            $0.failure = nil
        }
    }

    private func note(_ error: EngineError) {
        let overrides = held.withLock { held in
            held.failure = error.words
            return held.overrides
        }
        overrides?.noteStatus()
    }
}

extension SharedDesk {
    package func propose(_ state: SharedState, audit: [AuditEntry], expecting: StateID?) -> DeskProposal {
        waiting(or: .unknown("the engine did not answer")) { [engine] in
            do throws(EngineError) {
                let lines = audit.map(\.engineLine)
                switch try await engine.propose(state.engineState, audit: lines, expecting: expecting) {
                case .accepted: return .accepted
                case .stale(let theirs?):
                    do throws(DocumentProblem) {
                        return .stale(try SharedState(theirs))
                    } catch {
                        return .failed("the engine has a state that cannot be read (\(error))")
                    }
                case .stale(nil): return .stale(nil)
                }
            } catch {
                guard case .unknown = error else { return .failed(error.words) }
                return await Self.hasArrived(state, at: engine) ? .accepted : .unknown(error.words)
            }
        }
    }

    /// Whether the engine has a state, or one that was made from it.
    private static func hasArrived(_ state: SharedState, at engine: any Engine) async -> Bool {
        do {
            guard let found = try await engine.read() else { return false }
            return found.id == state.id ? true : try SharedState(found).comes(from: state.id)
        } catch {
            // It stays unknown; the next look finds out.
            return false
        }
    }

    package func lines(after number: Int) -> [AuditEntry]? {
        waiting(or: nil) { [engine] in
            do throws(EngineError) {
                // A proposal that was repeated may have written a line twice.
                var last = number
                return try await engine.audit(after: number).compactMap { AuditEntry(line: $0.bytes) }
                    .sorted { $0.number < $1.number }.filter { entry in
                        defer { last = entry.number }
                        return entry.number > last
                    }
            } catch {
                // The state counts without them, and they are asked for again.
                return nil
            }
        }
    }

    /// Waits for an answer of the engine on a thread that may wait.
    private func waiting<Answer: Sendable>(
        or missing: Answer, _ ask: @escaping @Sendable () async -> Answer
    ) -> Answer {
        let answer = Box<Answer>()
        let arrived = DispatchSemaphore(value: 0)
        Task(executorPreference: thread, priority: .high) {
            let found = await ask()
            answer.value.withLock { $0 = found }
            arrived.signal()
        }
        guard arrived.wait(timeout: .now() + .seconds(settings.patience)) == .success else { return missing }
        return answer.value.withLock { $0 } ?? missing
    }

    private final class Box<Value: Sendable>: Sendable {
        let value = Mutex<Value?>(nil)
    }

    package func reach(of state: ReplicaReport.Obeyed, since started: UInt64) async -> ChangeReach {
        await report()
        while true {
            let ticks = clock.ticks()
            let reach = reach(of: state, after: ticks - started)
            if reach.isComplete || ticks - started > Self.reachPatience { return reach }
            do {
                try await pause(Self.reachInterval)
                // A report that was on its way when the change came may have taken the place of the newer one.
                if isSaid(state) { try await hear() } else { await report() }
            } catch {
                return reach
            }
        }
    }

    /// Whether this replica is heard to obey a state.
    private func isSaid(_ state: ReplicaReport.Obeyed) -> Bool {
        held.withLock { held in
            held.replicas.contains { $0.report.name == settings.replica && $0.report.obeys?.id == state.id }
        }
    }

    private func reach(of state: ReplicaReport.Obeyed, after nanoseconds: UInt64) -> ChangeReach {
        let counting = held.withLock { $0.replicas }.filter(\.counts)
        // A later state comes from this one, or says that there is a conflict.
        let missing = counting.filter { heard in
            guard let obeys = heard.report.obeys, heard.isHeard else { return true }
            return obeys.id != state.id && obeys.version <= state.version
        }
        return ChangeReach(
            version: state.version, obeying: counting.count - missing.count, of: counting.count,
            milliseconds: Int(nanoseconds / 1_000_000), missing: missing.map { Self.words($0) })
    }

    private static func words(_ heard: HeardReplica) -> String {
        let report = heard.report
        guard heard.isHeard else {
            return "\(report.name) (last heard \(DurationText.words(seconds: heard.age.components.seconds)) ago)"
        }
        if let problem = report.problem { return "\(report.name) (\(problem))" }
        return "\(report.name) (\(report.obeys.map { "has v\($0.version)" } ?? "has none yet"))"
    }

    /// What the operator has to see.
    package var status: SharedDeskStatus {
        let held = held.withLock { $0 }
        let (share, obeyed) = (held.overrides?.share, held.overrides?.obeyed)
        let replicas = held.replicas.filter(\.counts).map { heard in
            ReplicaStatus(
                name: heard.report.name.text, program: heard.report.program, rules: heard.report.rules,
                version: heard.report.obeys?.version,
                obeys: heard.isHeard && heard.report.obeys != nil && heard.report.obeys?.id == obeyed?.id,
                lastHeard: held.heardAt.advanced(bySeconds: -heard.age.components.seconds), isHeard: heard.isHeard,
                clockOffset: heard.report.clockOffset, startedAt: heard.report.startedAt, calls: heard.report.calls,
                callsPerSecond: heard.report.callsPerSecond, lastAnswerAt: heard.report.lastAnswerAt,
                problem: heard.report.problem)
        }
        return SharedDeskStatus(
            desk: settings.desk, replica: settings.replica.text, contact: held.hearing.contact(ticks: clock.ticks()),
            version: obeyed?.version, isHereOnly: share.map { !$0.isShared } ?? false,
            conflict: share?.state.conflict.map { conflict in
                SharedDeskStatus.Conflict(
                    here: conflict.here.author.sentence, there: conflict.there.author.sentence,
                    newestCounts: conflict.policy == .newest)
            },
            problem: held.unreadable ?? held.overrides?.sharingProblem ?? held.failure, replicas: replicas)
    }
}

/// Something that is done now and then, and at once when it is asked for.
private final class Trigger: Sendable {
    let signals: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (signals, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func signal() { continuation.yield() }

    /// Asks for it again and again until it is cancelled.
    func every(_ interval: Duration, _ pause: SharedDesk.Pause) async {
        while !Task.isCancelled {
            signal()
            do { try await pause(interval) } catch { return }
        }
    }
}

/// A thread on which the tasks of a replica run, one at a time.
private final class DeskThread: TaskExecutor {
    private let queue = DispatchQueue(label: "switchboard.desk")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
