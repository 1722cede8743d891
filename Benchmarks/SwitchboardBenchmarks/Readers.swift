// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import Dispatch
import EventLog
import Foundation
import Rules
import Synchronization

/// Times `EventLog.record` on two threads, as event loops call it, while nobody reads the log, or somebody does: the hand-over
/// of its lock.
///
/// Readers take turns with nobody in short rounds, so that a machine that slows down slows all.
enum Readers {
    private static let rounds = 9
    private static let perThread = 20_000
    /// How long a thread does something else after each call, in nanoseconds.
    private static let pause: UInt64 = 15_000

    /// Who reads, how much at once and after which pause, in seconds.
    private enum Reader: CaseIterable {
        case nobody, printer, journal, dashboard, all

        var name: String {
            switch self {
            case .nobody: "nobody"
            case .printer: "a printer"
            case .journal: "a journal"
            case .dashboard: "a dashboard"
            case .all: "all three"
            }
        }

        /// The paces are those of the program, the dashboard's that of a screen that changes all the time.
        func begin(_ log: EventLog, until isOver: Flag, _ group: DispatchGroup) {
            switch self {
            case .nobody: break
            case .printer: follow(log, every: 0.005, until: isOver, group)
            case .journal: follow(log, every: 0.02, until: isOver, group)
            case .dashboard:
                Readers.begin(group) {
                    while !isOver.isSet {
                        withExtendedLifetime(log.snapshot()) {}
                        Thread.sleep(forTimeInterval: 0.033)
                    }
                }
            case .all: for reader in [Reader.printer, .journal, .dashboard] { reader.begin(log, until: isOver, group) }
            }
        }

        private func follow(_ log: EventLog, every pace: Double, until isOver: Flag, _ group: DispatchGroup) {
            Readers.begin(group) {
                var cursor = log.cursor
                while !isOver.isSet {
                    let batch = log.events(after: cursor, atMost: 256)
                    cursor = batch.next
                    if batch.events.count < 256 { Thread.sleep(forTimeInterval: pace) }
                }
            }
        }
    }

    private final class Flag: Sendable {
        private let flag = Atomic(false)

        var isSet: Bool { flag.load(ordering: .acquiring) }

        func set() { flag.store(true, ordering: .releasing) }
    }

    private final class Times: Sendable {
        let all = Mutex<[UInt64]>([])
    }

    static func measure() {
        let policy = CallPolicy(rules: Sample.ruleBook)
        let log = EventLog(keep: Retention(calls: 10_000, bytes: 64 << 20))
        var times: [Reader: [UInt64]] = [:]
        for round in 0..<rounds {
            let readers = round.isMultiple(of: 2) ? Reader.allCases : Reader.allCases.reversed()
            for reader in readers {
                let isOver = Flag()
                let reading = DispatchGroup()
                reader.begin(log, until: isOver, reading)
                times[reader, default: []] += record(log, policy)
                isOver.set()
                reading.wait()
            }
        }
        print("record, while read by     p50 ns    p99 ns  p99.9 ns    max µs")
        for reader in Reader.allCases {
            let sorted = (times[reader] ?? []).sorted()
            let marks = [0.5, 0.99, 0.999].map { sorted[Int(Double(sorted.count) * $0)] } + [(sorted.last ?? 0) / 1000]
            let words = marks.map { String($0) }.map { String(repeating: " ", count: max(0, 10 - $0.count)) + $0 }
            print(reader.name + String(repeating: " ", count: 22 - reader.name.count) + words.joined())
        }
    }

    /// Records calls on two threads and returns how long each took, in nanoseconds.
    private static func record(_ log: EventLog, _ policy: CallPolicy) -> [UInt64] {
        let result = Times()
        let group = DispatchGroup()
        for thread in 0..<2 {
            begin(group) {
                let own = record(log, policy, thread)
                result.all.withLock { $0 += own }
            }
        }
        group.wait()
        return result.all.withLock { $0 }
    }

    private static func record(_ log: EventLog, _ policy: CallPolicy, _ thread: Int) -> [UInt64] {
        let clock = WallClock.system
        let now = clock.now()
        let body = [UInt8](repeating: 0x20, count: 300)
        var times: [UInt64] = []
        times.reserveCapacity(perThread)
        for number in 0..<perThread {
            let request = AssistantRequest(
                callID: CallID(UUID().uuidString.lowercased()), callType: "inbound_phone_call",
                caller: Party("+31612345678"), called: Party("+31850835037"), calledName: nil, dialect: .snakeCase)
            guard let (decision, reply) = try? policy.answer(request, id: "d-\(thread)-\(number)", at: now) else {
                preconditionFailure("the benchmark's own rules ask for facts")
            }
            let answered = Answered(
                request: request, body: body, decision: decision, reply: reply, receivedAt: now, microseconds: 10)
            let start = clock.ticks()
            withExtendedLifetime(log.record(answered)) {}
            let end = clock.ticks()
            times.append(end - start)
            while clock.ticks() - end < pause {}
        }
        return times
    }

    private static func begin(_ group: DispatchGroup, _ work: @escaping @Sendable () -> Void) {
        group.enter()
        Thread.detachNewThread {
            work()
            group.leave()
        }
    }
}
