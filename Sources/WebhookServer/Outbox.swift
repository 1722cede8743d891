// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// Sends what the connections of one event loop have to say together, at the end of the loop's turn.
///
/// A reply that leaves alone may wake its reader at once, and on a machine whose cores are all busy the reader then takes
/// the place of the loop that has the next requests in hand. In a quiet hour a turn has one request, and nothing waits.
package final class Outbox {
    /// What has something to say.
    package protocol Connection: AnyObject {
        /// Sends what is written.
        func sendNow()
    }

    private let eventLoop: any EventLoop
    private var ready: [any Connection] = []

    /// The most replies sent at once, so that the first of them waits for tens of microseconds at most.
    package static let most = 16

    package init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Sends what a connection has written, soon.
    package func send(_ connection: any Connection) {
        ready.append(connection)
        if ready.count == Self.most {
            sendAll()
        } else if ready.count == 1 {
            eventLoop.assumeIsolated().execute { self.sendAll() }
        }
    }

    private func sendAll() {
        let sending = ready
        ready = []
        ready.reserveCapacity(Self.most)
        for connection in sending { connection.sendNow() }
    }
}
