// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TestSupport
import Testing
import WebhookServer

/// Who is cut off, who is waited for, and how the server ends.
@Suite(.timeLimit(.minutes(5))) struct ConnectionEndTests {
    private static let health = Wire.request("GET /healthz HTTP/1.1")
    private static let healthy = Wire.response("200 OK", #"{"status":"ok"}"#)
    private static let tooSlow = Wire.refusal("408 Request Timeout", "the request came too slowly", Wire.close)

    @Test(arguments: [
        "P", "POST /webhook HTTP/1.1\r\nHost: ", Wire.request("POST /webhook HTTP/1.1", ["Content-Length: 10"]) + "{",
        Wire.request("POST /other HTTP/1.1", ["Content-Length: 10"]) + "{",
    ])
    func aSlowRequestIsTurnedAway(_ half: String) async throws {
        let limits = ServerLimits(body: 1024, request: .milliseconds(60), idle: .seconds(30))
        try await ListeningServer.run(limits: limits) { server in
            #expect(try await server.answer(to: [half]) == Self.tooSlow)
            let second = try await RawConnection.open(to: server.server.address) { connection in
                try await connection.send(Self.health)
                #expect(try await connection.read(through: "}") == Self.healthy)
                try await connection.send(half)
                return try await connection.rest()
            }
            #expect(second == Self.tooSlow, "nor does it help to come second")
            #expect(server.refused == ["too_slow": 2])
        }
    }

    @Test(arguments: [
        Row("half a body", health, Wire.request("POST /webhook HTTP/1.1", ["Content-Length: 10"]) + "{"),
        Row("half a head", health, "POST /webhook HTTP/1.1\r\nHost: x\r\n"),
        Row("a letter", health, "P"),
        Row("an empty line before it", health, "\r\nPOST /web"),
        Row("behind a body", Wire.request(body: Wire.call()), "POST /webhook HTTP/1.1\r\nHo"),
        Row("behind chunks", chunked, "P"),
        Row("behind a trailer", chunked.dropLast(1) + "A: b\r\n\r\n", "P"),
        Row("behind two", health + chunked, "POST"),
    ])
    func aSlowRequestThatBeganInTheReadOfAnotherIsTurnedAway(_ row: Row<String, String>) async throws {
        let limits = ServerLimits(body: 1024, request: .milliseconds(60), idle: .seconds(30))
        try await ListeningServer.run(limits: limits) { server in
            let received = try await server.answer(to: [row.input + row.expected])
            #expect(received.hasSuffix(Self.tooSlow))
            #expect(server.refused == ["too_slow": 1])
        }
    }

    private static let chunked =
        Wire.request("POST /webhook HTTP/1.1", ["Transfer-Encoding: chunked"])
        + "\(String(Wire.call().utf8.count, radix: 16))\r\n\(Wire.call())\r\n0\r\n\r\n"

    @Test(arguments: [
        Row("break 9: half-closed in mid-body", String(Wire.request(body: "{}").dropLast()), true),
        Row("in the head", "POST /webhook HTTP/1.1\r\nHo", true),
        Row("of a request that is refused", String(Wire.request("PUT /x HTTP/1.1", body: "{}").dropLast()), true),
        Row("before anything", "", false),
    ])
    func whoHangsUpInARequestLearnsThatItIsIncomplete(_ row: Row<String, Bool>) async throws {
        try await ListeningServer.run { server in
            let received = try await server.answer(to: row.input.isEmpty ? [] : [row.input], thenHangUp: true)
            let refusal = Wire.refusal("400 Bad Request", "the request is incomplete", Wire.close)
            #expect(received == (row.expected ? refusal : ""))
            #expect(server.refused == (row.expected ? ["incomplete": 1] : [:]))
        }
    }

    @Test(arguments: ["POST /webh", String(Wire.request(body: "{}").dropLast())])
    func anIncompleteRequestBehindAnotherIsRefusedInOnePieceAndInTwo(_ half: String) async throws {
        let whole = Wire.request(body: Wire.call())
        for pieces in [[whole + half], [whole, half]] {
            try await ListeningServer.run { server in
                let received = try await server.answer(to: pieces, thenHangUp: true)
                #expect(
                    received == Wire.greeted + Wire.refusal("400 Bad Request", "the request is incomplete", Wire.close))
                #expect(server.refused == ["incomplete": 1])
            }
        }
    }

    @Test(arguments: [
        ([Wire.request(body: Wire.call())], Wire.greeted),
        ([health], healthy),
        ([health + Wire.request(body: Wire.call())], healthy + Wire.greeted),
        (
            [
                String(Wire.request(body: Wire.call()).prefix(30)),
                String(Wire.request(body: Wire.call()).dropFirst(30)),
            ], Wire.greeted
        ),
    ])
    func whoSendsNothingMoreStillGetsTheReply(_ pieces: [String], _ reply: String) async throws {
        try await ListeningServer.run { server in
            let received = try await server.answer(to: pieces, thenHangUp: true)
            #expect(received == reply)
        }
    }

    @Test func manyConnectionsAreAnsweredInOneTurnEachItsOwn() async throws {
        try await ListeningServer.run { server in
            let replies = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<50 {
                    group.addTask { try await server.answer(to: [Wire.request(body: Wire.call())], thenHangUp: true) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(replies == Array(repeating: Wire.greeted, count: 50))
        }
    }

    @Test func aSilentConnectionIsClosedWithoutAWord() async throws {
        // Long enough for a busy machine to send a request before the connection counts as silent.
        let limits = ServerLimits(body: 1024, request: .seconds(30), idle: .seconds(3))
        try await ListeningServer.run(limits: limits) { server in
            let words = try await (server.answer(to: []), server.answer(to: [Self.health]))
            #expect(words == ("", Self.healthy))
            #expect(server.refused == [:])
        }
    }

    @Test func bytesAfterTheLastRequestAreNotAnswered() async throws {
        try await ListeningServer.run { server in
            let received = try await server.answer(to: [
                Wire.request("POST /webhook HTTP/1.1", Wire.last, body: Wire.call("a"))
                    + Wire.request(body: Wire.call("b")) + Wire.request(body: Wire.call("c"))
            ])
            #expect(received == Wire.lastGreeted)
            #expect(server.calls == 1)
        }
    }

    @Test func oneMoreConnectionThanMayBeTakesTheOldestPlace() async throws {
        // Every event loop has one place.
        try await ListeningServer.run(limits: ServerLimits(body: 1024, connections: 1)) { server in
            try await RawConnection.open(to: server.server.address) { silent in
                for _ in 0..<64 {
                    let request = Wire.request("POST /webhook HTTP/1.1", Wire.last, body: Wire.call())
                    try await RawConnection.open(to: server.server.address) { other in
                        try await other.send(request)
                        #expect(try await other.read(through: "}}") == Wire.lastGreeted)
                    }
                }
                #expect(try await silent.rest() == "")
            }
        }
    }

    @Test func aSlowClientDelaysNobody() async throws {
        try await ListeningServer.run { server in
            try await RawConnection.open(to: server.server.address) { slow in
                try await slow.send("POST /webhook HTTP/1.1\r\nContent-Le")
                let request = Wire.request("POST /webhook HTTP/1.1", Wire.last, body: Wire.call())
                #expect(try await server.answer(to: [request]) == Wire.lastGreeted)
                slow.hangUp()
            }
        }
    }

    @Test func aStopClosesSilentConnectionsAndFinishesTheOthers() async throws {
        let limits = ServerLimits(body: 1024, lameDuck: .milliseconds(50))
        try await ListeningServer.run(limits: limits) { server in
            let request = Wire.request(body: Wire.call())
            try await RawConnection.open(to: server.server.address) { busy in
                try await RawConnection.open(to: server.server.address) { silent in
                    // The health report shows that the server has read the bytes after that request.
                    try await busy.send(Self.health + request.dropLast(5))
                    try await silent.send(Self.health)
                    #expect(try await busy.read(through: "}") == Self.healthy)
                    #expect(try await silent.read(through: "}") == Self.healthy)
                    await server.stop()
                    #expect(try await silent.rest() == "")
                    try await busy.send(String(request.suffix(5)))
                    let answer = try await busy.rest()
                    // The word of the stop may reach its event loop after the last bytes do.
                    #expect([Wire.lastGreeted, Wire.greeted].contains(answer))
                }
            }
        }
    }

    @Test func aRequestAfterTheStopIsAnsweredAndIsTheLastOfItsConnection() async throws {
        // Longer than the test: what is answered does not wait for it.
        let limits = ServerLimits(body: 1024, lameDuck: .seconds(30))
        try await ListeningServer.run(limits: limits) { server in
            func open(_ count: Int, _ use: ([String]) async throws -> Void) async throws {
                guard count > 0 else { return try await use([]) }
                try await RawConnection.open(to: server.server.address) { connection in
                    try await connection.send(Self.health)
                    #expect(try await connection.read(through: "}") == Self.healthy)
                    try await open(count - 1) { others in
                        if others.isEmpty { await server.stop() }
                        // The word of the stop may reach its event loop after these bytes do.
                        var reply = Wire.greeted
                        while reply == Wire.greeted {
                            try await connection.send(Wire.request(body: Wire.call()))
                            reply = try await connection.read(through: "}}")
                        }
                        #expect(reply == Wire.lastGreeted, "break 6")
                        #expect(try await connection.rest() == "")
                        try await use(others + [reply])
                    }
                }
            }
            try await open(3) { #expect($0.count == 3) }
        }
    }

    @Test func aServerThatStopsIsNoLongerHealthy() async throws {
        let limits = ServerLimits(body: 1024, lameDuck: .seconds(30))
        try await ListeningServer.run(limits: limits) { server in
            try await RawConnection.open(to: server.server.address) { connection in
                // A connection that is not accepted yet would end with the listener.
                try await connection.send(Self.health)
                #expect(try await connection.read(through: "}") == Self.healthy)
                await server.stop()
                var reply = Self.healthy
                while reply == Self.healthy {
                    try await connection.send(Self.health)
                    reply = try await connection.read(through: "}")
                }
                #expect(reply == Wire.refusal("503 Service Unavailable", "the server is stopping", Wire.close))
                #expect(server.refused == [:])
            }
        }
    }

    @Test func aTakenAddressIsSaidSo() async throws {
        try await ListeningServer.run { first in
            do {
                try await ListeningServer.run(on: first.server.address) { _ in }
                Issue.record("two servers listen on one address")
            } catch let error as WebhookServerError {
                #expect(error == .addressTaken(first.server.address))
            }
        }
    }

    @Test(arguments: [
        (ServerAddress(host: "127.0.0.1", port: 80), "127.0.0.1:80"),
        (ServerAddress(host: "::1", port: 80), "[::1]:80"),
    ])
    func anAddressIsWrittenAsInAURL(_ address: ServerAddress, text: String) {
        #expect(address.description == text)
        #expect("\(WebhookServerError.addressTaken(address))".hasPrefix(text + " "))
    }
}
