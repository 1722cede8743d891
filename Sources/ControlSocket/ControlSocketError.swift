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
    package var description: String { "\(reason); \(advice)" }

    /// What is wrong, without what to do.
    package var reason: String {
        switch self {
        case .inUse(let path): "another switchboard is listening at \(path)"
        case .pathTooLong(let path):
            "\(path) has \(path.utf8.count) bytes, but the path of a socket has at most \(SocketFile.longestPath)"
        case .notASocket(let path): "\(path) exists and is not a socket"
        case .cannotListen(let path, let reason): "cannot listen at \(path): \(reason)"
        case .cannotShare(let path, let group, let reason): "cannot open \(path) to the group \(group): \(reason)"
        }
    }

    private var advice: String {
        switch self {
        case .inUse: "stop it, or choose another path with --control PATH"
        case .pathTooLong: "choose a shorter one with --control PATH"
        case .notASocket: "move it away, or choose another path with --control PATH"
        case .cannotListen: "choose another path with --control PATH"
        case .cannotShare: "is the user that runs the server a member of it?"
        }
    }
}
