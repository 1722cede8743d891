// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Dispatch
import FileWatching

/// Makes something in the file system again when somebody removes it.
///
/// It sleeps until something happens to a path, and tries again every few seconds while what it keeps cannot be made.
struct PlaceKeeper: Sendable {
    private static let pause = DispatchTimeInterval.seconds(2)

    let paths: Set<String>
    /// Whether there is nothing to do.
    let isInPlace: @Sendable () -> Bool
    let show: @Sendable (OperatorMessage) -> Void

    /// Keeps it until the task is cancelled; `restore` makes it, and returns what the operator should know.
    ///
    /// `isMissing` is for `restore` to remember between attempts whether the operator knows that it failed.
    func run(_ restore: (_ isMissing: inout Bool) async -> OperatorMessage?) async {
        var isMissing = false
        while !Task.isCancelled {
            let (changes, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
            // A new watcher knows what was made last.
            let watcher = FileWatcher { continuation.yield() }
            watcher.watch(Set(paths.map { WatchedFile($0, change: .replacement) }))
            // It may have been removed before it was watched.
            continuation.yield()
            for await _ in changes where !isInPlace() {
                if let message = await restore(&isMissing) { show(message) }
                if isInPlace() { break }
                // The watcher does not report a folder that comes back without what was in it.
                DispatchQueue.global().asyncAfter(deadline: .now() + Self.pause) { continuation.yield() }
            }
            withExtendedLifetime(watcher) {}
        }
    }
}
