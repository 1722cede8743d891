// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import DeskSharing
import Dispatch
import EventLog
import Overrides
import Rules
import Sharing
import Synchronization
import TestSupport

/// One replica of a desk, on a disk of its own; it looks at the engine when a test says so.
struct Replica {
    let desk: SharedDesk
    let overrides: OverrideService
    let log: EventLog
    let disk: RememberedShare
    let who: Operator
    /// What happens while it waits for the others.
    let meanwhile = Meanwhile()

    /// Starts one; with the disk of an earlier one it is started again.
    init(
        _ name: ReplicaName, _ engine: InMemoryEngine, disk: RememberedShare = RememberedShare(),
        clock: StoppedClock = StoppedClock(), policy: Lineage.ConflictPolicy = .closed, tries: Int = 32,
        pause: SharedDesk.Pause? = nil
    ) async {
        let lines: [PhoneLine] = [.sample(), .sample(number: "+31850835038", name: "Sales", group: "sales")]
        let rules = CurrentRules(CompiledRules(.sample(lines: lines)))
        log = EventLog(keep: Retention(calls: 10, bytes: 1 << 16))
        overrides = OverrideService(
            rules: rules, log: log, clock: clock.wallClock, store: disk, state: disk.state)
        desk = SharedDesk(
            engine: engine,
            settings: SharedDesk.Settings(
                desk: "main", replica: name, policy: policy, program: "1.0", startedAt: .sample,
                patience: 600),
            clock: clock.wallClock,
            pause: pause ?? { [meanwhile] _ in
                // Whoever does not answer in this time does not answer.
                clock.passPatience()
                await meanwhile.run()
            }
        ) { SharedDesk.Facts(rules: "abc", calls: 0, lastAnswerAt: nil) }
        self.disk = disk
        who = Operator(user: "at-\(name)")
        overrides.share(
            through: desk, store: disk, kept: disk.share, lastLine: disk.audit.last?.number ?? disk.state.auditLines,
            tries: tries)
        await desk.join(overrides)
    }

    @discardableResult
    func close(_ scope: Scope = .all, _ text: String = "Closed.") async throws -> OverrideResult {
        try await overrides.carryOut(
            .begin(.closed(says: text), scopes: [scope], reason: "", until: .reopened), by: who)
    }

    @discardableResult
    func open(_ scope: Scope = .all) async throws -> OverrideResult {
        try await overrides.carryOut(.open([scope]), by: who)
    }

    /// Removes what has expired, on a thread that may wait for the engine.
    func expire() async {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "expiry").async {
                overrides.expire()
                continuation.resume()
            }
        }
    }

    /// The texts of the closures in force.
    var closings: [String] { overrides.policy.overrides.closures.compactMap(\.kind.text).sorted() }

    var version: Int? { overrides.share?.state.version }

    /// What the desk was notified of, in words.
    var events: [String] { log.snapshot().deskEvents.map(\.words) }
}

/// A time of day that stays as it is, and ticks that grow by a millisecond with each look.
final class StoppedClock: Sendable {
    private let time = Mutex((now: Instant.sample, ticks: UInt64(1_000_000_000)))

    func advance(seconds: Int64) {
        time.withLock {
            $0.now = $0.now.advanced(bySeconds: seconds)
            $0.ticks += UInt64(seconds) * 1_000_000_000
        }
    }

    /// More than the result of a change waits for the other replicas.
    func passPatience() { time.withLock { $0.ticks += 1_100_000_000 } }

    var wallClock: WallClock {
        WallClock(
            now: { self.time.withLock { $0.now } },
            ticks: {
                self.time.withLock {
                    $0.ticks += 1_000_000
                    return $0.ticks
                }
            })
    }
}

/// Something that a test does at a certain moment; nothing unless it says so.
final class Meanwhile: Sendable {
    private let act = Mutex<(@Sendable () async -> Void)?>(nil)

    func callAsFunction(_ act: @escaping @Sendable () async -> Void) { self.act.withLock { $0 = act } }

    func run() async { await act.withLock(\.self)?() }
}

/// Pauses that end when a test says so; each length of a pause is of one who waits, and hears every ring.
final class Bell: Sendable {
    private struct Waiting {
        var rings = 0
        var heard: [Duration: Int] = [:]
        var continuations: [Duration: CheckedContinuation<Void, any Error>] = [:]
    }

    private let waiting = Mutex(Waiting())

    func ring() {
        let continuations = waiting.withLock { waiting in
            waiting.rings += 1
            for length in waiting.continuations.keys { waiting.heard[length] = waiting.rings }
            defer { waiting.continuations = [:] }
            return Array(waiting.continuations.values)
        }
        for continuation in continuations { continuation.resume() }
    }

    func pause(_ length: Duration) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = waiting.withLock { waiting in
                    if Task.isCancelled || waiting.heard[length, default: 0] < waiting.rings {
                        waiting.heard[length] = waiting.rings
                        return true
                    }
                    waiting.continuations[length] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let continuation = waiting.withLock { $0.continuations.removeValue(forKey: length) }
            continuation?.resume(throwing: CancellationError())
        }
    }
}
