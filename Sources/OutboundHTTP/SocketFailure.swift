// SPDX-License-Identifier: Apache-2.0

/// Why nothing came back over a Unix socket.
package enum SocketFailure: Error, Hashable, Sendable {
    /// There is no socket, or nobody listens on it.
    case nobodyListens
    case notAllowed
    case timedOut
    case tooLarge(limit: Int)
    /// The words say why, for people.
    case broken(String)
}
