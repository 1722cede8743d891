// SPDX-License-Identifier: Apache-2.0

import FileWatching
import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct FileWatcherTests {
    /// Ways of saving a file, as editors and people do it.
    static let ways: [(String, @Sendable (TemporaryFolder) throws -> Void)] = [
        ("written in place", { try $0.write("new", to: "rules.yaml") }),
        (
            "replaced by a rename",
            {
                try $0.write("new", to: "rules.yaml.tmp")
                try $0.rename("rules.yaml.tmp", to: "rules.yaml")
            }
        ),
        (
            "moved away, then written again",
            {
                try $0.rename("rules.yaml", to: "rules.yaml~")
                try $0.write("new", to: "rules.yaml")
            }
        ),
        ("removed", { try $0.remove("rules.yaml") }),
        (
            "row 8: written in place under another name",
            {
                try $0.makeFolder("host")
                try $0.link("rules.yaml", to: "host/rules.yaml")
                // The folder that is watched has no event for this.
                try $0.overwrite("new", in: "host/rules.yaml")
            }
        ),
        (
            "row 10: back as a link",
            {
                try $0.write("new", to: "elsewhere")
                try $0.remove("rules.yaml")
                try $0.symlink("rules.yaml", to: "elsewhere")
            }
        ),
    ]

    /// Ways in which another file becomes the one at `current/conf/rules.yaml`, without an event in the file's own folder.
    static let turns: [(String, @Sendable (TemporaryFolder) throws -> Void)] = [
        ("row 9: the link is turned", { try $0.turn("current", to: "releases/2") }),
        ("row 9: a link of a chain is turned", { try $0.turn("middle", to: "releases/2") }),
        (
            "a folder on the way is replaced",
            {
                try $0.rename("releases", to: "old")
                try $0.rename("next", to: "releases")
            }
        ),
        (
            "the folder of the file is replaced",
            {
                try $0.rename("releases/1/conf", to: "releases/1/old")
                try $0.rename("releases/2/conf", to: "releases/1/conf")
            }
        ),
        (
            "a folder on the way goes and comes back",
            {
                try $0.rename("releases/1", to: "away")
                try $0.rename("releases/2", to: "releases/1")
            }
        ),
    ]

    @Test(arguments: 0..<turns.count) func everyLinkOfThePathIsWatched(_ turn: Int) async throws {
        let folder = try TemporaryFolder()
        for name in ["releases", "next"] {
            try folder.makeFolder(name)
            for version in ["1", "2"] {
                try folder.makeFolder("\(name)/\(version)")
                try folder.makeFolder("\(name)/\(version)/conf")
                try folder.write("\(name) \(version)", to: "\(name)/\(version)/conf/rules.yaml")
            }
        }
        try folder.symlink("middle", to: "releases/1")
        try folder.symlink("current", to: "middle")
        let changes = Changes()
        let watcher = FileWatcher { changes.note() }
        #expect(watcher.watch([WatchedFile(folder.path("current/conf/rules.yaml"))]) == nil)
        try Self.turns[turn].1(folder)
        await changes.next()
        // The file that the path leads to now is watched as well.
        try folder.write("new", to: "current/conf/rules.yaml")
        await changes.next()
        withExtendedLifetime(watcher) {}
    }

    @Test func aFileThatAppearsLaterIsReported() async throws {
        let folder = try TemporaryFolder()
        let changes = Changes()
        let watcher = FileWatcher { changes.note() }
        watcher.watch([WatchedFile(folder.path("a/b/rules.yaml"))])
        try folder.makeFolder("a")
        try folder.makeFolder("a/b")
        try folder.write("new", to: "a/b/rules.yaml")
        await changes.next()
        withExtendedLifetime(watcher) {}
    }

    @Test("row 10: a hard link comes back") func aHardLinkComesBack() async throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "rules.yaml")
        try folder.makeFolder("store")
        try folder.link("rules.yaml", to: "store/rules.yaml")
        let changes = Changes()
        let watcher = FileWatcher { changes.note() }
        watcher.watch([WatchedFile(folder.path("rules.yaml"))])
        try folder.remove("rules.yaml")
        await changes.next()
        try folder.link("store/rules.yaml", to: "rules.yaml")
        await changes.next()
        withExtendedLifetime(watcher) {}
    }

    @Test("row 3: without inotify the files are looked at") func filesAreLookedAtWithoutInotify() async throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "rules.yaml")
        let changes = Changes()
        let watcher = FileWatcher(pollEvery: .milliseconds(20), openKernel: { -1 }) { changes.note() }
        #expect(watcher.watch([WatchedFile(folder.path("rules.yaml"))]) == .noInstance)
        try folder.write("newer", to: "rules.yaml")
        await changes.next()
        try folder.remove("rules.yaml")
        await changes.next()
        withExtendedLifetime(watcher) {}
    }

    @Test("row 3: events are used once there is an instance") func pollingEndsWithTheShortage() async throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "rules.yaml")
        let isShort = Atomic(true)
        let changes = Changes()
        let watcher = FileWatcher(
            pollEvery: .milliseconds(20),
            openKernel: { isShort.load(ordering: .relaxed) ? -1 : inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC)) }
        ) { changes.note() }
        let file: Set = [WatchedFile(folder.path("rules.yaml"))]
        #expect(watcher.watch(file) == .noInstance)
        isShort.store(false, ordering: .relaxed)
        #expect(watcher.watch(file) == nil)
        try folder.write("newer", to: "rules.yaml")
        await changes.next()
        withExtendedLifetime(watcher) {}
    }

    @Test(arguments: 0..<ways.count) func aChangedFileIsReported(_ way: Int) async throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "rules.yaml")
        let changes = Changes()
        let watcher = FileWatcher { changes.note() }
        _ = watcher.watch([WatchedFile(folder.path("rules.yaml"))])
        try Self.ways[way].1(folder)
        await changes.next()
        withExtendedLifetime(watcher) {}
    }

    @Test func everyReplacementOfAFileIsReported() async throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "rules.yaml")
        let changes = Changes()
        let watcher = FileWatcher { changes.note() }
        _ = watcher.watch([WatchedFile(folder.path("rules.yaml"))])
        for number in 0..<3 {
            try folder.write("new \(number)", to: "next")
            try folder.rename("next", to: "rules.yaml")
            await changes.next()
        }
        withExtendedLifetime(watcher) {}
    }

    @Test func aLinkAndItsTargetAreWatched() async throws {
        let folder = try TemporaryFolder()
        for version in ["one", "two"] {
            try folder.makeFolder(version)
            try folder.write(version, to: "\(version)/rules.yaml")
        }
        try FileManager.default.createSymbolicLink(atPath: folder.path("data"), withDestinationPath: "one")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("rules.yaml"), withDestinationPath: "data/rules.yaml")
        let changes = Changes()
        let watcher = FileWatcher { changes.note() }
        _ = watcher.watch([WatchedFile(folder.path("rules.yaml"))])
        try folder.write("one more", to: "one/rules.yaml")
        await changes.next()
        try FileManager.default.createSymbolicLink(atPath: folder.path("next"), withDestinationPath: "two")
        try folder.rename("next", to: "data")
        await changes.next()
        withExtendedLifetime(watcher) {}
    }

    @Test func aDatabaseCountsOnlyWhenItIsReplaced() async throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "crm.sqlite")
        let changes = Changes()
        let watcher = FileWatcher { changes.note() }
        _ = watcher.watch([
            WatchedFile(folder.path("crm.sqlite"), change: .replacement), WatchedFile(folder.path("fence")),
        ])
        let contentChanges = Changes()
        let contentWatcher = FileWatcher { contentChanges.note() }
        _ = contentWatcher.watch([WatchedFile(folder.path("crm.sqlite"))])
        try folder.write("written", to: "crm.sqlite")
        await contentChanges.next()
        try folder.write("fence", to: "fence")
        await changes.next()
        #expect(changes.count == 0)
        try folder.write("replaced", to: "next")
        try folder.rename("next", to: "crm.sqlite")
        await changes.next()
        withExtendedLifetime((watcher, contentWatcher)) {}
    }

    @Test func aChangeDuringAReadIsReportedAgain() async throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "rules.yaml")
        let file = WatchedFile(folder.path("rules.yaml"))
        let changes = Changes()
        let watcher = FileWatcher { changes.note() }
        _ = watcher.watch([file])
        try folder.write("first", to: "rules.yaml")
        await changes.next()
        try folder.write("second", to: "rules.yaml")
        _ = watcher.watch([file, WatchedFile(folder.path("blocked.txt"))])
        await changes.next()
        withExtendedLifetime(watcher) {}
    }

    @Test func aFileThatIsBeingWrittenIsNotReported() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("rules.yaml")
        try folder.write("old", to: "rules.yaml")
        let (reads, reading) = AsyncStream<String?>.makeStream()
        let watcher = FileWatcher { reading.yield(try? String(contentsOfFile: path, encoding: .utf8)) }
        _ = watcher.watch([WatchedFile(path)])
        var iterator = reads.makeAsyncIterator()
        // A machine that is busy pauses the writer for longer than the watcher waits; then the try says nothing.
        for attempt in 0..<20 {
            try folder.write("whole \(attempt)", to: "rules.yaml")
            // The look that this write causes comes after 100 ms, in the middle of the next one.
            try await Task.sleep(for: .milliseconds(60))
            let handle = try FileHandle(forWritingTo: URL(filePath: path))
            let begun = ContinuousClock.now
            try handle.truncate(atOffset: 0)
            try handle.write(contentsOf: Data("half".utf8))
            try await Task.sleep(for: .milliseconds(60))
            try handle.write(contentsOf: Data(" and half".utf8))
            let took = ContinuousClock.now - begun
            try handle.close()
            var read = await iterator.next()
            while read == "whole \(attempt)" || (read == "half" && took > .milliseconds(90)) {
                read = await iterator.next()
            }
            #expect(read == "half and half")
            if took < .milliseconds(90) { break }
        }
        withExtendedLifetime(watcher) {}
    }

    @Test func changesInQuickSuccessionAreReportedOnce() async throws {
        let folder = try TemporaryFolder()
        let changes = Changes()
        let watcher = FileWatcher { changes.note() }
        _ = watcher.watch(Set(["a", "b", "fence"].map { WatchedFile(folder.path($0)) }))
        for name in ["a", "b", "a", "b"] { try folder.write(name, to: name) }
        await changes.next()
        try folder.write("fence", to: "fence")
        await changes.next()
        #expect(changes.count == 0)
        withExtendedLifetime(watcher) {}
    }
}

extension TemporaryFolder {
    fileprivate func link(_ name: String, to other: String) throws {
        guard Glibc.link(path(name), path(other)) == 0 else { throw POSIXError(.EIO) }
    }

    fileprivate func symlink(_ name: String, to target: String) throws {
        guard Glibc.symlink(target, path(name)) == 0 else { throw POSIXError(.EIO) }
    }

    /// Has a link lead elsewhere, in one step.
    fileprivate func turn(_ name: String, to target: String) throws {
        try symlink("turning", to: target)
        try rename("turning", to: name)
    }

    /// Writes into a file that exists.
    fileprivate func overwrite(_ text: String, in name: String) throws {
        let handle = try FileHandle(forWritingTo: URL(filePath: path(name)))
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }

    /// Renames a file; replaces the other one if it exists.
    fileprivate func rename(_ name: String, to other: String) throws {
        guard Foundation.rename(path(name), path(other)) == 0 else { throw POSIXError(.EIO) }
    }
}

/// Counts the reports of a watcher, and waits for the next one.
private final class Changes: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation
    private let notes = Atomic<Int>(0)

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    /// How many reports no test has waited for.
    var count: Int { notes.load(ordering: .acquiring) }

    func note() {
        notes.add(1, ordering: .releasing)
        continuation.yield()
    }

    func next() async {
        var iterator = stream.makeAsyncIterator()
        await iterator.next()
        notes.subtract(1, ordering: .releasing)
    }
}
