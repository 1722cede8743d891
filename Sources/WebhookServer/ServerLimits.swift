// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// What one connection may ask of the server.
package struct ServerLimits: Sendable {
    /// The largest body, in bytes.
    package var body: Int
    /// How long a request may take to arrive, from its first byte to its last.
    package var request: TimeAmount
    /// How long a connection may stay silent between requests.
    package var idle: TimeAmount

    package init(body: Int, request: TimeAmount = .seconds(10), idle: TimeAmount = .seconds(75)) {
        self.body = body
        self.request = request
        self.idle = idle
    }
}
