// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import TestSupport
import Testing
import WebhookServer

/// Clients behind proxies: whose word counts, and what one of them may take.
@Suite(.timeLimit(.minutes(5))) struct ProxyTests {
    private static func proxies(_ texts: [String]) -> TrustedProxies {
        TrustedProxies(texts.compactMap { IPRange($0) })
    }

    @Test(arguments: [
        Row("one address", "203.0.113.9", "203.0.113.9"),
        Row("the client wrote the first one itself", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        Row("two proxies", "203.0.113.9, 10.0.0.5", "203.0.113.9"),
        Row("a client among the proxies", "10.0.0.6,10.0.0.7", "10.0.0.6"),
        Row("a port", "203.0.113.9:4711", "203.0.113.9"), Row("IPv6", "2001:db8::1", "2001:db8::1"),
        Row("IPv6 with a port", "[2001:db8::1]:4711", "2001:db8::1"),
        Row("no address", "unknown", "10.0.0.5"), Row("hostile", "\u{1B}[2J, 10.0.0.7", "10.0.0.7"),
        Row("in quotation marks", "\"[2001:db8::1]:4711\"", "2001:db8::1"),
        Row("empty", "", "10.0.0.5"), Row("commas", ",,,", "10.0.0.5"), Row("none", nil, "10.0.0.5"),
    ])
    func theLastAddressThatIsNoProxyIsTheClient(_ row: Row<String?, String>) {
        #expect(Self.proxies(["10.0.0.0/8"]).client(of: "10.0.0.5", row.input) == row.expected)
    }

    private static let client = "X-Forwarded-For: 203.0.113.9"

    @Test(arguments: [
        Row("a proxy's word", ["127.0.0.1"], "203.0.113.9"), Row("a stranger's", ["10.0.0.0/8"], "127.0.0.1"),
        Row("nobody is trusted", [], "127.0.0.1"),
    ])
    func theScreenNamesTheClient(_ row: Row<[String], String>) async throws {
        let limits = ServerLimits(body: 1024, proxies: Self.proxies(row.input))
        try await ListeningServer.run(limits: limits) { server in
            // A plain request, one for the decoder, a wrong path, and half a request.
            _ = try await server.answer(to: [
                Wire.request("POST /webhook HTTP/1.1", [Self.client], body: "no JSON")
                    + Wire.request("POST /webhook HTTP/1.1", [Self.client] + Wire.last, body: "no JSON")
            ])
            _ = try await server.answer(to: [Wire.request("GET /x HTTP/1.1", [Self.client] + Wire.last)])
            _ = try await server.answer(
                to: [Wire.request("POST /webhook HTTP/1.1", [Self.client, "Content-Length: 9"])], thenHangUp: true)
            #expect(server.log.snapshot().refusals.map(\.peer) == Array(repeating: row.expected, count: 4))
        }
    }

    @Test func oneClientCannotTakeAllPlacesOfAProxy() async throws {
        // A quarter of 16 connections is 4.
        let limits = ServerLimits(body: 1024, connections: 16, proxies: Self.proxies(["127.0.0.1"]))
        try await ListeningServer.run(limits: limits) { server in
            let half = Wire.request(
                "POST /webhook HTTP/1.1", [Self.client, "Expect: 100-continue", "Content-Length: 9"])
            func crowd(_ count: Int) async throws {
                guard count > 0 else {
                    let refused = try await server.answer(to: [half])
                    #expect(refused.hasPrefix("HTTP/1.1 429 Too Many Requests\r\n"))
                    let other = Wire.request(
                        "POST /webhook HTTP/1.1",
                        ["X-Forwarded-For: 198.51.100.7", "Expect: 100-continue"] + Wire.last,
                        body: Wire.call())
                    #expect(try await server.answer(to: [other]) == "HTTP/1.1 100 Continue\r\n\r\n" + Wire.lastGreeted)
                    return
                }
                try await RawConnection.open(to: server.server.address) { connection in
                    try await connection.send(half)
                    #expect(try await connection.read(through: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
                    try await crowd(count - 1)
                }
            }
            try await crowd(4)
            #expect(server.refused["too_many_requests"] == 1)
            // Those that gave up, in whatever way, count no longer.
            let last = Wire.request("POST /webhook HTTP/1.1", [Self.client, "Content-Length: 2"] + Wire.last)
            while try await server.answer(to: [last, "{}"]).contains("429 Too Many") { await Task.yield() }
        }
    }
}
