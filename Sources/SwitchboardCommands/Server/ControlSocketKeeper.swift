// SPDX-License-Identifier: Apache-2.0

import ControlServer
import ControlSocket
import Dashboard
import Dispatch
import FileWatching
import ServiceLifecycle
import StateFiles

/// Makes the control socket again when its file is removed, as a logout does with the runtime folder.
///
/// Without it, closed lines could not be opened until a restart. It sleeps until something happens to the file, and tries
/// again every few seconds while the socket cannot be made.
struct ControlSocketKeeper: Service {
    private static let pause = DispatchTimeInterval.seconds(2)

    let control: ControlServer
    /// Where the socket may be, the preferred place first.
    let places: ControlPlaces
    /// Where other programs read the path; `nil` if nowhere.
    let note: StateNote?
    let show: @Sendable (OperatorMessage) -> Void

    func run() async {
        await cancelWhenGracefulShutdown {
            var isMissing = false
            while !Task.isCancelled {
                let (changes, continuation) = AsyncStream.makeStream(
                    of: Void.self, bufferingPolicy: .bufferingNewest(1))
                // A new watcher knows the socket that was made last.
                let watcher = FileWatcher { continuation.yield() }
                watcher.watch(Set(places.paths.map { WatchedFile($0, change: .replacement) }))
                // It may have been removed before it was watched.
                continuation.yield()
                for await _ in changes where !control.isInPlace {
                    if let message = await restore(isMissing: &isMissing) { show(message) }
                    if control.isInPlace { break }
                    // The watcher does not report a folder that comes back without the socket.
                    DispatchQueue.global().asyncAfter(deadline: .now() + Self.pause) { continuation.yield() }
                }
                withExtendedLifetime(watcher) {}
            }
        }
    }

    /// Listens at the first place that can be used; returns what the operator should know, if that is new.
    private func restore(isMissing: inout Bool) async -> OperatorMessage? {
        let former = control.path
        var reasons: [String] = []
        for place in [former] + places.paths where !Task.isCancelled {
            do throws(ControlServerError) {
                try await control.listenAgain(at: place, isFolderOurs: places.isFolderOurs(place))
                note?.write(socket: place)
                isMissing = false
                let words = place == former ? "it was made again" : "it is at \(place) now (\(reasons[0]))"
                return OperatorMessage("The control socket \(former) was removed; \(words)")
            } catch {
                reasons.append(error.description)
            }
        }
        guard !isMissing, let reason = reasons.first else { return nil }
        isMissing = true
        return OperatorMessage(
            "The control socket \(former) was removed, so commands cannot reach this server", details: [reason],
            isAlert: true)
    }
}
