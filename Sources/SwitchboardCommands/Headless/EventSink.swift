// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Where JSON lines are written: stdout, or a log file that others may rename.
///
/// On one thread only.
final class EventSink {
    /// The result of a write.
    enum Outcome: Equatable {
        case done
        /// Nobody will ever read it.
        case gone
        /// It cannot be written now.
        case refused(LogProblem)
    }

    /// What people call it.
    let name: String
    private let path: String?
    /// Negative while no log file is open.
    private var number: Int32
    /// The log file that is being opened, while none is.
    private var opening: LogOpening?
    private let opener: @Sendable (String) -> Result<Int32, LogProblem>
    /// Lines that were not written whole.
    private var rest: ArraySlice<UInt8> = []
    /// Whether the last line that was begun is cut off.
    private var isTorn = false

    /// Writes to a descriptor and removes what was written; tests bring a disk of their own.
    private let writing: (Int32, inout ArraySlice<UInt8>) -> Int32

    /// How long a log file that takes nothing is waited for, in milliseconds.
    private static let patience: Int32 = 1000
    /// How long opening a log file is waited for, in seconds.
    private static let openingPatience = 1.0

    init(name: String, path: String?, number: Int32, writing: @escaping (Int32, inout ArraySlice<UInt8>) -> Int32) {
        self.name = name
        self.path = path
        self.number = number
        opener = LogFile.open
        self.writing = writing
    }

    /// What a sink writes to; the sink closes it.
    struct Place: Sendable {
        let name: String
        /// The path of a log file; `nil` for stdout.
        let path: String?
        /// The descriptor; negative for a log file that cannot be written yet, which the sink opens.
        let number: Int32
        /// The log file that is being opened still.
        var opening: LogOpening?
        /// Opens a log file; tests bring a disk that does not answer.
        var opener: @Sendable (String) -> Result<Int32, LogProblem> = LogFile.open

        static let standardOutput = Place(name: "stdout", path: nil, number: STDOUT_FILENO)

        /// How long a start waits for the disk of a log file, in seconds.
        private static let patience = 2.0

        /// Opens the file of `--log-file`.
        static func file(option path: String) throws -> Place {
            guard !path.isEmpty else { throw CommandFailure(.usage, "--log-file: the path is empty") }
            return try file(NamedFiles.absolute(path))
        }

        /// Opens a log file for appending, which is created readable by its owner only.
        ///
        /// Fails for a path that is a mistake. A pipe without a reader, a full disk and a file system that does not answer are
        /// tried again later.
        static func file(
            _ path: String, by opener: @escaping @Sendable (String) -> Result<Int32, LogProblem> = LogFile.open,
            within seconds: Double = patience
        ) throws -> Place {
            let opening = LogOpening(path, by: opener)
            switch opening.result(within: seconds) {
            case nil: return Place(name: path, path: path, number: -1, opening: opening, opener: opener)
            case .success(let number): return Place(name: path, path: path, number: number, opener: opener)
            case .failure(let problem):
                guard problem.isMistake else { return Place(name: path, path: path, number: -1, opener: opener) }
                throw CommandFailure(.failure, "cannot open the log file \(path): \(problem)")
            }
        }
    }

    init(_ place: Place) {
        name = place.name
        path = place.path
        number = place.number
        opening = place.opening
        opener = place.opener
        let patience = place.path == nil ? -1 : Self.patience
        writing = { FileDescriptor(number: $0).write(&$1, waiting: patience) }
    }

    deinit {
        if path != nil { Self.close(number) }
    }

    /// Closes a file on a thread of its own, since a file system that does not answer holds that up too.
    private static func close(_ number: Int32) {
        guard number >= 0 else { return }
        Thread.detachNewThread { Foundation.close(number) }
    }

    /// Goes on in a log file of the same name, which was opened in its place.
    func goOn(in new: Int32) {
        opening?.abandon()
        opening = nil
        Self.close(number)
        number = new
        // What is cut off stays in the old file.
        isTorn = false
    }

    /// Opens the log file that is not open yet; returns why it cannot be.
    private func openFirst() -> LogProblem? {
        guard number < 0, let path else { return nil }
        let opening = opening ?? LogOpening(path, by: opener)
        self.opening = opening
        switch opening.result(within: Self.openingPatience) {
        case nil: return .silent
        case .success(let new):
            self.opening = nil
            number = new
            return nil
        case .failure(let problem):
            self.opening = nil
            return problem
        }
    }

    /// Whether all lines that were given are written.
    var isDone: Bool { rest.isEmpty }

    /// Writes whole lines, after those that are left from before.
    func write(_ lines: [UInt8]) -> Outcome {
        // Nearly always nothing is left from before, and nothing is copied.
        if rest.isEmpty { rest = lines[...] } else { rest += lines }
        if let problem = openFirst() { return .refused(problem) }
        var bytes = isTorn ? [0x0A] + rest : Array(rest)
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
        if isForGood(problem) { return .gone }
        return .refused(problem == EAGAIN ? .full : .system(problem))
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
    ///
    /// Not so for a log file: a pipe gets another reader, and a path another file.
    private func isForGood(_ problem: Int32) -> Bool {
        guard path == nil else { return false }
        switch problem {
        case EPIPE, EBADF, ECONNRESET: return true
        case EIO:
            var status = stat()
            return fstat(number, &status) != 0 || status.st_mode & S_IFMT == S_IFCHR
        default: return false
        }
    }
}
