// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// What the server accepts from clients.
package struct ServerLimits: Sendable {
    /// The largest body, in bytes.
    package var body: Int
    /// How long a request may take to arrive, from its first byte to its last.
    package var request: TimeAmount
    /// How long a connection may be silent between requests.
    package var idle: TimeAmount
    /// How many connections may be open; one more makes another give way (`ConnectionLimiter`).
    package var connections: Int
    /// How many connections one address may have; loopback and trusted proxies are exempt.
    package var connectionsPerPeer: Int { max(1, connections / 4) }
    /// How many requests of one client of a trusted proxy may be incomplete.
    package var requestsPerClient: Int { connectionsPerPeer }
    /// How long open connections are still answered once the server stops; replies announce that the connection closes.
    package var lameDuck: TimeAmount
    /// Who may name the client of a request.
    package var proxies: TrustedProxies
    /// Enough for any platform, and little compared with what a system allows.
    package static let usualConnections = 4096

    package init(
        body: Int, request: TimeAmount = .seconds(10), idle: TimeAmount = .seconds(75),
        connections: Int = usualConnections, lameDuck: TimeAmount = .seconds(1), proxies: TrustedProxies = .init()
    ) {
        self.lameDuck = lameDuck
        self.proxies = proxies
        self.body = body
        self.connections = connections
        self.request = request
        self.idle = idle
    }
}

/// When a connection runs out of time: it is silent for too long, or a request arrives too slowly.
package struct ConnectionExpiry: Equatable, Sendable {
    package let at: NIODeadline
    package let why: Reason

    /// Why a connection runs out of time.
    package enum Reason: Sendable {
        case idle
        case slowRequest
    }

    /// Works the moment out from the newest byte and from the first byte of a request that is not complete yet.
    package init(limits: ServerLimits, newest: UInt64, requestSince: UInt64?) {
        let idle = NIODeadline.uptimeNanoseconds(newest) + limits.idle
        guard let since = requestSince, NIODeadline.uptimeNanoseconds(since) + limits.request < idle else {
            at = idle
            why = .idle
            return
        }
        at = NIODeadline.uptimeNanoseconds(since) + limits.request
        why = .slowRequest
    }
}
