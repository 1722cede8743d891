// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Foundation
import Journal
import TestSupport
import Testing

/// Backups that take the place of a journal.
@Suite struct RestoringTests {
    private let bench: JournalBench
    private let backup: String

    /// A journal with the call `a`, and its backup.
    init() throws {
        bench = try JournalBench()
        bench.record([CallSample("a")])
        backup = bench.folder.path("backup.sqlite")
        try JournalTools.backup(bench.path, to: backup)
    }

    private func ids(_ path: String) throws -> [String] {
        try JournalReader(path).calls(limit: 10).map(\.call.id.text)
    }

    /// What a server leaves that was killed after the call `b`: a file, and its log with that call.
    private func killed() throws -> String {
        let session = bench.session()
        session.journal.start()
        session.record([CallSample("b", at: 10)])
        #expect(session.journal.waitUntilWritten(seconds: 20))
        let path = bench.folder.path("killed.sqlite")
        for suffix in ["", "-wal", "-shm"] {
            try FileManager.default.copyItem(atPath: bench.path + suffix, toPath: path + suffix)
        }
        #expect(throws: JournalProblem.inUse(file: bench.path)) {
            try JournalTools.restore(backup, to: bench.path, at: .sample)
        }
        session.end()
        return path
    }

    @Test func theLogOfTheFormerFileGoesWithIt() throws {
        let path = try killed()
        let restored = try JournalTools.restore(backup, to: path, at: .sample)
        #expect(restored.facts.calls == 1)
        #expect(try ids(path) == ["a"])
        #expect(try JournalReader(path).check() == [])
        #expect(try bench.folder.mode("killed.sqlite") == "600")
        let former = try #require(restored.former)
        #expect(former == path + ".replaced-20260701T120000Z")
        #expect(try ids(former) == ["b", "a"])
        #expect(try ids(backup) == ["a"])
        #expect(try !bench.folder.names.contains { $0.contains(".new") })
        // A second one keeps that too.
        let second = try JournalTools.restore(backup, to: path, at: .sample)
        #expect(second.former == former + "-2")
    }

    @Test func aLogWithoutItsFileIsNotBroughtIn() throws {
        let path = try killed()
        try FileManager.default.removeItem(atPath: path)
        let restored = try JournalTools.restore(backup, to: path, at: .sample)
        #expect(restored.former != nil)
        #expect(try ids(path) == ["a"])
    }

    @Test func whereNothingWasItIsPutThere() throws {
        let path = bench.folder.path("new/calls.sqlite")
        #expect(try JournalTools.restore(backup, to: path, at: .sample).former == nil)
        #expect(try ids(path) == ["a"])
    }

    @Test func whatIsNoWholeBackupChangesNothing() throws {
        let path = try killed()
        try bench.folder.write("this is no database, however long it is read", to: "bad.sqlite")
        for bad in [bench.folder.path("bad.sqlite"), bench.folder.path("none.sqlite"), path] {
            #expect(throws: JournalProblem.self) { try JournalTools.restore(bad, to: path, at: .sample) }
        }
        #expect(try ids(path) == ["b", "a"])
        #expect(try !bench.folder.names.contains { $0.contains("replaced") || $0.contains(".new") })
    }
}
