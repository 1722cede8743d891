// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// Why events do not reach the place where they are logged.
enum LogProblem: Error, Hashable, Sendable {
    /// The system's error number.
    case system(Int32)
    /// Something that keeps no lines, such as `a folder`.
    case unsuitable(String)
    /// A pipe that nobody has opened for reading.
    case withoutReader
    /// A pipe or a terminal that takes nothing, since nobody reads it.
    case full
    /// The file system does not answer.
    case silent
}

extension LogProblem: CustomStringConvertible {
    /// The reason, after "cannot write events to …: ".
    var description: String {
        switch self {
        case .system(EPIPE): "nobody reads the pipe any more"
        case .system(let number): String(cString: strerror(number))
        case .unsuitable(let what): "it is \(what)"
        case .withoutReader: "it is a pipe that nobody reads"
        case .full: "its reader does not read"
        case .silent: "its file system does not answer"
        }
    }
}

extension LogProblem {
    /// Whether the path is a mistake, rather than a disk or a reader that may come back.
    var isMistake: Bool {
        switch self {
        case .unsuitable: true
        case .system(let number):
            [ENOENT, ENOTDIR, EACCES, EPERM, EROFS, ELOOP, ENAMETOOLONG, EINVAL].contains(number)
        case .withoutReader, .full, .silent: false
        }
    }
}

/// Opens log files.
enum LogFile {
    /// Opens a file for appending, which is created readable by its owner only.
    ///
    /// A pipe without a reader or a terminal is not waited for; a file system that does not answer is.
    static func open(_ path: String) -> Result<Int32, LogProblem> {
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
        let number = Foundation.open(path, flags, 0o600)
        guard number >= 0 else { return .failure(problem(errno, path)) }
        var status = stat()
        // Lines would overwrite what is on the disk.
        guard fstat(number, &status) == 0, status.st_mode & S_IFMT != S_IFBLK else {
            close(number)
            return .failure(.unsuitable("a disk"))
        }
        return .success(number)
    }

    private static func problem(_ number: Int32, _ path: String) -> LogProblem {
        switch number {
        case EISDIR: return .unsuitable("a folder")
        case ENXIO:
            var status = stat()
            guard stat(path, &status) == 0 else { return .system(number) }
            return switch status.st_mode & S_IFMT {
            case S_IFIFO: .withoutReader
            case S_IFSOCK: .unsuitable("a socket")
            default: .unsuitable("a device that is not there")
            }
        default: return .system(number)
        }
    }
}

/// Opens a log file on a thread of its own, since a file system that does not answer holds up whoever opens a file.
final class LogOpening: Sendable {
    private enum State {
        case opening
        case opened(Result<Int32, LogProblem>)
        /// The result was taken, or is not wanted any more.
        case over
    }

    private let state = Mutex(State.opening)
    private let isDone = DispatchSemaphore(value: 0)

    /// Begins; `finished` is called on the thread that opens.
    init(
        _ path: String, by open: @escaping @Sendable (String) -> Result<Int32, LogProblem> = LogFile.open,
        then finished: @escaping @Sendable () -> Void = {}
    ) {
        Thread.detachNewThread {
            self.take(open(path))
            finished()
        }
    }

    deinit { abandon() }

    /// Whether the file is neither open nor refused yet.
    var isPending: Bool {
        state.withLock { if case .opening = $0 { true } else { false } }
    }

    /// The result, once; `nil` if there is none within some seconds.
    ///
    /// The caller closes the descriptor.
    func result(within seconds: Double = 0) -> Result<Int32, LogProblem>? {
        if isPending { _ = isDone.wait(timeout: .now() + seconds) }
        return state.withLock { state in
            guard case .opened(let result) = state else { return nil }
            state = .over
            return result
        }
    }

    /// Closes what is open, now or later.
    func abandon() {
        let former = state.withLock { state in
            defer { state = .over }
            return state
        }
        if case .opened(.success(let number)) = former { close(number) }
    }

    private func take(_ result: Result<Int32, LogProblem>) {
        let isWanted = state.withLock { state in
            guard case .opening = state else { return false }
            state = .opened(result)
            return true
        }
        if !isWanted, case .success(let number) = result { close(number) }
        isDone.signal()
    }
}
