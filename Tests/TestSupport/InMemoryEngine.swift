// SPDX-License-Identifier: Apache-2.0

import Calls
package import Sharing
import Synchronization

/// An engine in memory, for the replicas of one test, with faults that can be turned on.
///
/// Its clock is set by the test. Reading batches never waits.
package final class InMemoryEngine: Engine {
    /// What goes wrong.
    package enum Fault: Hashable, Sendable {
        case away
        case refusing
        case nudgesLost
        /// What is proposed is written, and the answer is lost.
        case unknownAfterWriting
        /// The same, and it is away from then on.
        case awayAfterWriting
        /// The audit cannot be read.
        case auditAway
    }

    private struct Contents {
        var state: EngineState?
        var audit: [EngineLine] = []
        var reports: [ReplicaName: (report: EngineReport, at: Instant)] = [:]
        var batches: [ReplicaName: [CallBatch]] = [:]
        var listeners: [AsyncStream<Void>.Continuation] = []
        var faults: Set<Fault> = []
        var now = Instant.sample
        var proposals = 0
        var interruption: Interruption?
    }

    private struct Interruption {
        var skips: Int
        let act: @Sendable () -> Void
    }

    private let contents = Mutex(Contents())

    package init() {}

    package func turn(_ fault: Fault, on isOn: Bool) {
        contents.withLock { contents in
            if isOn { contents.faults.insert(fault) } else { contents.faults.remove(fault) }
        }
    }

    /// Puts another state in its place, as restoring a backup does; `nil` empties it.
    package func restore(_ state: EngineState?) { contents.withLock { $0.state = state } }

    /// Does something right before a proposal is looked at, after others that are skipped; another replica may be as fast.
    package func interrupt(after skips: Int = 0, _ act: @escaping @Sendable () -> Void) {
        contents.withLock { $0.interruption = Interruption(skips: skips, act: act) }
    }

    private func interruption() -> (@Sendable () -> Void)? {
        contents.withLock { contents in
            guard let found = contents.interruption else { return nil }
            contents.interruption = found.skips == 0 ? nil : Interruption(skips: found.skips - 1, act: found.act)
            return found.skips == 0 ? found.act : nil
        }
    }

    /// Drops the lines of the audit with smaller numbers.
    package func trimAudit(before number: Int) {
        contents.withLock { $0.audit.removeAll { $0.number < number } }
    }

    package func advance(by seconds: Int64) {
        contents.withLock { $0.now = $0.now.advanced(bySeconds: seconds) }
    }

    package var state: EngineState? { contents.withLock { $0.state } }

    /// How many states were proposed.
    package var proposals: Int { contents.withLock { $0.proposals } }

    private func answering<Answer: Sendable>(
        _ answer: @Sendable (inout Contents) throws(EngineError) -> Answer
    ) throws(EngineError) -> Answer {
        try contents.withLock { contents throws(EngineError) in
            if contents.faults.contains(.away) { throw EngineError.away("the engine is away") }
            return try answer(&contents)
        }
    }

    package func read() async throws(EngineError) -> EngineState? { try answering { $0.state } }

    package func propose(
        _ state: EngineState, audit: [EngineLine], expecting: StateID?
    ) async throws(EngineError) -> Proposal {
        interruption()?()
        return try answering { contents throws(EngineError) in
            contents.proposals += 1
            if contents.faults.contains(.refusing) { throw EngineError.refused("the engine is read only") }
            if contents.state?.id == state.id { return .accepted(keptBy: nil) }
            guard contents.state?.id == expecting else { return .stale(contents.state) }
            contents.state = state
            contents.audit += audit
            if !contents.faults.contains(.nudgesLost) { for listener in contents.listeners { listener.yield() } }
            if contents.faults.contains(.awayAfterWriting) { contents.faults.insert(.away) }
            guard contents.faults.isDisjoint(with: [.unknownAfterWriting, .awayAfterWriting]) else {
                throw EngineError.unknown("no answer in time")
            }
            return .accepted(keptBy: nil)
        }
    }

    package func nudges() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        continuation.yield()
        contents.withLock { $0.listeners.append(continuation) }
        return stream
    }

    package func report(_ report: EngineReport) async throws(EngineError) -> EngineTime {
        try answering { contents in
            contents.reports[report.replica] = (report, contents.now)
            return EngineTime(now: contents.now, roundTrip: .zero)
        }
    }

    package func replicas() async throws(EngineError) -> [EngineReport] {
        try answering { contents in
            contents.reports.values.map { entry in
                EngineReport(
                    replica: entry.report.replica, document: entry.report.document,
                    age: .microseconds(contents.now.microseconds(since: entry.at)))
            }.sorted { $0.replica < $1.replica }
        }
    }

    package func append(_ batch: CallBatch) async throws(EngineError) {
        try answering { $0.batches[batch.replica, default: []].append(batch) }
    }

    package func batches(
        after cursors: [ReplicaName: BatchCursor], waiting: Duration
    ) async throws(EngineError) -> [ReplicaName: BatchPage] {
        try answering { contents in
            var pages: [ReplicaName: BatchPage] = [:]
            for (replica, batches) in contents.batches {
                let read = cursors[replica].flatMap { Int($0.text) } ?? 0
                guard read < batches.count else { continue }
                pages[replica] = BatchPage(
                    batches: Array(batches[read...]), cursor: BatchCursor(text: "\(batches.count)"))
            }
            return pages
        }
    }

    package func audit(after line: Int) async throws(EngineError) -> [EngineLine] {
        try answering { contents throws(EngineError) in
            if contents.faults.contains(.auditAway) { throw EngineError.away("the audit is away") }
            return contents.audit.filter { $0.number > line }
        }
    }
}
