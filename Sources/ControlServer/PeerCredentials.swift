// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore

/// `struct ucred`: what the kernel noted about the client when it connected.
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
