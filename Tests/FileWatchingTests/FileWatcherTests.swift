// SPDX-License-Identifier: Apache-2.0

import FileWatching
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct FileWatcherTests {
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
    ]

    @Test(arguments: 0..<ways.count) func aChangedFileIsReported(_ way: Int) async throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "rules.yaml")
        let changes = Changes()
        let watcher = try #require(FileWatcher { changes.note() })
        _ = watcher.watch([WatchedFile(folder.path("rules.yaml"))])
        try Self.ways[way].1(folder)
        await changes.next()
        withExtendedLifetime(watcher) {}
    }

    @Test func everyReplacementOfAFileIsReported() async throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "rules.yaml")
        let changes = Changes()
        let watcher = try #require(FileWatcher { changes.note() })
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
        let watcher = try #require(FileWatcher { changes.note() })
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
        let watcher = try #require(FileWatcher { changes.note() })
        _ = watcher.watch([
            WatchedFile(folder.path("crm.sqlite"), change: .replacement), WatchedFile(folder.path("fence")),
        ])
        let contentChanges = Changes()
        let contentWatcher = try #require(FileWatcher { contentChanges.note() })
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
        let watcher = try #require(FileWatcher { changes.note() })
        _ = watcher.watch([file])
        try folder.write("first", to: "rules.yaml")
        await changes.next()
        try folder.write("second", to: "rules.yaml")
        _ = watcher.watch([file, WatchedFile(folder.path("blocked.txt"))])
        await changes.next()
        withExtendedLifetime(watcher) {}
    }

    @Test func changesInQuickSuccessionAreReportedOnce() async throws {
        let folder = try TemporaryFolder()
        let changes = Changes()
        let watcher = try #require(FileWatcher { changes.note() })
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
