// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Foundation
import Journal
import Overrides
import TestSupport
import Testing
import WireFormat

@Suite struct RetentionTests {
    private let bench: JournalBench

    init() throws {
        bench = try JournalBench()
    }

    /// Writes calls and waits until the journal has taken out what it does not keep.
    private func write(
        _ count: Int, _ limits: JournalLimits, at now: Instant, until isDone: (JournalFacts) -> Bool
    ) throws -> [CallRecord] {
        let session = bench.session(limits: limits, at: now)
        session.journal.start()
        session.record((0..<count).map { CallSample("c\($0)", at: Double($0) * 3600) })
        let reader = try JournalReader(bench.path)
        let end = ContinuousClock.now + .seconds(20)
        while try session.journal.status.written < count || !isDone(reader.facts()), ContinuousClock.now < end {
            _ = sched_yield()
        }
        session.end()
        #expect(try JournalReader(bench.path).check() == [])
        return try bench.written()
    }

    @Test func theOldestGoFirst() throws {
        let calls = try write(900, JournalLimits(days: 3650, calls: 40, bytes: 1 << 30), at: .sample) { $0.calls <= 40 }
        #expect(calls.map(\.id.text) == (860..<900).map { "c\($0)" })
    }

    @Test func callsGoWithTheirDays() throws {
        let now = Instant.sample.advanced(bySeconds: 99 * 3600)
        let calls = try write(100, JournalLimits(days: 2, calls: 1000, bytes: 1 << 30), at: now) { $0.calls <= 49 }
        #expect(calls.map(\.id.text) == (51..<100).map { "c\($0)" })
    }

    @Test func theFileDoesNotGrowBeyondItsBytes() throws {
        let calls = try write(3000, JournalLimits(days: 3650, calls: 100_000, bytes: 1 << 20), at: .sample) {
            $0.bytes <= (1 << 20) + (1 << 20) / 4
        }
        #expect(calls.count > 100 && calls.count < 2900)
        #expect(calls.last?.id.text == "c2999")
        #expect(try JournalReader(bench.path).facts().bytes <= (1 << 20) + (1 << 20) / 4)
    }
}
