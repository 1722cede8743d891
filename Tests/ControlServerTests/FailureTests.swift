// SPDX-License-Identifier: Apache-2.0

import ControlServer
import Glibc
import Synchronization
import TestSupport
import Testing

struct FailureTests {
    /// The status and the code of an error.
    struct Failure: Sendable {
        let status: String
        let code: String
    }

    static let cases = [
        Row(
            "unknown path", "GET /none HTTP/1.1\r\nConnection: close\r\n\r\n",
            Failure(status: "404 Not Found", code: "not_found")),
        Row(
            "the root", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
            Failure(status: "404 Not Found", code: "not_found")),
        Row(
            "other method", "PUT /hello HTTP/1.1\r\nConnection: close\r\n\r\n",
            Failure(status: "405 Method Not Allowed", code: "method_not_allowed")),
        Row(
            "made up method", "QUERY /hello HTTP/1.1\r\nConnection: close\r\n\r\n",
            Failure(status: "405 Method Not Allowed", code: "method_not_allowed")),
        Row(
            "announced body", "POST /hello HTTP/1.1\r\nContent-Length: 17\r\n\r\n",
            Failure(status: "413 Payload Too Large", code: "too_large")),
        Row(
            "chunked body",
            "POST /hello HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n11\r\n12345678901234567\r\n0\r\n\r\n",
            Failure(status: "413 Payload Too Large", code: "too_large")),
        Row("no HTTP", "hello?\r\n\r\n", Failure(status: "400 Bad Request", code: "bad_request")),
        Row("TLS", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}", Failure(status: "400 Bad Request", code: "bad_request")),
        Row(
            "two lengths", "POST /hello HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            Failure(status: "400 Bad Request", code: "bad_request")),
        Row(
            "endless head", "GET /hello HTTP/1.1\r\nX: \(String(repeating: "x", count: 20_000))\r\n\r\n",
            Failure(status: "400 Bad Request", code: "bad_request")),
    ]

    @Test(arguments: cases)
    func haveOneForm(_ row: Row<String, Failure>) async throws {
        let routes = [ControlRoute.hello, .echo("POST", "/hello")]
        let answer = try await RunningServer.run(routes, limits: .patient(body: 16)) { running in
            try await running.answer(to: row.input)
        }
        #expect(answer.hasPrefix("HTTP/1.1 \(row.expected.status)\r\n"))
        #expect(answer.contains("application/json\r\n"))
        #expect(answer.contains("\r\nConnection: close\r\n"))
        #expect(answer.contains("\r\n\r\n{\"error\":{\"code\":\"\(row.expected.code)\",\"message\":\""))
        #expect(answer.hasSuffix("\"}}"))
        #expect(answer.contains("\r\nAllow: GET, POST\r\n") == (row.expected.code == "method_not_allowed"))
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
            // It is received without a request, too.
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

    @Test(arguments: [
        ([UInt32](), nil, false), ([20, 30], nil, false), ([20, 30], 30, true), ([20, 30], 40, false), ([], 0, false),
    ])
    func membersOfTheGroupMayControl(_ groups: [UInt32], _ group: UInt32?, _ may: Bool) {
        let peer = ControlPeer(user: 1001, process: 1, groups: groups)
        #expect(peer.mayControl(serverOf: 1000, sharedWith: group) == may)
    }

    @Test func theKernelNamesTheGroupsOfAPeer() async throws {
        let seen = Mutex<ControlPeer?>(nil)
        let admits = { @Sendable (peer: ControlPeer) in
            seen.withLock { $0 = peer }
            return true
        }
        try await RunningServer.run([ControlRoute("GET", "/hello") { _ in .text("hi") }], admits: admits) { running in
            _ = try await running.get("/hello")
        }
        let peer = try #require(seen.withLock { $0 })
        var own = [gid_t](repeating: 0, count: 65_536)
        let count = getgroups(CInt(own.count), &own)
        #expect(peer.user == geteuid())
        #expect(Set(peer.groups) == Set(own.prefix(Int(count)) + [getegid()]))
    }
}
