// SPDX-License-Identifier: Apache-2.0

/// A method and a path, and what answers them.
package struct ControlRoute: Sendable {
    /// Answers a request; it runs to the end even if the client goes away meanwhile.
    package typealias Answer = @Sendable (ControlRequest) async -> ControlReply

    /// The method in capitals.
    package let method: String
    /// The path with `{name}` for a variable part, such as `/v1/calls/{id}`.
    package let path: String
    package let answer: Answer

    package init(_ method: String, _ path: String, answer: @escaping Answer) {
        self.method = method
        self.path = path
        self.answer = answer
    }
}

extension ControlRoute {
    /// The parameters that a path has for this route's pattern; `nil` if the path does not match.
    package func parameters(in path: String) -> [String: String]? {
        let (pattern, parts) = (self.path.split(separator: "/"), path.split(separator: "/"))
        guard pattern.count == parts.count else { return nil }
        var parameters: [String: String] = [:]
        for (name, part) in zip(pattern, parts) {
            if name.hasPrefix("{") {
                parameters[String(name.dropFirst().dropLast())] = QueryString.unescaped(part.utf8)
            } else if name != part {
                return nil
            }
        }
        return parameters
    }
}

/// A whole request, as a route gets it.
package struct ControlRequest: Sendable {
    /// The method in capitals.
    package let method: String
    /// The path as it was sent, without the query.
    package let path: String
    /// The part of the path for each `{name}` of the route's pattern, with `%` escapes decoded.
    package let parameters: [String: String]
    /// The query in its order, with `%` escapes and `+` decoded as in HTML forms.
    package let query: [(name: String, value: String)]
    /// The body, within the limit.
    package let body: [UInt8]
    /// The client.
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

    /// Returns the first value of a name in the query; an empty string for a name without a value.
    package func query(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }
}
