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

    /// The last one that was taken out is known: it rang for two minutes.
    private func expectRemoved(until call: Int64) throws {
        let removed = try #require(try JournalReader(bench.path).removedUntil())
        let heardAt = Instant.sample.advanced(bySeconds: call * 3600)
        #expect(removed > heardAt.advanced(bySeconds: 119) && removed < heardAt.advanced(bySeconds: 121))
    }

    @Test func aFileThatHasRoomIsWhole() throws {
        let calls = try write(10, JournalLimits(days: 3650, calls: 40, bytes: 1 << 30), at: .sample) { $0.calls == 10 }
        #expect(calls.count == 10)
        #expect(try JournalReader(bench.path).removedUntil() == nil)
    }

    @Test func aFileAfterADamagedOneIsNotWhole() throws {
        try bench.folder.write("this is no database, however long it is read", to: "calls.sqlite")
        bench.record([CallSample("a")])
        #expect(try JournalReader(bench.path).removedUntil() == .sample)
    }

    @Test func theOldestGoFirst() throws {
        let calls = try write(900, JournalLimits(days: 3650, calls: 40, bytes: 1 << 30), at: .sample) { $0.calls <= 40 }
        #expect(calls.map(\.id.text) == (860..<900).map { "c\($0)" })
        try expectRemoved(until: 859)
    }

    @Test func callsGoWithTheirDays() throws {
        let now = Instant.sample.advanced(bySeconds: 99 * 3600)
        let calls = try write(100, JournalLimits(days: 2, calls: 1000, bytes: 1 << 30), at: now) { $0.calls <= 49 }
        #expect(calls.map(\.id.text) == (51..<100).map { "c\($0)" })
        try expectRemoved(until: 50)
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
