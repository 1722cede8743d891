// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Reports the state of a service to the manager that started it (sd_notify(3)), by a datagram to the socket that
/// `NOTIFY_SOCKET` names.
package struct ServiceNotifier: Sendable {
    /// What the manager is informed of.
    package enum Notice: Hashable, Sendable {
        /// The service answers, also after it has read its settings again.
        case ready
        /// The service reads its settings again, since this time of the monotonic clock, in microseconds.
        case reloading(UInt64)
        /// The service stops.
        case stopping
        /// One line about the service for people.
        case status(String)

        var text: String {
            switch self {
            case .ready: "READY=1"
            case .reloading(let since): "RELOADING=1\nMONOTONIC_USEC=\(since)"
            case .stopping: "STOPPING=1"
            case .status(let words): "STATUS=\(words.map { $0.isNewline ? " " : String($0) }.joined())"
            }
        }
    }

    private let address: sockaddr_un
    private let length: socklen_t

    /// The variable that names the socket.
    package static let variable = "NOTIFY_SOCKET"

    /// Takes the path of a socket, or with an `@` first, the name of an abstract one; `nil` if it is neither.
    package init?(_ name: String?) {
        guard let name, name.hasPrefix("/") || name.hasPrefix("@"), name.utf8.count > 1 else { return nil }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(name.utf8)
        let isAbstract = bytes[0] == UInt8(ascii: "@")
        if isAbstract { bytes[0] = 0 }
        let room = MemoryLayout.size(ofValue: address.sun_path) - (isAbstract ? 0 : 1)
        guard bytes.count <= room else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        self.address = address
        // The length is part of an abstract name.
        length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count + (isAbstract ? 0 : 1))
    }

    /// Sends notices; never waits, and returns whether the manager's socket took them.
    @discardableResult
    package func send(_ notices: Notice...) -> Bool {
        let number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { return false }
        defer { _ = close(number) }
        let bytes = Array(notices.map(\.text).joined(separator: "\n").utf8)
        let sent = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(number, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT), $0, length)
            }
        }
        return sent == bytes.count
    }

    /// The time of the monotonic clock, in microseconds.
    package static var monotonicMicroseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1000
    }
}
