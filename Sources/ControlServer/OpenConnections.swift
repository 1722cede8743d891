// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// The connections that are open; on the event loop only.
final class OpenConnections {
    private let limit: Int
    private var watches: [ObjectIdentifier: ConnectionWatch] = [:]
    private var turnedAway = 0
    /// Set once the server stops; kept when the last connection has ended.
    private var ended: EventLoopPromise<Void>?

    init(limit: Int) {
        self.limit = limit
    }

    /// Whether connections are no longer taken.
    var isStopping: Bool { ended != nil }

    /// Makes room for one more connection, by closing the one that has been idle longest if need be.
    ///
    /// - Returns: `false` when there are as many as may be and none is idle.
    func makeRoom() -> Bool {
        guard watches.count >= limit else { return true }
        let idle = watches.values.filter { $0.progress.isIdle }
        guard let oldest = idle.min(by: { $0.progress.quietSince < $1.progress.quietSince }) else { return false }
        oldest.close()
        remove(oldest)
        return true
    }

    /// Keeps a connection until it closes.
    func add(_ watch: ConnectionWatch, _ channel: any Channel) {
        watches[ObjectIdentifier(watch)] = watch
        channel.closeFuture.assumeIsolated().whenComplete { _ in self.remove(watch) }
    }

    /// Counts a client that is told why it is not served; `false` when there are too many of these as well.
    func turnAway(_ channel: any Channel) -> Bool {
        guard turnedAway < limit else { return false }
        turnedAway += 1
        channel.closeFuture.assumeIsolated().whenComplete { _ in self.turnedAway -= 1 }
        return true
    }

    /// Ends every connection, at once or after the reply that is under way.
    func stop(completing ended: EventLoopPromise<Void>) {
        self.ended = ended
        for watch in watches.values { watch.stop() }
        if watches.isEmpty { ended.succeed() }
    }

    /// Closes what is still open.
    func close() {
        for watch in watches.values { watch.close() }
    }

    private func remove(_ watch: ConnectionWatch) {
        watches[ObjectIdentifier(watch)] = nil
        if watches.isEmpty { ended?.succeed() }
    }
}
