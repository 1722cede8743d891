// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A listening socket that the manager of a service opened (sd_listen_fds(3)).
///
/// It outlives the server: callers wait on it while one server ends and the next one starts.
package struct InheritedSocket: Hashable, Sendable {
    package let descriptor: Int32
    /// The address in numbers, without brackets.
    package let host: String
    package let port: Int

    /// Why the sockets of the manager cannot be used.
    package enum Problem: Error, Hashable, Sendable {
        /// Their number, which must be 1.
        case count(Int)
        /// What is said to be their number.
        case notCount(String)
        /// The one that was given is not a TCP socket that listens.
        case notListening
    }

    /// More than any manager passes on.
    private static let mostSockets = 1024
    /// The first descriptor that a manager passes on.
    private static let first: Int32 = 3

    /// Takes the socket over that the variables name, if they are meant for this process; `nil` if there is none.
    ///
    /// Descriptors of the manager are no longer passed on to other programs.
    package static func take(_ variable: (String) -> String?, process: Int32 = getpid()) throws(Problem)
        -> InheritedSocket?
    {
        guard let owner = variable("LISTEN_PID").flatMap({ Int32($0) }), owner == process,
            let text = variable("LISTEN_FDS")
        else { return nil }
        guard let count = Int32(text), count > 0, count <= mostSockets else { throw .notCount(text) }
        for number in first..<(first + count) { _ = fcntl(number, F_SETFD, FD_CLOEXEC) }
        guard count == 1 else { throw .count(Int(count)) }
        return try InheritedSocket(first)
    }

    init(_ descriptor: Int32) throws(Problem) {
        guard Self.option(SO_ACCEPTCONN, of: descriptor) == 1,
            Self.option(SO_TYPE, of: descriptor) == SOCK_STREAM.rawValue,
            let address = Self.address(of: descriptor)
        else { throw .notListening }
        self.descriptor = descriptor
        (host, port) = address
    }

    private static func option(_ name: Int32, of descriptor: Int32) -> UInt32? {
        var value: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, name, &value, &size) == 0 else { return nil }
        return UInt32(bitPattern: value)
    }

    /// The address of an IP socket.
    private static func address(of descriptor: Int32) -> (host: String, port: Int)? {
        var address = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        var port = [CChar](repeating: 0, count: Int(NI_MAXSERV))
        let isKnown = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                getsockname(descriptor, pointer, &size) == 0
                    && [AF_INET, AF_INET6].contains(Int32(pointer.pointee.sa_family))
                    && getnameinfo(
                        pointer, size, &host, socklen_t(host.count), &port, socklen_t(port.count),
                        NI_NUMERICHOST | NI_NUMERICSERV) == 0
            }
        }
        guard isKnown, let number = Int(text(port)) else { return nil }
        return (text(host), number)
    }

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension InheritedSocket.Problem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .count(let count): "the service manager passed \(count) sockets (LISTEN_FDS); the server takes 1"
        case .notCount(let text):
            "LISTEN_FDS is \"\(text.prefix(20).filter { $0.isASCII && !$0.isNewline })\", which is not a number of sockets; unset it, or "
                + "pass the socket of the service"
        case .notListening: "the socket that the service manager passed (LISTEN_FDS) is not a listening TCP socket"
        }
    }
}
