// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Where JSON lines are written: stdout, or a log file that others may rename.
///
/// On one thread only, but for `reopenLater`.
final class EventSink {
    /// The result of a write.
    enum Outcome: Equatable {
        case done
        /// Nobody will ever read it.
        case gone
        /// The system refuses it now; its error number.
        case refused(Int32)
    }

    /// What people call it.
    let name: String
    private let path: String?
    private var number: Int32
    /// Lines that were not written whole.
    private var rest: ArraySlice<UInt8> = []
    /// Whether the last line that was begun is cut off.
    private var isTorn = false

    /// Writes to a descriptor and removes what was written; tests bring a disk of their own.
    private let writing: (Int32, inout ArraySlice<UInt8>) -> Int32

    init(
        name: String, path: String?, number: Int32,
        writing: @escaping (Int32, inout ArraySlice<UInt8>) -> Int32 = { FileDescriptor(number: $0).write(&$1) }
    ) {
        self.name = name
        self.path = path
        self.number = number
        self.writing = writing
    }

    /// What a sink writes to; the sink closes it.
    struct Place: Sendable {
        let name: String
        /// The path of a log file; `nil` for stdout.
        let path: String?
        let number: Int32

        static let standardOutput = Place(name: "stdout", path: nil, number: STDOUT_FILENO)

        /// Opens a log file for appending, which is created readable by its owner only.
        static func file(_ path: String) throws -> Place {
            let number = EventSink.opened(path)
            guard number >= 0 else {
                throw CommandFailure(
                    .failure, "cannot open the log file \(path): \(String(cString: strerror(-number)))")
            }
            return Place(name: path, path: path, number: number)
        }
    }

    convenience init(_ place: Place) {
        self.init(name: place.name, path: place.path, number: place.number)
    }

    deinit {
        if path != nil { close(number) }
    }

    /// The descriptor, or the negative error number.
    fileprivate static func opened(_ path: String) -> Int32 {
        let number = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0o600)
        return number >= 0 ? number : -errno
    }

    /// Opens the log file again, which has been renamed; keeps the old one if that fails, and returns the error number.
    func reopen() -> Int32 {
        guard let path else { return 0 }
        let new = Self.opened(path)
        guard new >= 0 else { return -new }
        close(number)
        number = new
        // What is cut off stays in the old file.
        isTorn = false
        return 0
    }

    /// Whether all lines that were given are written.
    var isDone: Bool { rest.isEmpty }

    /// Writes whole lines, after those that are left from before.
    func write(_ lines: [UInt8]) -> Outcome {
        rest += lines
        var bytes = (isTorn ? [0x0A] : []) + rest
        var left = bytes[...]
        let problem = writing(number, &left)
        guard problem != 0 else {
            rest = []
            isTorn = false
            return .done
        }
        let written = bytes.count - left.count
        if written > 0 {
            bytes.removeSubrange(written...)
            keepWholeLines(after: written - (isTorn ? 1 : 0))
            isTorn = bytes.last != 0x0A
        }
        return isForGood(problem) ? .gone : .refused(problem)
    }

    /// Keeps the line that was cut off, and those after it.
    private func keepWholeLines(after written: Int) {
        let head = rest.prefix(written)
        let tail = rest.dropFirst(written)
        // A line that lacks only its end gets it with the next write.
        if let last = head.last, last != 0x0A, tail.first == 0x0A { return rest = tail.dropFirst() }
        let begin = head.lastIndex(of: 0x0A).map { $0 + 1 } ?? rest.startIndex
        rest = rest[begin...]
    }

    /// Whether writing fails for ever: a pipe without a reader, or a terminal that is gone.
    private func isForGood(_ problem: Int32) -> Bool {
        switch problem {
        case EPIPE, EBADF, ECONNRESET: return true
        case EIO:
            var status = stat()
            return fstat(number, &status) != 0 || status.st_mode & S_IFMT == S_IFCHR
        default: return false
        }
    }
}
