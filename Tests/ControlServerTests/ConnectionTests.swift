// SPDX-License-Identifier: Apache-2.0

import ControlServer
import Testing

struct ConnectionTests {
    @Test(arguments: [
        "G", "GET /hello HTTP/1.1\r\nHost: he", "POST /hello HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf",
        "\r\n",
    ])
    func halfARequestEndsInTime(_ half: String) async throws {
        let limits = ControlLimits.patient(request: .milliseconds(50))
        let routes = [ControlRoute.hello, .echo("POST", "/hello")]
        let answer = try await RunningServer.run(routes, limits: limits) { try await $0.answer(to: half) }
        #expect(answer.contains("HTTP/1.1 408 Request Timeout\r\n"))
        #expect(answer.contains("{\"error\":{\"code\":\"too_slow\",\"message\":\""))
    }

    @Test func aRequestThatDripsEndsInTimeToo() async throws {
        let limits = ControlLimits.patient(request: .milliseconds(100))
        try await RunningServer.run(limits: limits) { running in
            try await UnixConnection.open(to: running.path) { connection in
                try await connection.send("GET /hello HTTP/1.1\r\n")
                let send = connection.sender
                // A drop falls whenever another client has been served, until the server has had enough.
                let drips = Task {
                    while !Task.isCancelled {
                        _ = try await running.get("/hello")
                        try await send("X: y\r\n")
                    }
                }
                #expect(try await connection.rest().hasPrefix("HTTP/1.1 408 "))
                drips.cancel()
            }
        }
    }

    @Test func anIdleConnectionIsClosedWithoutAWord() async throws {
        try await RunningServer.run(limits: .patient(idle: .milliseconds(500))) { running in
            try await UnixConnection.open(to: running.path, saying: .get("/hello")) { connection in
                let answer = try await connection.read(through: "hello")
                #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
                let rest = try await connection.rest()
                #expect(rest == "")
            }
        }
    }

    @Test func oneTooManyClosesTheOldestIdleOne() async throws {
        try await RunningServer.run(limits: .patient(connections: 2)) { running in
            try await UnixConnection.open(to: running.path) { first in
                try await first.get("/hello")
                try await first.read(through: "hello")
                try await UnixConnection.open(to: running.path) { second in
                    try await second.get("/hello")
                    try await second.read(through: "hello")
                    #expect(try await running.get("/hello").hasSuffix("hello"))
                    #expect(try await first.rest() == "")
                    try await second.get("/hello")
                    #expect(try await second.read(through: "hello").hasPrefix("HTTP/1.1 200 OK\r\n"))
                }
            }
        }
    }

    @Test func manyIdleConnectionsHoldUpNobody() async throws {
        try await RunningServer.run(limits: .patient(connections: 32)) { running in
            try await withThrowingTaskGroup { group in
                for _ in 0..<300 {
                    group.addTask { _ = try await UnixConnection.open(to: running.path) { try await $0.rest() } }
                }
                for _ in 0..<268 { try await group.next() }
                #expect(try await running.get("/hello").hasSuffix("hello"))
                await running.stop()
                try await group.waitForAll()
            }
        }
    }

    @Test func oneTooManyIsTurnedAwayWhenAllAreBusy() async throws {
        let asked = Signal()
        try await RunningServer.run([.silence(asked: asked), .hello], limits: .patient(connections: 1)) {
            running in
            try await UnixConnection.open(to: running.path) { busy in
                try await busy.get("/silence")
                await asked.wait()
                let answer = try await running.get("/hello")
                #expect(answer.hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
                #expect(answer.contains("\r\n\r\n{\"error\":{\"code\":\"busy\",\"message\":\""))
            }
        }
    }
}
