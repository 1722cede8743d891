// SPDX-License-Identifier: Apache-2.0

import ControlServer
import ControlSocket
import Foundation
import Testing

struct StopTests {
    /// What a connection may be doing when the server stops, and what it sees.
    ///
    /// Nothing here ends by itself: a server that waited for one of them would wait without end.
    @Test(.timeLimit(.minutes(5))) func everythingEndsPromptly() async throws {
        let asked = Signal()
        let hangs = ControlRoute("GET", "/hangs") { _ in
            asked.send()
            // Even one that does not listen.
            await Task { await Signal().wait() }.value
            return .text("")
        }
        let deaf = ControlRoute.stream("/deaf") {
            asked.send()
            await Task { await Signal().wait() }.value
            return nil
        }
        try await RunningServer.run([hangs, deaf, .silence(asked: asked), .hello]) { running in
            try await withThrowingTaskGroup { group in
                for path in ["/hangs", "/deaf", "/silence"] {
                    group.addTask {
                        try await UnixConnection.open(to: running.path) { connection in
                            try await connection.get(path)
                            _ = try await connection.rest()
                        }
                    }
                    await asked.wait()
                }
                try await UnixConnection.open(to: running.path) { idle in
                    try await idle.get("/hello")
                    try await idle.read(through: "hello")
                    await running.stop()
                    #expect(try await idle.rest() == "")
                    #expect(!FileManager.default.fileExists(atPath: running.path))
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func aStreamEndsAsAWhole() async throws {
        let asked = Signal()
        let end = try await RunningServer.run([.silence(asked: asked)]) { running in
            try await UnixConnection.open(to: running.path) { connection in
                try await connection.get("/silence")
                try await connection.read(through: "\r\n\r\n")
                await asked.wait()
                await running.stop()
                return try await connection.rest()
            }
        }
        #expect(end == "0\r\n\r\n")
    }

    @Test func aReplyThatIsUnderWayIsFinished() async throws {
        let (asked, goOn) = (Signal(), Signal())
        let slow = ControlRoute("GET", "/") { _ in
            asked.send()
            await goOn.wait()
            return .text("done")
        }
        let answer = try await RunningServer.run([slow]) { running in
            try await UnixConnection.open(to: running.path) { connection in
                try await connection.get("/")
                await asked.wait()
                await running.stop()
                goOn.send()
                return try await connection.rest()
            }
        }
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answer.hasSuffix("done"))
    }

    @Test("row 4: the file is removed") func aSocketThatWasRemovedIsMadeAgain() async throws {
        try await RunningServer.run([.hello]) { running in
            let path = running.path
            #expect(running.server.isInPlace)
            try await UnixConnection.open(to: path) { old in
                try FileManager.default.removeItem(atPath: path)
                #expect(!running.server.isInPlace)
                try await running.server.listenAgain(at: path)
                #expect(running.server.isInPlace)
                #expect(try await running.get("/hello").hasSuffix("hello"))
                // Connections from before stay.
                try await old.get("/hello")
                try await old.read(through: "hello")
            }
            try await running.server.listenAgain(at: path + "2")
            #expect(running.path == path + "2")
            #expect(!FileManager.default.fileExists(atPath: path))
            #expect(try await running.get("/hello").hasSuffix("hello"))
            await running.stop()
        }
    }

    @Test func aSocketIsNotMadeAgainOnceTheServerStops() async throws {
        try await RunningServer.run([.hello]) { running in
            let path = running.path
            await running.stop()
            while FileManager.default.fileExists(atPath: path) { try await Task.sleep(for: .milliseconds(1)) }
            try await running.server.listenAgain(at: path)
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func aSecondServerIsRefused() async throws {
        try await RunningServer.run { running in
            let path = running.path
            let error = await #expect(throws: ControlServerError.inUse(path)) {
                try await ControlServer.start(path: path, routes: [])
            }
            #expect(error?.description.contains(path) == true)
            let answer = try await running.get("/hello")
            #expect(answer.hasSuffix("hello"))
        }
    }
}
