// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Foundation
import GRDB
import JSON
import Journal
import Overrides
import Synchronization
import TestSupport
import Testing
import WireFormat

/// A journal in a folder of its own, as sessions of a server write it one after the other.
final class JournalBench: Sendable {
    let folder: TemporaryFolder
    let news = NewsStand()

    init() throws {
        folder = try TemporaryFolder()
    }

    var path: String { folder.path("calls.sqlite") }

    /// Begins a session: a log that goes on from the journal, with everything in memory that is to be restored.
    func session(
        keep: Int = 1000, limits: JournalLimits = JournalLimits(days: 30, calls: 100_000, bytes: 1 << 30),
        contents: KeptContents = KeptContents(bodies: true, transcripts: true), mostQueued: Int = 1 << 26,
        at now: Instant = .sample, restoring: UInt64 = .max / 4, files: Bool = true,
        forgetting: [ForgottenNumber] = [], followsOthers: Bool = false,
        forgot: @escaping @Sendable (ForgottenNumber, Set<CallID>) -> Void = { _, _ in }
    ) -> Session {
        let log = EventLog(keep: Retention(calls: keep, bytes: 1 << 28))
        log.use([CountedLine(number: "+31201234567", group: nil)])
        let journal = Journal(
            Journal.Options(
                path: path, contents: contents, limits: limits, files: files, mostQueued: mostQueued, version: "1.0"),
            log: log, now: { now }, ticks: { DispatchTime.now().uptimeNanoseconds }, restoring: restoring,
            forgetting: forgetting, followsOthers: followsOthers, forgot: forgot, report: news.take)
        return Session(log: log, journal: journal)
    }

    struct Session: Sendable {
        let log: EventLog
        let journal: Journal

        func record(_ calls: [CallSample]) { for call in calls { call.record(in: log) } }

        /// Writes everything and ends the session.
        func end() { journal.stop(within: 20) }

        var calls: [CallRecord] {
            let log = log.snapshot()
            return log.sequences.compactMap { log[$0] }
        }
    }

    /// Records calls in a session of their own.
    func record(_ calls: [CallSample], contents: KeptContents = KeptContents(bodies: true, transcripts: true)) {
        let session = session(contents: contents)
        session.journal.start()
        session.record(calls)
        session.end()
    }

    /// All bytes of the journal, in any of its files.
    func bytes() throws -> String {
        let files = try folder.names.map { folder.url.appending(path: $0) }
        return try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }.joined()
    }

    /// Takes a call out, as the limits of the journal do.
    func delete(_ id: String) throws {
        try DatabaseQueue(path: path).write { try $0.execute(sql: "DELETE FROM call WHERE id = ?", arguments: [id]) }
    }

    /// How many rows a table has.
    func count(_ table: String) throws -> Int {
        try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
    }

    /// What the journal has, oldest first.
    func written() throws -> [CallRecord] {
        try JournalReader(path).calls(limit: 100_000).map(\.call).reversed()
    }
}

/// What a journal had to say, for tests that wait for it.
final class NewsStand: Sendable {
    private let all = Mutex<[Journal.News]>([])
    private let arrived = DispatchSemaphore(value: 0)

    @Sendable func take(_ news: Journal.News) {
        all.withLock { $0.append(news) }
        arrived.signal()
    }

    /// How many sentences wait.
    var count: Int { all.withLock { $0.count } }

    /// Waits for the next sentence.
    func next() -> Journal.News? {
        guard arrived.wait(timeout: .now() + 20) == .success else { return nil }
        return all.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }
}

extension CallRecord {
    /// Everything in it, to compare.
    var text: String { document.text }
}
