// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import TestSupport
import Testing

@testable import Journal

/// What happens to the log of a real database between two transactions.
@Suite struct WriteAheadLogTests {
    private let path: String
    private let database: DatabaseQueue
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("d.sqlite")
        database = try DatabaseQueue(path: path)
        try database.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
        try write("CREATE TABLE t (a)")
    }

    private func write(_ sql: String = "INSERT INTO t VALUES (randomblob(5000))") throws {
        try database.write { try $0.execute(sql: sql) }
    }

    private func cut(to bytes: off_t) throws { #expect(truncate(path + "-wal", bytes) == 0) }

    enum Event: CaseIterable {
        case nothing, anotherTransaction, brought, broughtAndBegunAnew, emptied
        case removed, replaced, cut, cutAndWritten, cutWholeAndWritten
    }

    private func bring(_ mode: String) throws {
        try database.inDatabase { try $0.execute(sql: "PRAGMA wal_checkpoint(\(mode))") }
    }

    private func happen(_ event: Event) throws {
        switch event {
        case .nothing: break
        case .anotherTransaction: try write()
        case .brought: try bring("FULL")
        case .broughtAndBegunAnew:
            try bring("RESTART")
            try write("UPDATE t SET a = 1")
        case .emptied: try bring("TRUNCATE")
        case .removed: try FileManager.default.removeItem(atPath: path + "-wal")
        case .replaced:
            let bytes = try Data(contentsOf: URL(filePath: path + "-wal"))
            try FileManager.default.moveItem(atPath: path + "-wal", toPath: path + "-old")
            try bytes.write(to: URL(filePath: path + "-wal"))
        case .cut: try cut(to: 100)
        case .cutAndWritten:
            try cut(to: 100)
            try write()
        case .cutWholeAndWritten:
            try cut(to: 0)
            try write()
        }
    }

    private func isHarmless(_ event: Event) -> Bool {
        switch event {
        case .nothing, .anotherTransaction, .brought, .broughtAndBegunAnew, .emptied: true
        case .removed, .replaced, .cut, .cutAndWritten, .cutWholeAndWritten: false
        }
    }

    @Test(arguments: Event.allCases) func whatWasTakenFromItIsSeen(event: Event) throws {
        for _ in 0..<5 { try write() }
        let before = try #require(WriteAheadLog(path + "-wal"))
        try happen(event)
        let isContinued = WriteAheadLog(path + "-wal").map(before.isContinued) ?? false
        #expect(isContinued == isHarmless(event))
    }
}
