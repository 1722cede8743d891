// SPDX-License-Identifier: Apache-2.0

import Files
import Glibc

/// A listening Unix socket and its file, which only its owner can open, and a group if one is named.
package struct SocketFile: Sendable {
    /// The longest path that the kernel takes, in bytes: `sun_path` less its closing zero.
    package static let longestPath = 107

    /// How many clients may wait to be accepted.
    package static let backlog: Int32 = 1024

    /// Where it is.
    package let path: String
    /// The listening socket, which does not block; the caller closes it.
    package let descriptor: Int32
    private let identity: FileIdentity

    /// Listens at `path`.
    ///
    /// A stale socket file is replaced; anything else that is there is left alone. `isFolderOurs` spares the wait for the lock
    /// of a folder that this process has locked already.
    package static func listen(
        at path: String, isFolderOurs: Bool = false, sharedWith group: SocketGroup? = nil
    ) async throws(ControlSocketError) -> SocketFile {
        guard path.utf8.count <= longestPath else { throw .pathTooLong(path) }
        guard !path.isEmpty, !path.utf8.contains(0) else { throw .cannotListen(path, reason: "it is not a path") }
        let lock = isFolderOurs ? nil : try await DirectoryLock.take(for: path)
        defer { withExtendedLifetime(lock) {} }
        let address = address(of: path)
        try makeWay(for: path)
        return try bind(to: path, address, group)
    }

    private static func bind(
        to path: String, _ address: sockaddr_un, _ group: SocketGroup?
    ) throws(ControlSocketError) -> SocketFile {
        let descriptor = try open(for: path)
        do throws(ControlSocketError) {
            // The kernel creates the file with the permissions of the socket, so there is no moment between bind and chmod
            // with wider ones; a umask would do too, but it belongs to the whole process.
            guard fchmod(descriptor, S_IRUSR | S_IWUSR) == 0 else { throw failure(path) }
            guard call(Glibc.bind, descriptor, address) == 0 else {
                throw errno == EADDRINUSE ? .inUse(path) : failure(path)
            }
            if let group { try share(path, with: group) }
            guard Glibc.listen(descriptor, backlog) == 0, let identity = FileIdentity(path, links: .notFollowed) else {
                throw failure(path)
            }
            return SocketFile(path: path, descriptor: descriptor, identity: identity)
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// Whether the file is where it was made.
    package var isInPlace: Bool { FileIdentity(path, links: .notFollowed) == identity }

    /// Opens the file to a group; nobody can connect yet, since nobody listens.
    private static func share(_ path: String, with group: SocketGroup) throws(ControlSocketError) {
        // The group first: the mode must not open the file to the one that it has now.
        guard lchown(path, uid_t.max, group.id) == 0, chmod(path, S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(path)
            throw .cannotShare(path, group: group.name, reason: reason)
        }
    }

    /// Removes the file, unless another has taken its place.
    package func remove() {
        if FileIdentity(path, links: .notFollowed) == identity { unlink(path) }
    }

    /// Makes `path` free, or throws why it is not.
    private static func makeWay(for path: String) throws(ControlSocketError) {
        guard let there = FileIdentity(path, links: .notFollowed) else {
            guard errno == ENOENT else { throw failure(path) }
            return
        }
        guard there.isSocket else { throw .notASocket(path) }
        switch state(of: path) {
        case .listening: throw .inUse(path)
        case .silent, .absent: break
        case .notAllowed: throw failure(path, EACCES)
        case .unusable(let number): throw failure(path, number)
        }
        guard unlink(path) == 0 || errno == ENOENT else { throw failure(path) }
    }

    private static func open(for path: String) throws(ControlSocketError) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { throw failure(path) }
        return descriptor
    }

    private static func failure(_ path: String, _ number: Int32 = errno) -> ControlSocketError {
        .cannotListen(path, reason: String(cString: strerror(number)))
    }

    private static func address(of path: String) -> sockaddr_un {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return address
    }

    private static func call(
        _ function: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32, _ descriptor: Int32, _ address: sockaddr_un
    ) -> Int32 {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                function(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

/// What answers at the path of a socket.
package enum SocketState: Hashable, Sendable {
    case listening
    /// A socket on which nobody listens.
    case silent
    /// Nothing is there.
    case absent
    /// We may not open it.
    case notAllowed
    /// The system's error number.
    case unusable(Int32)
}

extension SocketFile {
    /// Finds out who answers at a path; never waits.
    package static func state(of path: String) -> SocketState {
        guard path.utf8.count <= longestPath else { return .unusable(ENAMETOOLONG) }
        let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard probe >= 0 else { return .unusable(errno) }
        defer { close(probe) }
        if call(connect, probe, address(of: path)) == 0 { return .listening }
        switch errno {
        // A full backlog is a live server too.
        case EAGAIN: return .listening
        case ECONNREFUSED: return .silent
        case ENOENT, ENOTDIR: return .absent
        case EACCES, EPERM: return .notAllowed
        case let number: return .unusable(number)
        }
    }
}

extension SocketFile {
    /// The process that listens at a path; `nil` if none does, or it cannot be seen from here.
    ///
    /// Never waits.
    package static func process(listeningAt path: String) -> Int? {
        guard path.utf8.count <= longestPath else { return nil }
        let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard probe >= 0 else { return nil }
        defer { close(probe) }
        // `struct ucred`: process, user and group.
        var peer: (pid_t, uid_t, gid_t) = (0, 0, 0)
        var size = socklen_t(MemoryLayout.size(ofValue: peer))
        guard call(connect, probe, address(of: path)) == 0,
            getsockopt(probe, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0, peer.0 > 0
        else { return nil }
        return Int(peer.0)
    }
}
