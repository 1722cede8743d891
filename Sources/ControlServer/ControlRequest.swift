// SPDX-License-Identifier: Apache-2.0

/// A whole request, as a route gets it.
package struct ControlRequest: Sendable {
    /// The method in capitals.
    package let method: String
    /// The path as it was sent, without the query.
    package let path: String
    /// What stands in the path for each `{name}` of the route's pattern, with `%` escapes read.
    package let parameters: [String: String]
    /// The query in its order, with `%` escapes and `+` read as HTML forms write them.
    package let query: [(name: String, value: String)]
    /// The body; within the limit.
    package let body: [UInt8]
    /// Who asks.
    package let peer: ControlPeer

    package init(
        method: String, path: String, parameters: [String: String] = [:], query: [(name: String, value: String)] = [],
        body: [UInt8] = [], peer: ControlPeer
    ) {
        self.method = method
        self.path = path
        self.parameters = parameters
        self.query = query
        self.body = body
        self.peer = peer
    }

    /// Returns the first value that the query has for a name; an empty text for a name without a value.
    package func query(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }
}
