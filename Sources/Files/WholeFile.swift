// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Reads whole files that people name: regular files, pipes, and the standard input.
package enum WholeFile {
    /// The name of the standard input.
    package static let standardInput = "-"

    /// Why a file was not read.
    package enum Failure: Error, Hashable, Sendable {
        case absent
        case denied
        /// Something that holds no text, such as `a folder`.
        case unsuitable(String)
        /// It is larger than this many bytes.
        case tooLarge(limit: Int)
        /// A pipe to which nobody wrote in time.
        case silent
        /// The system's error number.
        case system(Int32)
    }

    /// What was read, and whether it can be read again.
    package struct Contents: Sendable {
        package let bytes: [UInt8]
        /// False for a pipe or a terminal, whose bytes are gone once they are read.
        package let isRepeatable: Bool
    }

    /// Reads a file of at most that many bytes.
    ///
    /// A regular file that is larger is not read at all. A pipe is waited for; with `patience`, in milliseconds, no longer than
    /// that for the next byte.
    package static func read(_ path: String, atMost limit: Int, patience: Int32? = nil) throws(Failure) -> Contents {
        let descriptor = try open(path)
        defer { withExtendedLifetime(descriptor) {} }
        var status = stat()
        guard fstat(descriptor.number, &status) == 0 else { throw .system(errno) }
        let isRepeatable = try check(status, descriptor.number, limit)
        return Contents(
            bytes: try bytes(of: descriptor.number, upTo: limit, patience, sized: isRepeatable ? status.st_size : 0),
            isRepeatable: isRepeatable)
    }

    private static func open(_ path: String) throws(Failure) -> Descriptor {
        // O_NONBLOCK: opening a pipe without a writer must not block; it is waited for later.
        let number =
            path == standardInput
            ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard number >= 0 else {
            switch errno {
            case ENOENT: throw .absent
            case EACCES, EPERM: throw .denied
            case ENXIO: throw .unsuitable(isSocket(path) ? "a socket" : "a device that is not there")
            case let number: throw .system(number)
            }
        }
        return Descriptor(number)
    }

    private static func isSocket(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }

    /// Whether a file can be read again; throws if it cannot be read at all.
    private static func check(_ status: stat, _ number: Int32, _ limit: Int) throws(Failure) -> Bool {
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            guard status.st_size <= limit else { throw .tooLarge(limit: limit) }
            return true
        case S_IFDIR: throw .unsuitable("a folder")
        case S_IFSOCK where !isStream(number): throw .unsuitable("a socket")
        case S_IFBLK: throw .unsuitable("a device")
        case S_IFCHR where isatty(number) == 0: throw .unsuitable("a device")
        default: return false
        }
    }

    /// Whether a socket is connected, as the standard input of a service may be.
    private static func isStream(_ number: Int32) -> Bool {
        var address = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(number, $0, &size) } == 0
        }
    }

    private static func bytes(
        of number: Int32, upTo limit: Int, _ patience: Int32?, sized size: Int
    ) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size + 1)
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            try waitForBytes(number, patience)
            let count = Glibc.read(number, &piece, piece.count)
            if count == 0 { return bytes }
            if count > 0 {
                // A file may grow, and a pipe has no size.
                guard bytes.count + count <= limit else { throw .tooLarge(limit: limit) }
                bytes += piece[..<count]
            } else if errno != EINTR, errno != EAGAIN {
                throw errno == EISDIR ? .unsuitable("a folder") : .system(errno)
            }
        }
    }

    /// Waits for a byte or the end.
    private static func waitForBytes(_ number: Int32, _ patience: Int32?) throws(Failure) {
        var wait = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        while true {
            let count = poll(&wait, 1, patience ?? -1)
            if count > 0 { return }
            if count == 0 { throw .silent }
            guard errno == EINTR else { throw .system(errno) }
        }
    }
}

extension WholeFile.Failure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .absent: "no such file"
        case .denied: "permission denied"
        case .unsuitable(let what): "it is \(what)"
        case .tooLarge(let limit): "it is larger than \(Self.words(limit))"
        case .silent: "nothing arrived from the pipe in time"
        case .system(let number): String(cString: strerror(number))
        }
    }

    private static func words(_ limit: Int) -> String {
        limit >= 1 << 20 ? "\(limit >> 20) MiB" : limit >= 1 << 10 ? "\(limit >> 10) KiB" : "\(limit) bytes"
    }
}
