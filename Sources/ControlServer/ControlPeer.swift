// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore

/// The process at the other end of a connection, as the kernel knows it.
package struct ControlPeer: Hashable, Sendable {
    /// The effective user when it connected.
    package let user: UInt32
    /// Its process id; 0 where the kernel does not reveal it, as across containers.
    package let process: Int32

    package init(user: UInt32, process: Int32) {
        self.user = user
        self.process = process
    }

    /// Whether this peer may control a server that runs as `owner`: that user and root may.
    package func mayControl(serverOf owner: UInt32) -> Bool {
        user == owner || user == 0
    }
}

/// `struct ucred`: what the kernel recorded about the client when it connected.
private struct PeerCredentials: Sendable {
    var process: pid_t
    var user: uid_t
    var group: gid_t
}

extension ControlPeer {
    /// Asks the kernel who is at the other end of a connection.
    static func of(_ channel: any Channel) -> EventLoopFuture<ControlPeer> {
        guard let socket = channel as? any SocketOptionProvider else {
            return channel.eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
        }
        let credentials: EventLoopFuture<PeerCredentials> = socket.unsafeGetSocketOption(
            level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED))
        return credentials.map { ControlPeer(user: $0.user, process: $0.process) }
    }
}
