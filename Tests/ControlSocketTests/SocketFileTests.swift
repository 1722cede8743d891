// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import Glibc
import TestSupport
import Testing

struct SocketFileTests {
    @Test func isOpenToItsOwnerOnly() async throws {
        try await TemporaryFolder.with { folder in
            let file = try await SocketFile.listen(at: folder.path("s"))
            defer { close(file.descriptor) }
            #expect(try permissions(of: folder.path("s")) == 0o600)
        }
    }

    @Test func isOpenToAGroupThatIsNamed() async throws {
        try await TemporaryFolder.with { folder in
            let group = SocketGroup(name: "ours", id: getegid())
            let file = try await SocketFile.listen(at: folder.path("s"), sharedWith: group)
            defer { close(file.descriptor) }
            #expect(try permissions(of: folder.path("s")) == 0o660)
            var status = stat()
            #expect(lstat(folder.path("s"), &status) == 0 && status.st_gid == getegid())
        }
    }

    @Test(.disabled(if: geteuid() == 0, "root may give files to every group"))
    func aGroupOfOthersLeavesNoFile() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path("s")
            await #expect(throws: ControlSocketError.self) {
                try await SocketFile.listen(at: path, sharedWith: SocketGroup(name: "root", id: 0))
            }
            #expect(access(path, F_OK) != 0)
        }
    }

    @Test func aGroupIsKnownByName() throws {
        #expect(try #require(SocketGroup(named: "root")).id == 0)
        #expect(SocketGroup(named: "no such group") == nil)
        #expect(SocketGroup(named: "") == nil)
    }

    @Test(arguments: [(mode: 0o700, isOpen: false), (0o710, true), (0o701, true), (0o760, false), (0o755, true)])
    func aFolderThatTheGroupCannotEnterIsNamed(mode: mode_t, isOpen: Bool) throws {
        try TemporaryFolder.with { folder in
            let group = SocketGroup(name: "ours", id: getegid())
            // The folders above are not the test's; the first that is in the way is named.
            let above = group.folderInTheWay(to: folder.path)
            let way = folder.path("way")
            #expect(mkdir(way, 0o700) == 0 && chmod(way, mode) == 0)
            let inner = group.folderInTheWay(to: way + "/s")
            #expect(inner == above ?? group.folderInTheWay(to: folder.path + "/s") ?? (isOpen ? nil : way))
            #expect(chmod(way, 0o700) == 0)
        }
    }

    @Test func replacesASocketThatNobodyListensOn() async throws {
        try await TemporaryFolder.with { folder in
            let dead = try await SocketFile.listen(at: folder.path("s"))
            close(dead.descriptor)
            let file = try await SocketFile.listen(at: folder.path("s"))
            defer { close(file.descriptor) }
            #expect(try permissions(of: folder.path("s")) == 0o600)
        }
    }

    @Test func leavesALiveSocketAlone() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path("s")
            let file = try await SocketFile.listen(at: path)
            defer { close(file.descriptor) }
            await #expect(throws: ControlSocketError.inUse(path)) { try await SocketFile.listen(at: path) }
            file.remove()
            #expect(access(path, F_OK) != 0)
        }
    }

    @Test(arguments: Obstacle.allCases)
    func leavesAloneWhatIsNoSocket(_ obstacle: Obstacle) async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path("s")
            try obstacle.make(at: path)
            await #expect(throws: ControlSocketError.notASocket(path)) { try await SocketFile.listen(at: path) }
            #expect(try kind(of: path) == obstacle.kind)
        }
    }

    @Test func takesPathsUpToWhatTheKernelTakes() async throws {
        try await TemporaryFolder.with { folder in
            let name = String(repeating: "s", count: SocketFile.longestPath - folder.path.utf8.count - 1)
            let file = try await SocketFile.listen(at: "\(folder.path)/\(name)")
            close(file.descriptor)
            let path = "\(folder.path)/\(name)s"
            await #expect(throws: ControlSocketError.pathTooLong(path)) { try await SocketFile.listen(at: path) }
        }
    }

    @Test func saysThatTheDirectoryIsMissing() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path + "/none/s"
            let reason = "\(folder.path)/none: No such file or directory"
            await #expect(throws: ControlSocketError.cannotListen(path, reason: reason)) {
                try await SocketFile.listen(at: path)
            }
        }
    }

    @Test func oneOfManyWinsARaceForAStaleSocket() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path("s")
            close(try await SocketFile.listen(at: path).descriptor)
            let winners = await withTaskGroup(of: SocketFile?.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        do throws(ControlSocketError) {
                            return try await SocketFile.listen(at: path)
                        } catch {
                            #expect(error == .inUse(path))
                            return nil
                        }
                    }
                }
                return await group.reduce(into: []) { winners, winner in winners += [winner].compactMap(\.self) }
            }
            #expect(winners.count == 1)
            for winner in winners { close(winner.descriptor) }
        }
    }

    @Test("break 7: another user locks the folder") func aLockOfOthersKeepsNoServerFromStarting() async throws {
        try await TemporaryFolder.with { folder in
            #expect(chmod(folder.path, 0o755) == 0)
            let number = open(folder.path, O_RDONLY | O_DIRECTORY)
            defer { close(number) }
            #expect(flock(number, LOCK_EX | LOCK_NB) == 0)
            let file = try await SocketFile.listen(at: folder.path("s"))
            close(file.descriptor)
        }
    }

    @Test func tellsWhatAnswersAtAPath() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path("s")
            #expect(SocketFile.state(of: path) == .absent)
            #expect(SocketFile.state(of: folder.path("none/s")) == .absent)
            #expect(SocketFile.state(of: String(repeating: "x", count: 108)) == .unusable(ENAMETOOLONG))
            let file = try await SocketFile.listen(at: path)
            #expect(SocketFile.state(of: path) == .listening)
            #expect(file.isInPlace)
            close(file.descriptor)
            #expect(SocketFile.state(of: path) == .silent)
            #expect(unlink(path) == 0)
            #expect(!file.isInPlace)
        }
    }

    @Test func removesItsOwnFileOnly() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path("s")
            let first = try await SocketFile.listen(at: path)
            defer { close(first.descriptor) }
            #expect(rename(path, folder.path("elsewhere")) == 0)
            let second = try await SocketFile.listen(at: path)
            defer { close(second.descriptor) }
            first.remove()
            #expect(access(path, F_OK) == 0)
            second.remove()
            #expect(access(path, F_OK) != 0)
        }
    }
}
