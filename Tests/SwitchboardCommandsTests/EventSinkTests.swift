// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import TestSupport
import Testing

@testable import SwitchboardCommands

@Suite(.timeLimit(.minutes(5))) struct EventSinkTests {
    private func lines(_ texts: String...) -> [UInt8] { texts.flatMap { Array(($0 + "\n").utf8) } }

    @Test("row 22: a log that was renamed is opened again") func aRenamedLogIsOpenedAgain() throws {
        try TemporaryFolder.with { folder in
            let sink = EventSink(try .file(folder.path("log")))
            #expect(sink.write(lines("one")) == .done)
            #expect(rename(folder.path("log"), folder.path("log.1")) == 0)
            #expect(sink.write(lines("two")) == .done)
            sink.goOn(in: try LogFile.open(folder.path("log")).get())
            #expect(sink.write(lines("three")) == .done)
            #expect(try folder.read("log.1") == "one\ntwo\n")
            #expect(try folder.read("log") == "three\n")
        }
    }

    @Test("row 22: copytruncate") func aLogThatWasCutGoesOnAtItsBeginning() throws {
        try TemporaryFolder.with { folder in
            let sink = EventSink(try .file(folder.path("log")))
            #expect(sink.write(lines("one")) == .done)
            #expect(truncate(folder.path("log"), 0) == 0)
            #expect(sink.write(lines("two")) == .done)
            #expect(try folder.read("log") == "two\n")
        }
    }

    @Test func aLogThatCannotBeOpenedAgainIsKept() throws {
        try TemporaryFolder.with { folder in
            try folder.makeFolder("logs")
            let sink = EventSink(try .file(folder.path("logs/log")))
            #expect(rename(folder.path("logs"), folder.path("old")) == 0)
            #expect(throws: LogProblem.system(ENOENT)) { try LogFile.open(folder.path("logs/log")).get() }
            #expect(sink.write(lines("one")) == .done)
            #expect(try folder.read("old/log") == "one\n")
        }
    }

    @Test("row 15: a full disk tears no line for good", arguments: 0...300)
    func aFullDiskTearsNoLineForGood(_ room: Int) {
        let disk = Disk(room: room)
        let sink = EventSink(name: "log", path: nil, number: 1) { disk.write(&$1) }
        let line = String(repeating: "x", count: 99)
        let isFull = sink.write(lines(line, line, line)) == .refused(.system(ENOSPC))
        #expect(isFull == (room < 300))
        if isFull {
            #expect(sink.write(lines("four")) == .refused(.system(ENOSPC)))
        } else {
            _ = sink.write(lines("four"))
        }
        disk.room = .max
        #expect(sink.write(lines("five")) == .done)
        let written = disk.bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        let torn = written.filter { ![line, "four", "five"].contains($0) }
        #expect(written.filter { !torn.contains($0) } == [line, line, line, "four", "five"])
        #expect(torn.count <= 1)
        #expect(torn.allSatisfy(line.hasPrefix))
    }

    /// A disk with little room.
    private final class Disk {
        var room: Int
        var bytes: [UInt8] = []

        init(room: Int) {
            self.room = room
        }

        func write(_ rest: inout ArraySlice<UInt8>) -> Int32 {
            let count = min(rest.count, room - min(room, bytes.count))
            bytes += rest.prefix(count)
            rest = rest.dropFirst(count)
            return rest.isEmpty ? 0 : ENOSPC
        }
    }

    @Test("row 14: a pipe that does not block is waited for") func aPipeThatDoesNotBlockIsWaitedFor() async throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        #expect(fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0)
        let (reading, writing) = (ends[0], ends[1])
        let count = 200_000
        let wrote = Task.detached { FileDescriptor(number: writing).write([UInt8](repeating: 0x78, count: count)) }
        var arrived = 0
        var piece = [UInt8](repeating: 0, count: 4096)
        while arrived < count { arrived += max(0, read(reading, &piece, piece.count)) }
        #expect(await wrote.value == 0)
        close(writing)
        close(reading)
    }

    @Test func aReaderThatLeftStdoutIsForGood() throws {
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let sink = EventSink(.init(name: "stdout", path: nil, number: ends[1]))
        #expect(sink.write(lines("one")) == .done)
        close(ends[0])
        #expect(sink.write(lines("two")) == .gone)
        close(ends[1])
    }

    @Test("break 5: a stderr that nobody reads holds nothing up") func nobodyWaitsForStderr() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let writer = BackgroundWriter(to: FileDescriptor(number: ends[1]))
        let line = [UInt8](repeating: 0x78, count: 1000)
        let since = ContinuousClock.now
        for _ in 0..<1000 { writer.add(line) }
        writer.flush(within: 0.05)
        // Waiting for the reader would never end.
        #expect(ContinuousClock.now - since < .seconds(60))
    }
}
