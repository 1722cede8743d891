// SPDX-License-Identifier: Apache-2.0

import ControlServer
import Glibc
import Testing

struct RequestTests {
    @Test(arguments: [
        ("GET /v1/calls/a%2Fb%20c", ["GET", "/v1/calls/a%2Fb%20c", "id=a/b c", ""]),
        ("GET /v1/calls/7?b=1&a=%2B49+30&b=&c", ["GET", "/v1/calls/7", "id=7", "b=1", "a=+49 30", "b=", "c=", ""]),
        ("GET /v1/calls/7?a=100%&%zz=%e2%82%ac&=x", ["GET", "/v1/calls/7", "id=7", "a=100%", "%zz=€", "=x", ""]),
        ("DELETE /v1/calls/7?", ["DELETE", "/v1/calls/7", "id=7", ""]),
    ])
    func carriesWhatWasAsked(_ line: String, _ expected: [String]) async throws {
        let routes = [ControlRoute.echo("GET", "/v1/calls/{id}"), .echo("DELETE", "/v1/calls/{id}"), .hello]
        let answer = try await RunningServer.run(routes) { running in
            try await running.answer(to: "\(line) HTTP/1.1\r\nConnection: close\r\n\r\n")
        }
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answer.contains("text/plain; charset=utf-8\r\n"))
        #expect(answer.hasSuffix("\r\n\r\n" + expected.joined(separator: "\n")))
    }

    @Test(arguments: [
        "Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
    ])
    func carriesTheBody(_ rest: String) async throws {
        let answer = try await RunningServer.run([.echo("POST", "/")]) { running in
            try await running.answer(to: "POST / HTTP/1.1\r\nConnection: close\r\n" + rest)
        }
        #expect(answer.hasSuffix("POST\n/\nhello"))
    }

    @Test func thePeerIsIdentified() async throws {
        let who = ControlRoute("GET", "/") { .text("\($0.peer.user) \($0.peer.process)") }
        let answer = try await RunningServer.run([who]) { try await $0.get("/") }
        #expect(answer.hasSuffix("\(geteuid()) \(getpid())"))
    }

    @Test func answersSeveralRequestsOnOneConnectionInOrder() async throws {
        let answers = try await RunningServer.run([.echo("GET", "/{id}")]) { running in
            try await UnixConnection.open(to: running.path) { connection in
                try await connection.get("/1")
                let first = try await connection.read(through: "id=1\n")
                try await connection.send("GET /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\nConnection: close\r\n\r\n")
                return try await first + connection.rest()
            }
        }
        let ids = answers.split(separator: "\n").filter { $0.hasPrefix("id=") }
        #expect(ids == ["id=1", "id=2", "id=3"])
        #expect(answers.components(of: "HTTP/1.1 200 OK") == 3)
        #expect(answers.components(of: "\r\nConnection: close\r\n") == 1)
    }

    @Test func givesTheWholeReplyToAClientThatHasHungUpItsSide() async throws {
        let large = ControlRoute("GET", "/") { _ in .json(Array(repeating: UInt8(ascii: "1"), count: 3 << 20)) }
        let answer = try await RunningServer.run([large]) { running in
            try await running.answer(to: "GET / HTTP/1.1\r\n\r\n", thenHangUp: true)
        }
        #expect(answer.utf8.count > 3 << 20)
        #expect(!answer.hasSuffix("<reset>"))
    }

    @Test func invitesABodyThatIsAnnounced() async throws {
        let answer = try await RunningServer.run([.echo("POST", "/")]) { running in
            try await UnixConnection.open(to: running.path) { connection in
                try await connection.send(
                    "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\nConnection: close\r\n\r\n")
                let invitation = try await connection.read(through: "\r\n\r\n")
                try await connection.send("hello")
                return try await invitation + connection.rest()
            }
        }
        #expect(answer.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"))
        #expect(answer.hasSuffix("hello"))
    }

    @Test(arguments: ["Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n", "Content-Length: 5\r\n\r\nhe"])
    func neverCarriesOutARequestThatWasCutOff(_ rest: String) async throws {
        let carriedOut = Signal()
        let route = ControlRoute("POST", "/") { request in
            if !request.body.isEmpty { Issue.record("carried out") }
            carriedOut.send()
            return .text("done")
        }
        try await RunningServer.run([route]) { running in
            let answer = try await running.answer(to: "POST / HTTP/1.1\r\n" + rest, thenHangUp: true)
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
            _ = try await running.answer(to: "POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
            await carriedOut.wait()
        }
    }
}

extension String {
    /// How often a text is in this one.
    func components(of text: String) -> Int { ranges(of: text).count }
}
