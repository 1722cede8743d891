// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import SwitchboardCommands

/// What a log file may be other than a file: nothing of it holds up a start, a call or a new log file.
@Suite(.timeLimit(.minutes(5))) struct LogFileTests {
    private func lines(_ texts: String...) -> [UInt8] { texts.flatMap { Array(($0 + "\n").utf8) } }

    static let places: [Row<String, LogProblem?>] = [
        Row("a file", "file", nil),
        Row("finding 8: a pipe without a reader", "pipe", .withoutReader),
        Row("a folder", "folder", .unsuitable("a folder")),
        Row("a socket", "socket", .unsuitable("a socket")),
        Row("a folder that is missing", "none/file", .system(ENOENT)),
        Row("a device that takes all", "/dev/null", nil),
        Row("a device that is always full", "/dev/full", nil),
    ]

    @Test(arguments: places) func whatCannotBeWrittenIsNamedAtOnce(_ row: Row<String, LogProblem?>) throws {
        try TemporaryFolder.with { folder in
            try folder.makeFolder("folder")
            #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
            let socket = try UnixSocket(at: folder.path("socket"))
            defer { socket.end() }
            let path = row.input.hasPrefix("/") ? row.input : folder.path(row.input)
            switch LogFile.open(path) {
            case .success(let number):
                #expect(row.expected == nil)
                close(number)
            case .failure(let problem): #expect(problem == row.expected)
            }
            // A start fails only for a path that is a mistake.
            let isMistake = row.expected?.isMistake ?? false
            #expect(isMistake == ((try? EventSink.Place.file(path)) == nil))
        }
    }

    @Test("finding 8: a reader that comes later") func aPipeIsWrittenOnceSomebodyReadsIt() throws {
        try TemporaryFolder.with { folder in
            #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
            let sink = EventSink(try .file(folder.path("pipe")))
            #expect(sink.write(lines("one")) == .refused(.withoutReader))
            let reader = open(folder.path("pipe"), O_RDONLY | O_NONBLOCK)
            defer { close(reader) }
            #expect(sink.write([]) == .done)
            var bytes = [UInt8](repeating: 0, count: 100)
            let count = read(reader, &bytes, bytes.count)
            #expect(Array(bytes.prefix(max(0, count))) == lines("one"))
        }
    }

    @Test func aPipeThatNobodyEmptiesIsFull() throws {
        try TemporaryFolder.with { folder in
            #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
            let reader = open(folder.path("pipe"), O_RDONLY | O_NONBLOCK)
            defer { close(reader) }
            let sink = EventSink(try .file(folder.path("pipe")))
            #expect(sink.write([UInt8](repeating: 0x78, count: 1 << 20) + [0x0A]) == .refused(.full))
        }
    }

    @Test func aLogFileWhoseReaderLeftIsNotGoneForGood() throws {
        signal(SIGPIPE, SIG_IGN)
        try TemporaryFolder.with { folder in
            #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
            let reader = open(folder.path("pipe"), O_RDONLY | O_NONBLOCK)
            let sink = EventSink(try .file(folder.path("pipe")))
            #expect(sink.write(lines("one")) == .done)
            close(reader)
            #expect(sink.write(lines("two")) == .refused(.system(EPIPE)))
            sink.goOn(in: try LogFile.open(folder.path("log")).get())
            #expect(sink.write([]) == .done)
            #expect(try folder.read("log") == "two\n")
        }
    }

    @Test("a disk that does not answer at the start") func aStartDoesNotWaitForADiskThatDoesNotAnswer() throws {
        try TemporaryFolder.with { folder in
            let disk = StuckDisk()
            let place = try EventSink.Place.file(folder.path("log"), by: disk.open, within: 0.01)
            #expect(place.number < 0)
            disk.answer()
            let sink = EventSink(place)
            #expect(sink.write(lines("one")) == .done)
            #expect(try folder.read("log") == "one\n")
        }
    }

    @Test(
        "finding 10: a pipe, a folder or a stuck disk in place of the log, and a later signal that mends it",
        arguments: [
            "pipe", "folder", "disk",
        ])
    func eventsGoToTheOldFileUntilALaterSignalMendsIt(_ obstacle: String) async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path("log")
            let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 20))
            let disk = StuckDisk()
            let isStuck = Atomic(false)
            var place = try EventSink.Place.file(path)
            place.opener = { path in isStuck.load(ordering: .acquiring) ? disk.open(path) : LogFile.open(path) }
            let said = Mutex<[String]>([])
            let printer = EventPrinter(
                log: log, firstLine: [], to: place, waitingForDisk: .seconds(obstacle == "disk" ? 2 : 60),
                show: { message in said.withLock { $0.append(message.title) } })
            let running = Task { try await printer.run() }
            func write(_ words: String, to name: String) async throws {
                log.record(DeskEvent(at: .sample, words: words))
                try await until { try folder.read(name).contains(words) }
            }
            try await write("first", to: "log")
            #expect(rename(path, path + ".1") == 0)
            switch obstacle {
            case "pipe": #expect(mkfifo(path, 0o600) == 0)
            case "folder": try folder.makeFolder("log")
            default: isStuck.store(true, ordering: .releasing)
            }
            printer.reopen()
            try await until { said.withLock { !$0.isEmpty } }
            try await write("second", to: "log.1")
            _ = obstacle == "folder" ? rmdir(path) : unlink(path)
            isStuck.store(false, ordering: .releasing)
            printer.reopen()
            try await until { FileManager.default.fileExists(atPath: path) }
            try await write("third", to: "log")
            // An opening that is not wanted any more changes nothing.
            disk.answer()
            try await write("fourth", to: "log")
            running.cancel()
            _ = try? await running.value
        }
    }

    @Test("a log file that hangs in a write is given up") func aNewLogFileDoesNotWaitForTheOldOne() async throws {
        try await TemporaryFolder.with { folder in
            let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 20))
            signal(SIGPIPE, SIG_IGN)
            // A blocking pipe that nobody empties hangs a write as a dead disk does.
            var ends: [Int32] = [0, 0]
            #expect(pipe(&ends) == 0)
            let place = EventSink.Place(name: "log", path: folder.path("log"), number: ends[1])
            let output = EventOutput(ticks: { 0 })
            let printer = EventPrinter(
                log: log, firstLine: [], to: place, waitingForDisk: .milliseconds(20), output: output, show: { _ in })
            let running = Task { try await printer.run() }
            log.record(DeskEvent(at: .sample, words: String(repeating: "x", count: 200_000)))
            try await until { log.events(after: 0, atMost: 1).events.isEmpty == false }
            printer.reopen()
            try await until { FileManager.default.fileExists(atPath: folder.path("log")) }
            log.record(DeskEvent(at: .sample, words: "second"))
            try await until { try folder.read("log").contains("second") }
            close(ends[0])
            running.cancel()
            _ = try? await running.value
        }
    }

    /// The thread rests between two looks at the log, and sleeps when it saw nothing; an event may come at any moment of that.
    @Test func everyEventIsPrintedWheneverItComes() async throws {
        try await TemporaryFolder.with { folder in
            let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 20))
            let printer = EventPrinter(log: log, firstLine: [], to: try .file(folder.path("log")), show: { _ in })
            let running = Task { try await printer.run() }
            func printed() throws -> [Substring] { try folder.read("log").split(separator: "\n") }
            // Bursts, and single events right after everything before was printed.
            var count = 0
            for size in [1, 1, 2, 700, 1, 1, 300, 1, 1, 1, 1, 50, 1] {
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<size {
                        group.addTask { log.record(DeskEvent(at: .sample, words: "one of \(size)")) }
                    }
                }
                count += size
                let wanted = count
                try await until { try printed().count == wanted }
            }
            #expect(try printed().allSatisfy { $0.hasPrefix(#"{"event":"desk","#) && $0.hasSuffix("}") })
            running.cancel()
            _ = try? await running.value
            #expect(try printed().count == count)
        }
    }

    @Test("finding 12: what is wrong with the event log is a warning until it is mended")
    func theStatusWarnsWhileEventsAreNotLogged() {
        let now = Atomic<UInt64>(0)
        let changes = Atomic(0)
        let output = EventOutput(
            ticks: { now.load(ordering: .relaxed) }, changed: { changes.add(1, ordering: .relaxed) })
        output.beginWrite(to: "log")
        #expect(output.warning == nil)
        now.store(6_000_000_000, ordering: .relaxed)
        #expect(output.warning?.contains("log") == true)
        output.endWrite()
        #expect(output.warning == nil)
        for problem in ["full", "full", nil] as [String?] {
            output.note(problem)
            #expect(output.warning == problem)
        }
        #expect(changes.load(ordering: .relaxed) == 2)
    }

    private func until(_ isTrue: () throws -> Bool) async throws {
        while !((try? isTrue()) ?? false) { try await Task.sleep(for: .milliseconds(5)) }
    }
}

/// A disk on which opening a file waits.
private final class StuckDisk: Sendable {
    private let gate = DispatchSemaphore(value: 0)

    @Sendable func open(_ path: String) -> Result<Int32, LogProblem> {
        gate.wait()
        gate.signal()
        return LogFile.open(path)
    }

    func answer() { gate.signal() }
}

/// A socket that listens, for what is not a file.
private struct UnixSocket {
    private let number: Int32

    init(at path: String) throws {
        number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(result == 0)
    }

    func end() { close(number) }
}
