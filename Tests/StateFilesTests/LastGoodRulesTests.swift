// SPDX-License-Identifier: Apache-2.0

import Calls
import Files
import Foundation
import StateFiles
import TestSupport
import Testing

/// What a server starts with if its rules file has errors.
@Suite struct LastGoodRulesTests {
    private static let rules = KeptRules(
        path: "/etc/switchboard.yaml", readAt: .sample, bytes: Array("version: 1\n".utf8),
        files: [
            "/etc/vip.txt": Array("+31612345678\n".utf8), "/etc/empty.csv": [], "/etc/bytes.csv": [0, 10, 255, 13],
        ])

    @Test("row 19: rules are kept with the files that they name, for their owner only")
    func whatIsKeptIsRead() throws {
        let folder = try TemporaryFolder()
        #expect(try LastGoodRules.read(from: folder.path) == nil)
        try LastGoodRules(in: Folder(folder.path)).keep(Self.rules)
        #expect(try LastGoodRules.read(from: folder.path) == Self.rules)
        #expect(try folder.names == ["last-good-rules"])
        #expect(try folder.mode("last-good-rules") == "600")
    }

    @Test func aFolderThatIsMissingHoldsNothing() throws {
        #expect(try LastGoodRules.read(from: TemporaryFolder().path("none")) == nil)
    }

    @Test func theNewestReplacesTheOthers() throws {
        let disk = MemoryDisk()
        let store = LastGoodRules(in: disk)
        try store.keep(Self.rules)
        let newer = KeptRules(path: "/etc/b.yaml", readAt: .sample, bytes: [1], files: [:])
        try store.keep(newer)
        for names in [true, false] {
            let left = disk.afterPowerLoss(namesSurvive: names, bytesSurvive: false)
            #expect(try LastGoodRules(in: left).read() == newer)
        }
    }

    @Test func tooMuchIsNotKept() throws {
        let store = LastGoodRules(in: MemoryDisk())
        try store.keep(Self.rules)
        let large = KeptRules(
            path: "/a.yaml", readAt: .sample, bytes: [],
            files: ["/b": [UInt8](repeating: 0, count: LastGoodRules.mostBytes + 1)])
        #expect(throws: FileProblem.self) { try store.keep(large) }
        #expect(try store.read() == nil, "older rules are not the last good ones any more")
    }

    @Test(arguments: 0..<40)
    func damageIsNoticed(_ seed: Int) throws {
        let folder = try TemporaryFolder()
        try LastGoodRules(in: Folder(folder.path)).keep(Self.rules)
        let url = URL(fileURLWithPath: folder.path("last-good-rules"))
        var bytes = [UInt8](try Data(contentsOf: url))
        var random = SeededGenerator(seed: UInt64(seed))
        switch seed % 3 {
        case 0: bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
        case 1: bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        default: bytes.insert(0x7B, at: Int.random(in: 0...bytes.count, using: &random))
        }
        try Data(bytes).write(to: url)
        do throws(FileProblem) {
            let read = try LastGoodRules.read(from: folder.path)
            // The names and the time are not part of the check.
            #expect(read?.bytes == Self.rules.bytes)
        } catch {
            #expect(error.path.hasSuffix("last-good-rules"))
        }
    }
}
