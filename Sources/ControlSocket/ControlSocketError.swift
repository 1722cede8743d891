// SPDX-License-Identifier: Apache-2.0

/// Why the control socket cannot be listened on.
package enum ControlSocketError: Error, Equatable, Sendable {
    /// Another server listens there.
    case inUse(String)
    /// The path is longer than the name of a socket can be.
    case pathTooLong(String)
    /// Something else is there; it is never removed.
    case notASocket(String)
    case cannotListen(String, reason: String)
    /// The file cannot be given to the group.
    case cannotShare(String, group: String, reason: String)
}

extension ControlSocketError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .inUse(let path):
            "another switchboard is listening at \(path); stop it, or choose another path with --control PATH"
        case .pathTooLong(let path):
            "\(path) has \(path.utf8.count) bytes, but the path of a socket has at most \(SocketFile.longestPath); "
                + "choose a shorter one with --control PATH"
        case .notASocket(let path):
            "\(path) exists and is not a socket; move it away, or choose another path with --control PATH"
        case .cannotListen(let path, let reason):
            "cannot listen at \(path): \(reason); choose another path with --control PATH"
        case .cannotShare(let path, let group, let reason):
            "cannot open \(path) to the group \(group): \(reason); is the user that runs the server a member of it?"
        }
    }
}
