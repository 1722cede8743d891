// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Foundation
import GRDB
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
        try wait(for: session, written: count, until: isDone)
        session.end()
        #expect(try JournalReader(bench.path).check() == [])
        return try bench.written()
    }

    private func wait(
        for session: JournalBench.Session, written count: Int, until isDone: (JournalFacts) -> Bool
    ) throws {
        let reader = try JournalReader(bench.path)
        try waitUntil { try session.journal.status.written >= count && isDone(reader.facts()) }
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

    /// A server ran here before, so that a new file has not all of the day.
    @Test func aNewFileAfterAnotherServerIsNotWhole() throws {
        for _ in 0..<2 {
            let session = bench.session(followsOthers: true)
            session.journal.start()
            session.end()
            #expect(try JournalReader(bench.path).removedUntil() == .sample)
            #expect(session.journal.status.lackedUntil == .sample)
        }
        let first = try JournalBench()
        let session = first.session()
        session.end()
        #expect(try JournalReader(first.path).removedUntil() == nil)
        #expect(session.journal.status.lackedUntil == nil)
    }

    /// What a period lacks of a journal whose oldest call began an hour after noon, and which lost calls until then.
    @Test(
        arguments: [
            TestSupport.Row("all time", nil, true), TestSupport.Row("from before", 0, true),
            TestSupport.Row("from the oldest on", 3600, true),
            TestSupport.Row("from later on", 3601, false),
        ] as [TestSupport.Row<Int64?, Bool>])
    func callsOfAPeriodAreMissingThatBeginsBeforeTheRecord(_ row: TestSupport.Row<Int64?, Bool>) {
        let since = row.input.map { Instant.sample.advanced(bySeconds: $0) }
        // The last one that went was live for long.
        let beginning = JournalBeginning(
            removedUntil: .sample.advanced(bySeconds: 9000), oldest: .sample.advanced(bySeconds: 3600))
        #expect(beginning.lacksCalls(of: Period(since: since)) == row.expected)
        let empty = JournalBeginning(removedUntil: .sample.advanced(bySeconds: 3600), oldest: nil)
        #expect(empty.lacksCalls(of: Period(since: since)) == row.expected)
    }

    @Test func theBeginningIsTheOldestCall() throws {
        _ = try write(100, JournalLimits(days: 3650, calls: 40, bytes: 1 << 30), at: .sample) { $0.calls <= 40 }
        let beginning = try #require(try JournalReader(bench.path).beginning())
        #expect(beginning.oldest == Instant.sample.advanced(bySeconds: 60 * 3600))
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

    /// How many calls are kept of 600, of which each hundred is to another number.
    @Test(arguments: [1, 40, 100, 101, 244, 256, 345, 600]) func valuesGoWithTheirLastCall(_ kept: Int) throws {
        let limits = JournalLimits(days: 3650, calls: kept, bytes: 1 << 30)
        let session = bench.session(limits: limits)
        session.journal.start()
        session.record((0..<600).map { CallSample("c\($0)", at: Double($0)).with(\.to, number($0 / 100)) })
        try wait(for: session, written: 600) { $0.calls <= kept }
        session.end()
        #expect(try called() == ((600 - kept) / 100..<6).map(number))
        #expect(try bench.written().count == kept)
    }

    @Test func aValueThatWentComesBack() throws {
        let session = bench.session(limits: JournalLimits(days: 3650, calls: 3, bytes: 1 << 30))
        session.journal.start()
        session.record([0, 1, 1, 1, 1].enumerated().map { CallSample("c\($0)").with(\.to, number($1)) })
        try wait(for: session, written: 5) { $0.calls == 3 }
        #expect(try called() == [number(1)])
        session.record([CallSample("last").with(\.to, number(0))])
        session.end()
        #expect(try called() == [number(0), number(1)])
    }

    /// A number that is called, by its place.
    private func number(_ place: Int) -> String { "+3120123450\(place)" }

    /// The numbers that filters know calls by.
    private func called() throws -> [String] {
        try DatabaseQueue(path: bench.path).read {
            try String.fetchAll($0, sql: "SELECT value FROM facet WHERE name = 'called' ORDER BY value")
        }
    }
}
