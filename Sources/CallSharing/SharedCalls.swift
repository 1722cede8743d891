// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
package import Sharing
import Synchronization
import WireFormat

/// The calls of all replicas in one log, for dashboards; those of this replica go to the others.
///
/// The log of this replica stays as it is: it answers, is kept in the journal, and counts what came here. The log of the desk
/// is fed from it like every other follower, and from batches; nothing waits for either.
package final class SharedCalls: Sendable {
    private let engine: any Engine
    private let replica: ReplicaName
    private let own: EventLog
    private let desk: EventLog
    private let now: @Sendable () -> Instant
    private let packer: Mutex<CallPacker>
    private let counts = Mutex<[ReplicaName: Received]>([:])

    /// What came from another replica.
    package struct Received: Hashable, Sendable {
        /// Changes of calls that came.
        package var lines: UInt64 = 0
        /// Those that did not: dropped there, trimmed in the engine, or not to be read here.
        package var missed: UInt64 = 0

        package init() {}
    }

    /// How long changes are collected, since one batch of many costs an engine as much as one of a single change.
    private static let pause = Duration.milliseconds(20)
    /// How long the engine waits for batches in one question.
    private static let wait = Duration.seconds(1)
    /// How long an engine that does not answer is left alone.
    private static let patience = Duration.milliseconds(250)
    /// How many events are taken from the log at once.
    private static let mostEvents = 1024

    /// `own` is the log of this replica; `desk` gets the calls of all.
    package init(
        engine: any Engine, replica: ReplicaName, own: EventLog, desk: EventLog,
        now: @escaping @Sendable () -> Instant, mostBytes: Int = CallPacker.usualBytes
    ) {
        self.engine = engine
        self.replica = replica
        self.own = own
        self.desk = desk
        self.now = now
        packer = Mutex(CallPacker(replica: replica, mostBytes: mostBytes))
    }

    /// What came from each of the other replicas since the start.
    package var received: [ReplicaName: Received] { counts.withLock { $0 } }

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
        var cursor = own.cursor
        own.watch { news.yield() }
        for await _ in changes {
            guard await sleep(Self.pause) else { return }
            take(after: &cursor)
            packed()
        }
    }

    /// Takes what is new in the log of this replica.
    func take(after cursor: inout UInt64) {
        while true {
            let batch = own.events(after: cursor, atMost: Self.mostEvents)
            guard !batch.isEmpty else { return }
            cursor = batch.next
            packer.withLock { $0.noteMissing(batch.dropped) }
            for event in batch.events { take(event) }
        }
    }

    private func take(_ event: LoggedEvent) {
        switch event {
        case .answered(let call), .updated(let call), .remarked(let call):
            desk.take(call, at: now())
            // What was said on a call stays with the replica that heard it.
            let line = SessionExport.line(call.withoutTranscript)
            packer.withLock { $0.add(line) }
        case .refused(let request): desk.record(request.refusal, from: request.peer, at: request.at)
        case .desk(let event): desk.record(event)
        case .unattributed: break
        }
    }

    /// The next batch to send; `nil` if nothing waits.
    func takeBatch() -> CallBatch? { packer.withLock { $0.take() } }

    private func send(_ packed: AsyncStream<Void>) async {
        for await _ in packed {
            while let batch = takeBatch() {
                while true {
                    do {
                        try await engine.append(batch)
                        break
                    } catch {
                        // Meanwhile the packer keeps what comes, and drops the oldest if that is too much. A batch that was
                        // written although the answer was lost comes twice, and changes nothing the second time.
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
            do {
                for (replica, page) in try await engine.batches(after: cursors, waiting: Self.wait) {
                    cursors[replica] = page.cursor
                    // An engine may return what this replica wrote.
                    if replica != self.replica { take(page, of: replica) }
                }
            } catch {
                // The state of the desk says that the engine is away.
                guard await sleep(Self.patience) else { return }
            }
        }
    }

    func take(_ page: BatchPage, of replica: ReplicaName) {
        var received = Received()
        received.missed = page.gap
        for batch in page.batches {
            let lines = batch.lines
            received.missed += batch.missed + UInt64(batch.count - lines.count)
            for line in lines {
                do {
                    var call = try SessionExport.read(Array(line), sequence: 0)
                    call.replica = replica.text
                    desk.take(call, at: now())
                    received.lines += 1
                } catch {
                    // Of a newer version, or of nobody.
                    received.missed += 1
                }
            }
        }
        counts.withLock { counts in
            counts[replica, default: Received()].lines += received.lines
            counts[replica, default: Received()].missed += received.missed
        }
    }
}
