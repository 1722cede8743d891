// SPDX-License-Identifier: Apache-2.0

/// What the clients of the control socket may ask of it.
package struct ControlLimits: Sendable {
    /// The largest body of a request, in bytes.
    package var body: Int
    /// The largest head of a request, in bytes.
    package var head: Int
    /// How many connections may be open.
    ///
    /// One more closes the one that has been idle longest; when none is idle it gets 503.
    package var connections: Int
    /// How long a request may take to arrive, from its first byte to its last.
    ///
    /// One that begins in the same piece in which the request before it ends has the idle time.
    package var request: Duration
    /// How long a connection may stay idle between requests.
    ///
    /// A reply that streams is never idle.
    package var idle: Duration
    /// How long a client may take to close a connection that we are done with, and replies to end when the server stops.
    package var parting: Duration

    package init(
        body: Int = 64 << 10, head: Int = 16 << 10, connections: Int = 256, request: Duration = .seconds(10),
        idle: Duration = .seconds(30), parting: Duration = .seconds(1)
    ) {
        self.body = body
        self.head = head
        self.connections = connections
        self.request = request
        self.idle = idle
        self.parting = parting
    }
}
