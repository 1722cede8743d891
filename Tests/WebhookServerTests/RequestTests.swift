// SPDX-License-Identifier: Apache-2.0

import EventLog
import TestSupport
import Testing

/// Raw requests and the raw responses to them, on connections of their own.
@Suite(.timeLimit(.minutes(5))) struct RequestTests {
    private static func notFound(_ path: String, _ headers: String = Wire.close) -> String {
        Wire.refusal("404 Not Found", "nothing is served at \(path)", headers)
    }
    private static let notAllowed = Wire.refusal(
        "405 Method Not Allowed", "only POST is served here", "allow: POST\r\n" + Wire.close)
    private static let notHTTP = Wire.refusal("400 Bad Request", "this is not HTTP/1.1", Wire.close)
    private static let chunkedCall =
        Wire.request("POST /webhook HTTP/1.1", Wire.last + ["Transfer-Encoding: chunked"])
        + Wire.call().utf8.map { "1\r\n\(UnicodeScalar($0))\r\n" }.joined() + "0\r\n\r\n"

    /// What goes over one connection, and all that comes back.
    private static func exchange(
        _ name: String, _ sent: String..., gets received: String...
    ) -> Row<[String], String> {
        Row(name, sent, received.joined())
    }

    static let connections = [
        exchange(
            "one call", Wire.request("POST /webhook HTTP/1.1", Wire.last, body: Wire.call()), gets: Wire.lastGreeted),
        exchange(
            "a connection is kept", Wire.request(body: Wire.call("a")),
            Wire.request("POST /webhook HTTP/1.1", Wire.last, body: Wire.call("b")), gets: Wire.greeted,
            Wire.lastGreeted),
        exchange(
            "pipelined requests are answered in order",
            Wire.request(body: Wire.call("a")) + Wire.request("GET /nowhere HTTP/1.1")
                + Wire.request("POST /webhook HTTP/1.1", Wire.last, body: Wire.call("b")),
            gets: Wire.greeted, notFound("/nowhere", ""), Wire.lastGreeted),
        exchange("chunks", chunkedCall, gets: Wire.lastGreeted),
        exchange(
            "break 9: HTTP/1.0 is kept only with a word",
            Wire.request("POST /webhook HTTP/1.0", ["Connection: keep-alive"], body: Wire.call("a")),
            Wire.request("POST /webhook HTTP/1.0", body: Wire.call("b")),
            gets: Wire.response("200 OK", Wire.greeting, "connection: keep-alive\r\n"), Wire.lastGreeted),
        exchange(
            "HTTP/1.0 expects nothing", Wire.request("POST /webhook HTTP/1.0", ["Expect: magic"], body: Wire.call()),
            gets: Wire.lastGreeted),
        exchange("HTTP/1.0", Wire.request("POST /webhook HTTP/1.0", body: Wire.call()), gets: Wire.lastGreeted),
        exchange(
            "a query does not count", Wire.request("POST /webhook?a=b HTTP/1.1", Wire.last, body: Wire.call()),
            gets: Wire.lastGreeted),
        exchange(
            "a target that names the host",
            Wire.request("POST HTTP://desk:8787/webhook?a=b HTTP/1.1", Wire.last, body: Wire.call()),
            gets: Wire.lastGreeted),
        exchange(
            "a body that is waited for",
            Wire.request("POST /webhook HTTP/1.1", Wire.last + ["Expect: 100-continue"], body: Wire.call()),
            gets: "HTTP/1.1 100 Continue\r\n\r\n", Wire.lastGreeted),
    ]

    static let others = [
        exchange(
            "bytes after the last request are not answered",
            Wire.request("POST /webhook HTTP/1.1", Wire.last, body: Wire.call("a"))
                + Wire.request(body: Wire.call("b")),
            gets: Wire.lastGreeted),
        exchange(
            "health", Wire.request("GET /healthz HTTP/1.1", Wire.last),
            gets: Wire.response("200 OK", #"{"status":"ok"}"#, Wire.close)),
        exchange(
            "health without a body", Wire.request("HEAD /healthz HTTP/1.1", Wire.last),
            gets: String(Wire.response("200 OK", #"{"status":"ok"}"#, Wire.close).dropLast(15))),
        exchange(
            "readiness", Wire.request("GET /readyz HTTP/1.1", Wire.last),
            gets: Wire.response("200 OK", #"{"status":"ready"}"#, Wire.close)),
        exchange("a wrong method", Wire.request("GET /webhook HTTP/1.1", Wire.last), gets: notAllowed),
        exchange(
            "a wrong method with a body", Wire.request("PUT /webhook HTTP/1.1", Wire.last, body: Wire.call()),
            gets: notAllowed),
        exchange(
            "a wrong method for health", Wire.request("POST /healthz HTTP/1.1", Wire.last, body: "x"), gets: notAllowed),
        exchange(
            "a wrong path with a body, then a call", Wire.request("POST /other HTTP/1.1", body: Wire.call()),
            Wire.request("POST /webhook HTTP/1.1", Wire.last, body: Wire.call()), gets: notFound("/other", ""),
            Wire.lastGreeted),
        exchange(
            "row 26: a slash at the end of the path",
            Wire.request("POST /webhook/ HTTP/1.1", Wire.last, body: Wire.call()), gets: Wire.lastGreeted),
        exchange(
            "row 26: a slash before the query",
            Wire.request("POST /webhook/?a=b HTTP/1.1", Wire.last, body: Wire.call()), gets: Wire.lastGreeted),
        exchange(
            "two slashes at the end", Wire.request("POST /webhook// HTTP/1.1", Wire.last, body: "{}"),
            gets: notFound("/webhook//")),
        exchange(
            "row 26: another path is named, its query is not",
            Wire.request("POST /webhooks?token=secret HTTP/1.1", Wire.last, body: "{}"), gets: notFound("/webhooks")),
        exchange(
            "a path that would end the string", Wire.request("POST /a\"b HTTP/1.1", Wire.last, body: "{}"),
            gets: notFound(#"/a\"b"#)),
        exchange(
            "a long path", Wire.request("POST /\(String(repeating: "x", count: 300)) HTTP/1.1", Wire.last, body: "{}"),
            gets: notFound("/" + String(repeating: "x", count: 96) + "...")),
        exchange("no HTTP", "hello, is anybody there?\r\n\r\n", gets: notHTTP),
        exchange("a TLS hello", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}", gets: notHTTP),
        exchange(
            "break 9: a length beyond all numbers",
            "POST /webhook HTTP/1.1\r\nContent-Length: 9223372036854775808\r\n\r\n", gets: notHTTP),
        exchange(
            "the largest number", "POST /webhook HTTP/1.1\r\nContent-Length: 9223372036854775807\r\n\r\n",
            gets: Wire.refusal("413 Content Too Large", "the body is too large", Wire.close)),
        exchange("no host", "POST /webhook HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", gets: notHTTP),
        exchange("two hosts", Wire.request("POST /webhook HTTP/1.1", ["Host: other"], body: "{}"), gets: notHTTP),
        exchange(
            "another transfer coding",
            Wire.request("POST /webhook HTTP/1.1", ["Transfer-Encoding: gzip, chunked"]) + "2\r\n{}\r\n0\r\n\r\n",
            gets: Wire.refusal("501 Not Implemented", "only the transfer coding chunked is known", Wire.close)),
        exchange(
            "break 9: another expectation", Wire.request("POST /webhook HTTP/1.1", ["Expect: foo"], body: Wire.call()),
            gets: Wire.refusal("417 Expectation Failed", "only 100-continue can be expected", Wire.close)),
        exchange(
            "one more expectation",
            Wire.request("POST /webhook HTTP/1.1", ["Expect: 100-continue", "Expect: foo"], body: Wire.call()),
            gets: Wire.refusal("417 Expectation Failed", "only 100-continue can be expected", Wire.close)),
        exchange("a length below nothing", "POST /webhook HTTP/1.1\r\nContent-Length: -1\r\n\r\n", gets: notHTTP),
        exchange(
            "two lengths", "POST /webhook HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", gets: notHTTP),
        exchange(
            "no JSON", Wire.request("POST /webhook HTTP/1.1", Wire.last, body: "hello"),
            gets: Wire.refusal("400 Bad Request", "the body is not JSON", Wire.close)),
        exchange(
            "no body", Wire.request("POST /webhook HTTP/1.1", Wire.last),
            gets: Wire.refusal("400 Bad Request", "the body is not JSON", Wire.close)),
    ]

    @Test(arguments: connections + others) func repliesTo(_ row: Row<[String], String>) async throws {
        let received = try await ListeningServer.run { try await $0.answer(to: row.input) }
        #expect(received == row.expected)
    }

    @Test(arguments: connections) func bytesMayComeOneByOne(_ row: Row<[String], String>) async throws {
        let bytes = row.input.joined().utf8.map { String(UnicodeScalar($0)) }
        let received = try await ListeningServer.run { try await $0.answer(to: bytes) }
        #expect(received == row.expected)
    }

    @Test func aClientThatHangsUpGetsItsAnswersFirst() async throws {
        let received = try await ListeningServer.run { server in
            try await server.answer(
                to: [Wire.request(body: Wire.call("a")) + Wire.request(body: Wire.call("b"))], thenHangUp: true)
        }
        #expect(received == Wire.greeted + Wire.greeted)
    }

    @Test func strangersFillNoCallList() async throws {
        try await ListeningServer.run { server in
            _ = try await server.answer(to: ["hello\r\n\r\n"])
            _ = try await server.answer(to: [Wire.request("GET /a HTTP/1.1", Wire.last)])
            _ = try await server.answer(to: [Wire.request("GET /webhook HTTP/1.1", Wire.last)])
            #expect(server.refused == ["not_http": 1, "wrong_path": 1, "wrong_method": 1])
            #expect(server.log.snapshot().totals.calls == 0)
        }
    }
}
