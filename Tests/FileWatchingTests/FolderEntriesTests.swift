// SPDX-License-Identifier: Apache-2.0

import FileWatching
import Foundation
import Synchronization
import TestSupport
import Testing

/// A folder that is watched for what is in it.
@Suite(.timeLimit(.minutes(5))) struct FolderEntriesTests {
    private static func reports(
        _ change: (TemporaryFolder) throws -> Void, before: (TemporaryFolder) throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        try before(folder)
        let (stream, reports) = AsyncStream<Void>.makeStream()
        let watcher = FileWatcher { reports.yield() }
        #expect(watcher.watch([WatchedFile(folder.path("themes"), change: .entries)]) == nil)
        try change(folder)
        var iterator = stream.makeAsyncIterator()
        await iterator.next()
        withExtendedLifetime(watcher) {}
    }

    @Test func aFileThatIsWrittenIntoItIsReported() async throws {
        try await Self.reports {
            try $0.write("name: Mine", to: "themes/mine.yaml")
        } before: {
            try $0.makeFolder("themes")
        }
    }

    @Test func aFileThatIsMovedIntoItIsReported() async throws {
        try await Self.reports { folder in
            let (from, to) = (folder.path("mine.yaml"), folder.path("themes/mine.yaml"))
            try FileManager.default.moveItem(atPath: from, toPath: to)
        } before: {
            try $0.makeFolder("themes")
            try $0.write("name: Mine", to: "mine.yaml")
        }
    }

    @Test func aFolderThatIsMadeLaterIsReported() async throws {
        try await Self.reports {
            try $0.makeFolder("themes")
        } before: { _ in
        }
    }
}
