// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore

/// The process at the other end of a connection, as the kernel knows it.
package struct ControlPeer: Hashable, Sendable {
    /// The effective user when it connected.
    package let user: UInt32
    /// Its process id; 0 where the kernel does not reveal it, as across containers.
    package let process: Int32
    /// The groups of that process when it connected.
    package let groups: [UInt32]

    package init(user: UInt32, process: Int32, groups: [UInt32] = []) {
        self.user = user
        self.process = process
        self.groups = groups
    }

    /// Whether this peer may control a server that runs as `owner`: that user and root may, and members of the group.
    package func mayControl(serverOf owner: UInt32, sharedWith group: UInt32? = nil) -> Bool {
        user == owner || user == 0 || group.map(groups.contains) ?? false
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
        return credentials.map { peer in
            ControlPeer(user: peer.user, process: peer.process, groups: [peer.group] + otherGroups(channel))
        }
    }

    /// `SO_PEERGROUPS`, which glibc does not name.
    private static let peerGroups: CInt = 59
    /// As many groups as the kernel lets a process have.
    private static let mostGroups = 65_536

    /// The supplementary groups; none where the kernel does not reveal them.
    private static func otherGroups(_ channel: any Channel) -> [UInt32] {
        do {
            return try channel.pipeline.syncOperations.withUnsafeTransportIfAvailable { (socket: CInt) in
                var size: socklen_t = 0
                // The first call says how many bytes there are.
                guard getsockopt(socket, SOL_SOCKET, peerGroups, nil, &size) != 0, errno == ERANGE else { return [] }
                let count = min(Int(size) / MemoryLayout<gid_t>.size, mostGroups)
                return [UInt32](unsafeUninitializedCapacity: count) { groups, filled in
                    var size = socklen_t(count * MemoryLayout<gid_t>.size)
                    let isRead = getsockopt(socket, SOL_SOCKET, peerGroups, groups.baseAddress, &size) == 0
                    filled = isRead ? min(count, Int(size) / MemoryLayout<gid_t>.size) : 0
                }
            } ?? []
        } catch {
            // It is closed already.
            return []
        }
    }
}
