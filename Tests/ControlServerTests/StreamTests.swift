// SPDX-License-Identifier: Apache-2.0

import ControlServer
import Synchronization
import Testing

struct StreamTests {
    @Test func piecesComeAsTheyAreThere() async throws {
        let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
        let feed = Feed(pieces)
        try await RunningServer.run([.stream { await feed.next() }]) { running in
            try await UnixConnection.open(to: running.path) { connection in
                try await connection.get("/stream")
                let head = try await connection.read(through: "\r\n\r\n")
                #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(head.contains("application/jsonl\r\n"))
                for line in ["{\"a\":1}\n", "{\"b\":2}\n"] {
                    continuation.yield(Array(line.utf8))
                    #expect(try await connection.read(through: line).hasSuffix(line))
                }
                continuation.finish()
                #expect(try await connection.read(through: "0\r\n\r\n") == "\r\n0\r\n\r\n")
                // The connection goes on.
                try await connection.get("/none")
                #expect(try await connection.read(through: "\r\n").hasPrefix("HTTP/1.1 404"))
            }
        }
    }

    @Test func aClientThatGoesAwayEndsItsStream() async throws {
        let (asked, cancelled) = (Signal(), Signal())
        try await RunningServer.run([.silence(asked: asked, cancelled: cancelled)]) { running in
            try await UnixConnection.open(to: running.path) { connection in
                try await connection.get("/silence")
                await asked.wait()
                try await connection.close()
            }
            await cancelled.wait()
        }
    }

    @Test func aClientThatHasOnlyHungUpItsSideKeepsItsStream() async throws {
        let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
        let feed = Feed(pieces)
        try await RunningServer.run([.stream { await feed.next() }]) { running in
            try await UnixConnection.open(to: running.path) { connection in
                try await connection.get("/stream")
                connection.hangUp()
                try await connection.read(through: "\r\n\r\n")
                continuation.yield(Array("late".utf8))
                continuation.finish()
                #expect(try await connection.rest() == "4\r\nlate\r\n0\r\n\r\n")
            }
        }
    }

    @Test func aSlowReaderIsAskedForLittleAndHoldsUpNobody() async throws {
        let given = Mutex(0)
        let first = Signal()
        let endless = ControlRoute.stream {
            given.withLock { $0 += 1 }
            first.send()
            return Array(repeating: UInt8(ascii: "x"), count: 64 << 10)
        }
        try await RunningServer.run([endless, .hello]) { running in
            try await StalledClient.open(to: running.path) {
                await first.wait()
                for _ in 0..<100 {
                    let answer = try await running.get("/hello")
                    #expect(answer.hasSuffix("hello"))
                }
                // What the kernel holds for a connection, and a few on the way; without bounds it would be thousands.
                #expect(given.withLock { $0 } < 16)
            }
        }
    }

    @Test func aSilentStreamOutlivesTheIdleTimeout() async throws {
        let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
        let feed = Feed(pieces)
        let limits = ControlLimits.patient(idle: .milliseconds(500))
        try await RunningServer.run([.stream { await feed.next() }], limits: limits) { running in
            try await UnixConnection.open(to: running.path, saying: .get("/stream")) { connection in
                try await connection.read(through: "\r\n\r\n")
                // Two others come and are idle for their whole time, one after the other.
                for _ in 0..<2 {
                    let nothing = try await UnixConnection.open(to: running.path) { try await $0.rest() }
                    #expect(nothing == "")
                }
                continuation.yield(Array("still here".utf8))
                #expect(try await connection.read(through: "still here").hasSuffix("still here"))
            }
        }
    }
}
