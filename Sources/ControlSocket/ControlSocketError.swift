// SPDX-License-Identifier: Apache-2.0

/// Why the control socket cannot be listened on.
package enum ControlSocketError: Error, Equatable, Sendable {
    /// A live server listens there.
    case inUse(String)
    /// The path has more bytes than the name of a socket can have.
    case pathTooLong(String)
    /// Something else is there; it is never removed.
    case notASocket(String)
    case cannotListen(String, reason: String)
}

extension ControlSocketError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .inUse(let path):
            "another switchboard listens at \(path); stop it, or give another path with --control PATH"
        case .pathTooLong(let path):
            "\(path) has \(path.utf8.count) bytes and a socket's path at most \(SocketFile.longestPath); "
                + "give a shorter one with --control PATH"
        case .notASocket(let path):
            "\(path) is there and is no socket, so it stays; move it away, or give another path with --control PATH"
        case .cannotListen(let path, let reason):
            "cannot listen at \(path): \(reason); give another path with --control PATH"
        }
    }
}
