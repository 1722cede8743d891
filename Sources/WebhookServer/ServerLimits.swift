// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// What clients may ask of the server.
package struct ServerLimits: Sendable {
    /// The largest body, in bytes.
    package var body: Int
    /// How long a request may take to arrive, from its first byte to its last.
    package var request: TimeAmount
    /// How long a connection may stay silent between requests.
    package var idle: TimeAmount
    /// How many connections may be open; one more takes the place of the one that has been quiet longest.
    package var connections: Int
    /// Enough for any platform, and little beside what a system allows.
    package static let usualConnections = 4096

    package init(
        body: Int, request: TimeAmount = .seconds(10), idle: TimeAmount = .seconds(75),
        connections: Int = usualConnections
    ) {
        self.body = body
        self.connections = connections
        self.request = request
        self.idle = idle
    }
}
