// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Files
import Foundation
import GRDB
import Journal
import Overrides
import Synchronization
import TestSupport
import Testing
import WireFormat

/// A disk that fails: calls are recorded in memory meanwhile, and written once it works again.
@Suite struct FaultTests {
    private let bench: JournalBench

    init() throws {
        bench = try JournalBench()
    }

    private func samples(_ range: Range<Int>) -> [CallSample] {
        range.map { CallSample("c\($0)", at: Double($0)).rejected() }
    }

    /// Another program, which may leave a transaction open.
    private func otherProgram() throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(20)
        return try DatabaseQueue(path: bench.path, configuration: configuration)
    }

    @Test func aDamagedFileIsKeptAndANewOneBegins() throws {
        try bench.folder.write("this is no database, however long it is read", to: "calls.sqlite")
        let session = bench.session()
        #expect(bench.news.next()?.isAlert == true)
        session.journal.start()
        session.record(samples(0..<3))
        session.end()
        #expect(session.journal.status.state == .writing)
        #expect(try bench.written().count == 3)
        let aside = try #require(try bench.folder.names.first { $0.hasPrefix("calls.sqlite.damaged-2026") })
        #expect(try bench.folder.read(aside).hasPrefix("this is no database"))
    }

    @Test func aFileThatIsCutIsFoundWhenItIsRead() throws {
        bench.record((0..<400).map { CallSample("c\($0)", at: Double($0)) })
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: bench.path))
        try file.truncate(atOffset: try file.seekToEnd() / 2)
        try file.close()
        let session = bench.session()
        session.journal.start()
        session.record(samples(1000..<1003))
        session.end()
        #expect(session.journal.status.state == .writing)
        let written = try bench.written()
        #expect(written.suffix(3).map(\.id.text) == ["c1000", "c1001", "c1002"])
        #expect(try JournalReader(bench.path).check() == [])
        #expect(try bench.folder.names.contains { $0.hasPrefix("calls.sqlite.damaged-") })
    }

    @Test(arguments: [1, 2, 50]) func aFileThatIsCutWhileItIsWrittenIsNoticed(part: Int) throws {
        let session = bench.session()
        session.journal.start()
        session.record(samples(0..<300))
        waitUntil { session.journal.status.written >= 300 }
        let other = try otherProgram()
        try other.inDatabase { try $0.execute(sql: "PRAGMA wal_checkpoint(FULL)") }
        session.record(samples(300..<301))
        waitUntil { session.journal.status.written >= 301 }
        let size = try #require(FileIdentity.size(of: bench.path))
        #expect(truncate(bench.path, off_t(size - size * part / 100 - 1)) == 0)
        session.record(samples(301..<310))
        let alarm = try #require(bench.news.next())
        #expect(alarm.isAlert)
        #expect(alarm.words.contains("is damaged (it was cut: "), "\(alarm.words)")
        #expect(bench.news.next()?.words.contains("a new journal has begun") == true)
        #expect(bench.news.next()?.isAlert == false)
        session.record(samples(310..<311))
        session.end()
        #expect(session.journal.status.state == .writing)
        #expect(try bench.written().map(\.id.text) == samples(0..<311).map(\.id))
        #expect(try JournalReader(bench.path).check() == [])
        #expect(try bench.folder.names.contains { $0.hasPrefix("calls.sqlite.damaged-") })
        withExtendedLifetime(other) {}
    }

    /// Calls are taken out, and what they leave is given back to the disk.
    @Test func aFileThatBecomesSmallerIsNotCut() throws {
        let session = bench.session(limits: JournalLimits(days: 3650, calls: 40, bytes: 1 << 30))
        session.journal.start()
        for round in 0..<3 {
            let end = (round + 1) * 400
            session.record(samples(round * 400..<end))
            let reader = try JournalReader(bench.path)
            try waitUntil { try session.journal.status.written >= end && reader.facts().calls <= 40 }
            try JournalTools.compact(bench.path)
        }
        session.record(samples(1200..<1210))
        session.end()
        #expect(session.journal.status.state == .writing)
        #expect(session.journal.status.dropped == 0)
        #expect(try bench.written().last?.id.text == "c1209")
        #expect(try !bench.folder.names.contains { $0.contains("damaged") })
    }

    @Test(arguments: [true, false]) func aWriteAheadLogThatIsGoneIsNoticed(isRemoved: Bool) throws {
        let session = bench.session()
        session.journal.start()
        session.record(samples(0..<50))
        waitUntil { session.journal.status.written >= 50 }
        if isRemoved {
            try FileManager.default.removeItem(atPath: bench.path + "-wal")
        } else {
            #expect(truncate(bench.path + "-wal", 100) == 0)
        }
        session.record(samples(50..<60))
        #expect(bench.news.next()?.isAlert == true)
        #expect(bench.news.next()?.isAlert == false)
        session.record(samples(60..<61))
        session.end()
        #expect(session.journal.status.state == .writing)
        #expect(try bench.written().map(\.id.text) == samples(0..<61).map(\.id))
        #expect(try JournalReader(bench.path).check() == [])
    }

    @Test func aFolderThatVanishesIsMadeAgainWithWhatMemoryHas() throws {
        let folder = bench.folder.path("state")
        try bench.folder.makeFolder("state")
        let log = EventLog(keep: Retention(calls: 100, bytes: 1 << 24))
        let path = "\(folder)/calls.sqlite"
        let options = Journal.Options(
            path: path, contents: KeptContents(bodies: true, transcripts: true),
            limits: JournalLimits(days: 30, calls: 1000, bytes: 1 << 30), version: "1.0")
        let journal = Journal(
            options, log: log, now: { .sample }, ticks: { DispatchTime.now().uptimeNanoseconds },
            report: bench.news.take)
        journal.start()
        for call in samples(0..<3) { call.record(in: log) }
        waitUntil { journal.status.written >= 3 }
        try bench.folder.remove("state")
        for call in samples(3..<5) { call.record(in: log) }
        #expect(bench.news.next()?.isAlert == true)
        #expect(bench.news.next()?.isAlert == false)
        journal.stop(within: 20)
        #expect(journal.status.state == .writing)
        let calls = try JournalReader(path).calls(limit: 10).map(\.call.id.text)
        #expect(calls == ["c4", "c3", "c2", "c1", "c0"])
    }

    @Test func aLockOfAnotherProgramDelaysAndLosesNothing() throws {
        let session = bench.session()
        session.journal.start()
        session.record(samples(0..<1))
        waitUntil { session.journal.status.written >= 1 }
        let other = try otherProgram()
        try other.inDatabase { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        session.record(samples(1..<4))
        let alarm = try #require(bench.news.next())
        #expect(alarm.isAlert)
        guard case .retrying = session.journal.status.state else {
            Issue.record("it is \(session.journal.status.state)")
            return
        }
        #expect(session.journal.status.lagMilliseconds >= 1000)
        try other.inDatabase { try $0.execute(sql: "COMMIT") }
        #expect(bench.news.next()?.isAlert == false)
        session.end()
        #expect(session.journal.status.dropped == 0)
        #expect(try bench.written().map(\.id.text) == ["c0", "c1", "c2", "c3"])
    }

    @Test func aStopWaitsForALockAndThenLosesNothing() throws {
        let session = bench.session()
        session.journal.start()
        let other = try otherProgram()
        try other.inDatabase { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        session.record(samples(0..<3))
        // The alarm comes after a second of attempts.
        let alarm = try #require(bench.news.next())
        #expect(alarm.isAlert)
        let stopped = DispatchSemaphore(value: 0)
        let unfinished = Mutex<Journal.Unfinished?>(nil)
        DispatchQueue.global().async {
            let left = session.journal.stop(within: 20)
            unfinished.withLock { $0 = left }
            stopped.signal()
        }
        // As long as the lock is held the stop waits.
        #expect(stopped.wait(timeout: .now() + 0.5) == .timedOut)
        try other.inDatabase { try $0.execute(sql: "COMMIT") }
        #expect(stopped.wait(timeout: .now() + 20) == .success)
        #expect(unfinished.withLock { $0 } == Journal.Unfinished())
        #expect(try bench.written().map(\.id.text) == ["c0", "c1", "c2"])
    }

    @Test func aStopThatCannotWriteSaysWhatIsLost() throws {
        let session = bench.session()
        session.journal.start()
        let other = try otherProgram()
        try other.inDatabase { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        session.record(samples(0..<3))
        _ = try #require(bench.news.next())
        let unfinished = session.journal.stop(within: 0.3)
        #expect(unfinished.calls == 3)
        #expect(unfinished.why?.contains("another program keeps") == true)
        try other.inDatabase { try $0.execute(sql: "COMMIT") }
    }

    @Test func aFileOfALaterVersionIsLeftAlone() throws {
        bench.record(samples(0..<2))
        let before = try DatabaseQueue(path: bench.path)
        try before.inDatabase { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99')") }
        try before.close()
        let session = bench.session()
        guard case .unusable(let error, _) = session.journal.status.state else {
            Issue.record("it is \(session.journal.status.state)")
            return
        }
        #expect(error.contains("later version"))
        session.journal.start()
        session.record(samples(2..<4))
        session.end()
        #expect(session.log.snapshot().totals.calls == 2)
        #expect(session.journal.status.queuedBytes == 0)
        let facts = try DatabaseQueue(path: bench.path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM call") }
        #expect(facts == 2)
    }

    @Test func aDatabaseOfAnotherProgramIsNotChanged() throws {
        let other = try DatabaseQueue(path: bench.path)
        try other.inDatabase {
            try $0.execute(sql: "CREATE TABLE customer (name TEXT); INSERT INTO customer VALUES ('Jan')")
        }
        try other.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: bench.path))
        let session = bench.session()
        guard case .retrying(let error, _) = session.journal.status.state else {
            Issue.record("it is \(session.journal.status.state)")
            return
        }
        #expect(error.contains("not a journal"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: bench.path)) == before)
        #expect(try bench.folder.names.filter { $0.hasSuffix("-wal") } == [])
    }

    @Test func twoServersDoNotWriteOneFile() throws {
        let first = bench.session()
        let second = bench.session()
        #expect(first.journal.status.state == .writing)
        guard case .retrying = second.journal.status.state else {
            Issue.record("it is \(second.journal.status.state)")
            return
        }
    }

    @Test func whatDoesNotFitTheQueueIsCountedAndWrittenFromMemory() throws {
        let session = bench.session(mostQueued: 50_000)
        let other = try otherProgram()
        try other.inDatabase { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        session.journal.start()
        session.record(samples(0..<300))
        #expect(bench.news.next()?.isAlert == true)
        #expect(session.journal.status.dropped > 0)
        #expect(session.journal.status.queuedBytes <= 50_000)
        try other.inDatabase { try $0.execute(sql: "COMMIT") }
        #expect(bench.news.next()?.words.contains("dropped") == true)
        session.end()
        // What memory still has is written after all.
        #expect(try JournalReader(bench.path).check() == [])
        #expect(try bench.written().map(\.id.text) == (0..<300).map { "c\($0)" })
    }
}
