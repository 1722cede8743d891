// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Screen
import Synchronization

/// An open file descriptor, with writes that are never partial.
struct FileDescriptor {
    let number: Int32

    /// Writes all bytes; returns `errno`, or 0.
    func write(_ bytes: [UInt8]) -> Int32 {
        var rest = bytes[...]
        return write(&rest)
    }

    /// Writes bytes and removes those that were written; returns `errno`, or 0 once nothing is left.
    ///
    /// A pipe or terminal that does not block is waited for, for ever or for some milliseconds without a byte; after that the
    /// result is `EAGAIN`.
    func write(_ rest: inout ArraySlice<UInt8>, waiting patience: Int32 = -1) -> Int32 {
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(number, $0.baseAddress, $0.count) }
            if written >= 0 {
                rest = rest.dropFirst(written)
            } else if errno == EAGAIN {
                var room = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
                let ready = poll(&room, 1, patience)
                if ready == 0 { return EAGAIN }
                guard ready > 0 || errno == EINTR else { return errno }
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }
}

/// Descriptors 0 to 2, which the program takes for stdin, stdout and stderr.
enum StandardDescriptors {
    /// Opens `/dev/null` in place of those that are closed, before another file or socket gets their number.
    static func reserve() {
        for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) == -1 && errno == EBADF {
            // The lowest free number is given, and those below are taken. The wrong way round, so that a command whose
            // output goes nowhere fails.
            _ = open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}

/// Data for programs; messages for people go to stderr.
enum StandardOutput {
    /// The `errno` of the first write that failed, 0 if none has: the command then fails at its end.
    private static let failure = Atomic<Int32>(0)

    /// Writes a line of text unbuffered, so that it precedes later messages on stderr if both go to one place.
    ///
    /// What a terminal would obey is replaced, since texts of rules files and callers are in it.
    static func say(_ text: String) {
        emit(Array((CleanText.lines(text) + "\n").utf8))
    }

    /// Writes a document for programs, and a line break.
    static func document(_ text: String) {
        emit(Array((text + "\n").utf8))
    }

    /// Writes all bytes; after a failure, nothing more, since a reader that missed a part can do nothing with the rest.
    static func emit(_ bytes: [UInt8]) {
        guard !isBroken else { return }
        let error = FileDescriptor(number: STDOUT_FILENO).write(bytes)
        if error != 0 { failure.store(error, ordering: .releasing) }
    }

    /// Writes all bytes, or returns `false` if the reader is gone; for a server, which then goes on.
    static func write(_ bytes: [UInt8]) -> Bool {
        FileDescriptor(number: STDOUT_FILENO).write(bytes) == 0
    }

    /// Whether a write has failed.
    static var isBroken: Bool { failure.load(ordering: .acquiring) != 0 }

    /// Why not all of the output was written; `nil` if it was, or if its reader wants no more, as `head` does.
    static var problem: String? {
        let error = failure.load(ordering: .acquiring)
        return error == 0 || error == EPIPE ? nil : "cannot write to stdout: \(String(cString: strerror(error)))"
    }
}

/// Messages for people; data goes to stdout.
enum StandardError {
    private static let background = Mutex<BackgroundWriter?>(nil)

    /// Writes a line; errors are ignored, since the terminal may be gone when the program stops.
    ///
    /// What a terminal would obey is replaced.
    static func say(_ text: String) {
        let bytes = Array((CleanText.lines(text) + "\n").utf8)
        if let writer = background.withLock({ $0 }) { return writer.add(bytes) }
        _ = FileDescriptor(number: STDERR_FILENO).write(bytes)
    }

    /// Has a thread write from now on, so that nothing waits for a stderr that nobody reads.
    static func writeInBackground() {
        background.withLock { writer in
            guard writer == nil else { return }
            writer = BackgroundWriter(to: FileDescriptor(number: STDERR_FILENO))
        }
    }

    /// Waits until all is written, at most for some seconds.
    static func flush(within seconds: Double) {
        background.withLock { $0 }?.flush(within: seconds)
    }
}

/// Writes lines on a thread of its own; lines beyond its limit are counted and left out.
final class BackgroundWriter: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        /// Whether the thread is writing what it took.
        var isWriting = false
        var omitted = 0
    }

    /// The most bytes that wait.
    static let mostBytes = 256 << 10

    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)

    init(to descriptor: FileDescriptor) {
        let thread = Thread { [self] in
            while true {
                wake.wait()
                write(to: descriptor)
            }
        }
        thread.start()
    }

    /// Adds a line; never waits.
    func add(_ line: [UInt8]) {
        state.withLock { state in
            guard state.waiting.count + line.count <= Self.mostBytes else { return state.omitted += 1 }
            if state.omitted > 0 {
                state.waiting += Array("\(state.omitted) messages were left out, since nobody read stderr.\n".utf8)
                state.omitted = 0
            }
            state.waiting += line
        }
        wake.signal()
    }

    private func write(to descriptor: FileDescriptor) {
        let bytes = state.withLock { state in
            state.isWriting = true
            defer { state.waiting = [] }
            return state.waiting
        }
        _ = descriptor.write(bytes)
        state.withLock { $0.isWriting = false }
    }

    private var isDone: Bool { state.withLock { $0.waiting.isEmpty && !$0.isWriting } }

    /// Waits until all is written, at most for some seconds.
    func flush(within seconds: Double) {
        let end = ContinuousClock.now + .seconds(seconds)
        while !isDone, ContinuousClock.now < end { Thread.sleep(forTimeInterval: 0.002) }
    }
}
