// SPDX-License-Identifier: Apache-2.0

import ControlServer
import Synchronization
import Testing

struct FailureTests {
    /// What is sent, and the status and code that come back.
    struct Case: CustomTestStringConvertible {
        let name: String
        let sent: String
        let status: String
        let code: String

        var testDescription: String { name }
    }

    private static let cases = [
        Case(
            name: "unknown path", sent: "GET /none HTTP/1.1\r\nConnection: close\r\n\r\n", status: "404 Not Found",
            code: "not_found"),
        Case(
            name: "the root", sent: "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", status: "404 Not Found",
            code: "not_found"),
        Case(
            name: "other method", sent: "PUT /hello HTTP/1.1\r\nConnection: close\r\n\r\n",
            status: "405 Method Not Allowed",
            code: "method_not_allowed"),
        Case(
            name: "made up method", sent: "QUERY /hello HTTP/1.1\r\nConnection: close\r\n\r\n",
            status: "405 Method Not Allowed", code: "method_not_allowed"),
        Case(
            name: "announced body", sent: "POST /hello HTTP/1.1\r\nContent-Length: 17\r\n\r\n",
            status: "413 Payload Too Large",
            code: "too_large"),
        Case(
            name: "chunked body",
            sent: "POST /hello HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n11\r\n12345678901234567\r\n0\r\n\r\n",
            status: "413 Payload Too Large", code: "too_large"),
        Case(name: "no HTTP", sent: "hello?\r\n\r\n", status: "400 Bad Request", code: "bad_request"),
        Case(name: "TLS", sent: "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}", status: "400 Bad Request", code: "bad_request"),
        Case(
            name: "two lengths", sent: "POST /hello HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            status: "400 Bad Request", code: "bad_request"),
        Case(
            name: "endless head", sent: "GET /hello HTTP/1.1\r\nX: \(String(repeating: "x", count: 20_000))\r\n\r\n",
            status: "400 Bad Request", code: "bad_request"),
    ]

    @Test(arguments: cases)
    func areToldInOneForm(_ example: Case) async throws {
        let routes = [ControlRoute.hello, .echo("POST", "/hello")]
        let answer = try await RunningServer.run(routes, limits: .patient(body: 16)) { running in
            try await running.answer(to: example.sent)
        }
        #expect(answer.hasPrefix("HTTP/1.1 \(example.status)\r\n"))
        #expect(answer.contains("application/json\r\n"))
        #expect(answer.contains("\r\nConnection: close\r\n"))
        #expect(answer.contains("\r\n\r\n{\"error\":{\"code\":\"\(example.code)\",\"message\":\""))
        #expect(answer.hasSuffix("\"}}"))
        #expect(answer.contains("\r\nAllow: GET, POST\r\n") == (example.code == "method_not_allowed"))
    }

    @Test func aBodyAtTheLimitIsTaken() async throws {
        let answer = try await RunningServer.run([.echo("POST", "/")], limits: .patient(body: 5)) { running in
            try await running.answer(to: "POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello")
        }
        #expect(answer.hasSuffix("hello"))
    }

    @Test func anotherUserIsTurnedAwayBeforeAnythingIsRead() async throws {
        let seen = Mutex<[ControlPeer]>([])
        let route = ControlRoute("GET", "/hello") { _ in
            Issue.record("carried out")
            return .text("hello")
        }
        let admits: @Sendable (ControlPeer) -> Bool = { peer in
            seen.withLock { $0.append(peer) }
            return false
        }
        try await RunningServer.run([route], admits: admits) { running in
            let answer = try await running.get("/hello")
            #expect(answer.hasPrefix("HTTP/1.1 403 Forbidden\r\n"))
            #expect(answer.contains("\r\n\r\n{\"error\":{\"code\":\"forbidden\",\"message\":\""))
            // Told without having asked, too.
            try await UnixConnection.open(to: running.path) { connection in
                let answer = try await connection.rest()
                #expect(answer.hasSuffix("\"}}"))
            }
        }
        #expect(seen.withLock { $0.count } == 2)
    }

    @Test(arguments: [(1000, 1000, true), (0, 1000, true), (1001, 1000, false), (1000, 0, false), (0, 0, true)])
    func theOwnerAndRootMayControl(_ user: UInt32, _ owner: UInt32, _ may: Bool) {
        #expect(ControlPeer(user: user, process: 1).mayControl(serverOf: owner) == may)
    }
}
