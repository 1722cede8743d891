// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Dispatch
import FileWatching
import Overrides
import ServiceLifecycle
import StateFiles

/// Makes the state folder again when somebody removes it.
///
/// Without it, a restart would open lines that an operator closed. It sleeps until something happens to the folder, and tries
/// again every few seconds while it cannot be made.
struct StateFolderKeeper: Service {
    private static let pause = DispatchTimeInterval.seconds(2)

    let files: StateFiles
    let show: @Sendable (OperatorMessage) -> Void

    func run() async {
        await cancelWhenGracefulShutdown {
            var isMissing = false
            while !Task.isCancelled {
                let (changes, continuation) = AsyncStream.makeStream(
                    of: Void.self, bufferingPolicy: .bufferingNewest(1))
                let watcher = FileWatcher { continuation.yield() }
                watcher.watch([WatchedFile(files.path, change: .replacement)])
                // It may have been removed before it was watched.
                continuation.yield()
                for await _ in changes where !files.isInPlace {
                    if let message = restore(isMissing: &isMissing) { show(message) }
                    if files.isInPlace { break }
                    DispatchQueue.global().asyncAfter(deadline: .now() + Self.pause) { continuation.yield() }
                }
                withExtendedLifetime(watcher) {}
            }
        }
    }

    /// Makes the folder; returns what the operator should know, if that is new.
    private func restore(isMissing: inout Bool) -> OperatorMessage? {
        do throws(OverrideStoreError) {
            guard try files.restoreFolder() else { return nil }
            isMissing = false
            return OperatorMessage(
                "The state folder \(files.path) was removed; it was made again",
                details: ["The overrides in force are in it, the lines of its audit so far are not."], isAlert: true)
        } catch {
            guard !isMissing else { return nil }
            isMissing = true
            return OperatorMessage(
                "The state folder was removed, so a restart forgets the overrides", details: ["\(error)"],
                isAlert: true)
        }
    }
}
