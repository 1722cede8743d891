// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
package import Sharing
import Synchronization
import WireFormat

/// The calls of all replicas in one log, for dashboards and for rules that count; those of this replica go to the others.
///
/// The log of this replica stays as it is: it answers, is kept in the journal, and counts what came here. The log of the desk
/// is fed from it like every other follower, and from batches; nothing waits for either.
package final class SharedCalls: Sendable {
    private let engine: any Engine
    private let replica: ReplicaName
    private let own: EventLog
    private let desk: EventLog
    private let now: @Sendable () -> Instant
    private let startedAt: Instant
    private let onAnswer: @Sendable (Answered) -> Void
    private let place: Mutex<Place>
    private let packer: Mutex<CallPacker>
    private let counts = Mutex<[ReplicaName: Received]>([:])
    private let refusals = Mutex(Refusals())
    /// The batch of each replica that came last.
    private let last = Mutex<[ReplicaName: CallBatch]>([:])

    /// What came from another replica.
    package struct Received: Hashable, Sendable {
        /// Changes of calls that came.
        package var lines: UInt64 = 0
        /// Those that did not: dropped there, trimmed in the engine, or not to be read here.
        package var missed: UInt64 = 0
        /// When the last of these was missed; `nil` for none.
        package var missedAt: Instant?

        package init() {}
    }

    /// Why the engine refuses calls, in its words; `nil` while it does not, or is away.
    private struct Refusals {
        var sending: String?
        var receiving: String?
    }

    /// How far the log of this replica was followed.
    private struct Place {
        var cursor: UInt64
        /// The first call that did not come yet.
        var next: UInt64
    }

    /// How long changes are collected, since one batch of many costs an engine as much as one of a single change.
    private static let pause = Duration.milliseconds(20)
    /// How long the engine waits for batches in one question; a replica that stops waits for the answer.
    private static let wait = Duration.milliseconds(250)
    /// How long an engine that does not answer is left alone.
    private static let patience = Duration.milliseconds(250)
    /// How many events are taken from the log at once.
    private static let mostEvents = 1024
    /// How many changes are counted as missed at once: a count from outside may be any number.
    private static let mostMissed: UInt64 = 1 << 40
    /// How many batches may follow the last call when a replica ends: more would hold up its end.
    private static let mostLastBatches = 64

    /// `own` is the log of this replica, before its first call; `desk` gets the calls of all and is numbered like it.
    ///
    /// `onAnswer` gets the answers of other replicas.
    package init(
        engine: any Engine, replica: ReplicaName, own: EventLog, desk: EventLog,
        now: @escaping @Sendable () -> Instant, mostBytes: Int = CallPacker.usualBytes,
        onAnswer: @escaping @Sendable (Answered) -> Void = { _ in }
    ) {
        self.engine = engine
        self.replica = replica
        self.own = own
        self.desk = desk
        self.now = now
        self.onAnswer = onAnswer
        startedAt = now()
        let next = own.snapshot().sequences.upperBound
        place = Mutex(Place(cursor: own.cursor, next: next))
        packer = Mutex(CallPacker(replica: replica, mostBytes: mostBytes))
        _ = desk.begin(at: next)
    }

    /// What an operator has to know besides what was missed, as a sentence; `nil` for nothing.
    package var warning: String? {
        let refusals = refusals.withLock { $0 }
        if let words = refusals.sending { return "the engine does not take the calls of this replica: \(words)" }
        return refusals.receiving.map { "the engine does not give the calls of other replicas: \($0)" }
    }

    /// What came from each of the other replicas since the start.
    package var received: [ReplicaName: Received] { counts.withLock { $0 } }

    /// Takes the calls of before the start, once this replica has them; before ``run()``.
    package func restore() {
        let before = own.snapshot()
        let first = desk.snapshot().sequences.lowerBound
        for sequence in before.sequences.reversed() where sequence < first {
            guard var call = before[sequence] else { return }
            call.replica = replica.text
            guard desk.restore(call, at: now()) else { return }
        }
    }

    /// Runs until it is cancelled.
    package func run() async {
        let (packed, news) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.follow { news.yield() } }
            group.addTask { await self.send(packed) }
            group.addTask { await self.receive() }
            await group.waitForAll()
        }
    }

    /// Sends what is left, once this replica has answered its last call.
    package func finish() async {
        take()
        for _ in 0..<Self.mostLastBatches {
            guard !Task.isCancelled, let batch = takeBatch() else { return }
            do {
                try await engine.append(batch)
            } catch {
                // The others have the calls as they were a moment ago.
                return
            }
        }
    }

    private func note(_ error: EngineError, as refusal: WritableKeyPath<Refusals, String?>) {
        let words: String? = if case .refused(let words) = error { words } else { nil }
        refusals.withLock { $0[keyPath: refusal] = words }
    }

    /// Sleeps; `false` if the task was cancelled.
    private func sleep(_ time: Duration) async -> Bool {
        do {
            try await Task.sleep(for: time)
            return true
        } catch {
            return false
        }
    }
}

// From this replica.
extension SharedCalls {
    private func follow(_ packed: () -> Void) async {
        let (changes, news) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        own.watch { news.yield() }
        // What came before anyone watched.
        news.yield()
        for await _ in changes {
            take()
            packed()
            // The first change after a while is shown at once, and those that follow it together.
            guard await sleep(Self.pause) else { return }
        }
    }

    /// Takes what is new in the log of this replica.
    func take() {
        while true {
            let batch = place.withLock { place in
                let batch = own.events(after: place.cursor, atMost: Self.mostEvents)
                place.cursor = batch.next
                return batch
            }
            guard !batch.isEmpty else { return }
            packer.withLock { $0.noteMissing(batch.dropped) }
            if batch.dropped > 0 { catchUp() }
            take(batch.events)
        }
    }

    /// Takes all calls of this replica as they are now, since some of their changes were not seen.
    private func catchUp() {
        let snapshot = own.snapshot()
        let next = place.withLock(\.next)
        for sequence in snapshot.sequences {
            guard var call = snapshot[sequence] else { continue }
            // One that the log of the desk has evicted was counted there.
            guard sequence >= next || desk.call(call.id) != nil else { continue }
            call.replica = replica.text
            desk.take(call, at: now(), countingFrom: startedAt)
        }
        place.withLock { $0.next = max($0.next, snapshot.sequences.upperBound) }
    }

    private func take(_ events: [LoggedEvent]) {
        var refused: [String: (newest: RefusedRequest, count: Int)] = [:]
        // Of several changes of one call the last one has all.
        var last: [UInt64: Int] = [:]
        for (place, event) in events.enumerated() {
            if let call = event.call { last[call.sequence] = place }
        }
        if let newest = last.keys.max() { place.withLock { $0.next = max($0.next, newest + 1) } }
        for (place, event) in events.enumerated() {
            switch event {
            case .answered(var call), .updated(var call), .remarked(var call):
                guard last[call.sequence] == place else { continue }
                call.replica = replica.text
                desk.take(call, at: now(), countingFrom: startedAt)
                // What was said on a call stays with the replica that heard it.
                add(.call(call.forOthers))
            case .refused(let request):
                desk.take(request, count: 1)
                // A flood of them must not push calls out of the engine.
                let count = refused[request.refusal.code]?.count ?? 0
                refused[request.refusal.code] = (request, count + 1)
            case .unattributed(let type, let at):
                desk.takeUnattributed(type: type, at: at)
                add(.unattributed(type: type, at: at))
            // What others do at the desk comes with the state that they share.
            case .desk(let event): desk.record(event)
            }
        }
        for (newest, count) in refused.values { add(.refused(newest, count: count)) }
    }

    private func add(_ line: SharedLine) {
        let bytes = line.bytes
        packer.withLock { $0.add(bytes) }
    }

    /// The next batch to send; `nil` if nothing waits.
    func takeBatch() -> CallBatch? { packer.withLock { $0.take() } }

    private func send(_ packed: AsyncStream<Void>) async {
        for await _ in packed {
            while let batch = takeBatch() {
                while true {
                    do throws(EngineError) {
                        try await engine.append(batch)
                        refusals.withLock { $0.sending = nil }
                        break
                    } catch {
                        note(error, as: \.sending)
                        // Meanwhile the packer keeps what comes, and drops the oldest if that is too much. A batch that was
                        // written although the answer was lost comes twice, and is taken once.
                        guard await sleep(Self.patience) else { return }
                    }
                }
            }
        }
    }
}

// From the others.
extension SharedCalls {
    private func receive() async {
        var cursors: [ReplicaName: BatchCursor] = [:]
        while !Task.isCancelled {
            do throws(EngineError) {
                for (replica, page) in try await engine.batches(after: cursors, waiting: Self.wait) {
                    cursors[replica] = page.cursor
                    // An engine may return what this replica wrote.
                    if replica != self.replica { take(page, of: replica) }
                }
                refusals.withLock { $0.receiving = nil }
            } catch {
                note(error, as: \.receiving)
                // The state of the desk says that the engine is away.
                guard await sleep(Self.patience) else { return }
            }
        }
    }

    func take(_ page: BatchPage, of replica: ReplicaName) {
        var received = Received()
        received.missed = min(page.gap, Self.mostMissed)
        for batch in page.batches where isNew(batch) {
            let lines = batch.lines
            received.missed += min(batch.missed, Self.mostMissed) + UInt64(batch.count - lines.count)
            for line in lines {
                do throws(DocumentProblem) {
                    // A line of a newer version is for newer readers, and no change of a call that is missed here.
                    if let line = try SharedLine(Array(line)) { take(line, of: replica) }
                    received.lines += 1
                } catch {
                    received.missed += 1
                }
            }
        }
        let now = now()
        counts.withLock { counts in
            var known = counts[replica] ?? Received()
            known.lines += received.lines
            known.missed += received.missed
            if received.missed > 0 { known.missedAt = now }
            counts[replica] = known
        }
    }

    /// Whether a batch is not the last one again, which was written twice since the answer to it was lost.
    private func isNew(_ batch: CallBatch) -> Bool {
        last.withLock { last in
            defer { last[batch.replica] = batch }
            return last[batch.replica] != batch
        }
    }

    private func take(_ line: SharedLine, of replica: ReplicaName) {
        switch line {
        case .call(var call):
            call.replica = replica.text
            if desk.take(call, at: now(), countingFrom: startedAt), let answered = call.answered { onAnswer(answered) }
        case .refused(let newest, let count): if newest.at >= startedAt { desk.take(newest, count: count) }
        case .unattributed(let type, let at): if at >= startedAt { desk.takeUnattributed(type: type, at: at) }
        }
    }
}

extension LoggedEvent {
    fileprivate var call: CallRecord? {
        switch self {
        case .answered(let call), .updated(let call), .remarked(let call): call
        case .refused, .unattributed, .desk: nil
        }
    }
}
