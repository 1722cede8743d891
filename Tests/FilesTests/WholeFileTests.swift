// SPDX-License-Identifier: Apache-2.0

import Files
import Foundation
import Glibc
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct WholeFileTests {
    private static let limit = 10

    private func failure(_ path: String, patience: Int32? = 10) -> WholeFile.Failure? {
        do throws(WholeFile.Failure) {
            _ = try WholeFile.read(path, atMost: Self.limit, patience: patience)
            return nil
        } catch {
            return error
        }
    }

    static let refused: [Row<String, WholeFile.Failure>] = [
        Row("row 11: a folder", "folder", .unsuitable("a folder")),
        Row("row 11: a device", "/dev/null", .unsuitable("a device")),
        Row("row 12: an endless device", "/dev/zero", .unsuitable("a device")),
        Row("row 12: a large file", "large", .tooLarge(limit: 10)),
        Row("nothing", "nothing", .absent),
        Row("a file in a file", "small/file", .system(ENOTDIR)),
        Row("a link to itself", "loop", .system(ELOOP)),
        Row("a pipe to which nobody writes", "pipe", .silent),
    ]

    @Test(arguments: refused) func whatCannotBeReadIsNamed(_ row: Row<String, WholeFile.Failure>) throws {
        try TemporaryFolder.with { folder in
            try folder.makeFolder("folder")
            try folder.write("small", to: "small")
            try folder.write("more than ten bytes", to: "large")
            #expect(symlink("loop", folder.path("loop")) == 0)
            #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
            let path = row.input.hasPrefix("/") ? row.input : folder.path(row.input)
            #expect(failure(path) == row.expected)
        }
    }

    @Test func aFileIsReadWhole() throws {
        try TemporaryFolder.with { folder in
            let contents = try WholeFile.read(try folder.write("ten bytes!", to: "file"), atMost: Self.limit)
            #expect(contents.bytes == Array("ten bytes!".utf8))
            #expect(contents.isRepeatable)
        }
    }

    @Test("row 11: a pipe") func aPipeIsReadToItsEnd() throws {
        try TemporaryFolder.with { folder in
            let path = folder.path("pipe")
            #expect(mkfifo(path, 0o600) == 0)
            let writer = Thread {
                let number = open(path, O_WRONLY)
                for piece in ["four", "", "more"] { _ = write(number, piece, piece.utf8.count) }
                close(number)
            }
            writer.start()
            let contents = try WholeFile.read(path, atMost: Self.limit)
            #expect(contents.bytes == Array("fourmore".utf8))
            #expect(!contents.isRepeatable)
        }
    }

    @Test("row 12: a pipe that never ends") func anEndlessPipeIsGivenUp() throws {
        try TemporaryFolder.with { folder in
            let path = folder.path("pipe")
            #expect(mkfifo(path, 0o600) == 0)
            let number = open(path, O_RDWR)
            defer { close(number) }
            #expect(write(number, "more than ten bytes", 19) == 19)
            #expect(failure(path) == .tooLarge(limit: Self.limit))
        }
    }

    @Test func onlyWhatEverybodyReachesIsReadByEverybody() throws {
        try TemporaryFolder.with { folder in
            let path = try folder.write("secret", to: "secret")
            #expect(chmod(path, 0o644) == 0)
            // The folder keeps others out.
            #expect(FileAccess.modeIfEverybodyReads(path) == nil)
            #expect(chmod(folder.path, 0o711) == 0)
            let isPublic = FileAccess.modeIfEverybodyReads(path) == 0o644
            #expect(isPublic || access("/tmp", X_OK) == 0)
            #expect(chmod(path, 0o640) == 0)
            #expect(FileAccess.modeIfEverybodyReads(path) == nil)
        }
    }
}
