// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TestSupport
import Testing

/// Requests whose replies have to be waited for, on the wire.
@Suite(.timeLimit(.minutes(5))) struct WaitingRequestTests {
    private static let asking = Answer.ask(
        Ask(upstream: Upstream(url: "http://crm", timeout: .seconds(50)), otherwise: 0))

    @Test func repliesKeepTheOrderOfTheRequests() async throws {
        let servers = ScriptedUpstreams(.json(#"{"error":"1"}"#), .json(#"{"error":"2"}"#)) { await Task.yield() }
        let received = try await ListeningServer.run(otherwise: Self.asking, upstreams: servers) { server in
            try await server.answer(to: [
                Wire.request(body: Wire.call("a")) + Wire.request("GET /healthz HTTP/1.1")
                    + Wire.request("POST /webhook HTTP/1.1", Wire.last, body: Wire.call("b"))
            ])
        }
        let expected = [
            Wire.response("200 OK", #"{"error":"1"}"#), Wire.response("200 OK", #"{"status":"ok"}"#),
            Wire.response("200 OK", #"{"error":"2"}"#, Wire.close),
        ]
        #expect(received == expected.joined())
    }

    @Test func manyRequestsInOnePieceAreAnsweredOneAfterTheOther() async throws {
        let servers = ScriptedUpstreams(
            .json(#"{"error":"1"}"#), .json(#"{"error":"2"}"#), .json(#"{"error":"3"}"#), .json(#"{"error":"4"}"#)
        ) { await Task.yield() }
        let received = try await ListeningServer.run(otherwise: Self.asking, upstreams: servers) { server in
            try await server.answer(to: [
                ["a", "b", "c"].map { Wire.request(body: Wire.call($0)) }.joined()
                    + Wire.request("POST /webhook HTTP/1.1", Wire.last, body: Wire.call("d"))
            ])
        }
        let expected = (1...3).map { Wire.response("200 OK", "{\"error\":\"\($0)\"}") }
        #expect(received == expected.joined() + Wire.response("200 OK", #"{"error":"4"}"#, Wire.close))
    }

    @Test func whoSendsNothingMoreStillGetsTheReplies() async throws {
        let servers = ScriptedUpstreams(.json(#"{"error":"1"}"#), .json(#"{"error":"2"}"#)) { await Task.yield() }
        let received = try await ListeningServer.run(otherwise: Self.asking, upstreams: servers) { server in
            try await server.answer(
                to: [Wire.request(body: Wire.call("a")) + Wire.request(body: Wire.call("b"))], thenHangUp: true)
        }
        #expect(received == (1...2).map { Wire.response("200 OK", "{\"error\":\"\($0)\"}") }.joined())
    }

    @Test(arguments: [("nonsense\r\n\r\n", false), ("POST /webhook HTT", true), ("POST /webhook HTTP/1.1\r\nHo", true)])
    func nonsenseAfterARequestDoesNotCostItsReply(_ nonsense: String, hangsUp: Bool) async throws {
        let servers = ScriptedUpstreams(.json(#"{"error":"1"}"#)) {
            for _ in 0..<100 { await Task.yield() }
        }
        let received = try await ListeningServer.run(otherwise: Self.asking, upstreams: servers) { server in
            try await server.answer(to: [Wire.request(body: Wire.call("a")) + nonsense], thenHangUp: hangsUp)
        }
        // The server may learn of the end only after the reply; then the rest is a request of its own, and incomplete.
        let refused = Wire.refusal("400 Bad Request", "the request is incomplete", Wire.close)
        let alsoRight = hangsUp ? [Wire.response("200 OK", #"{"error":"1"}"#) + refused] : []
        #expect(([Wire.response("200 OK", #"{"error":"1"}"#, Wire.close)] + alsoRight).contains(received))
    }

    @Test func laterRequestsKeepTheirOrder() async throws {
        let servers = ScriptedUpstreams(.json(#"{"error":"1"}"#), .failed(.timedOut)) { await Task.yield() }
        let received = try await ListeningServer.run(otherwise: Self.asking, upstreams: servers) { server in
            try await server.answer(to: [
                Wire.request(body: Wire.call("a")), Wire.request(body: Wire.call("a")),
                Wire.request("POST /webhook HTTP/1.1", Wire.last, body: Wire.call("b")),
            ])
        }
        let again = Wire.response("200 OK", #"{"error":"1"}"#)
        #expect(received == again + again + Wire.lastGreeted)
    }

    @Test(arguments: [
        [], ["X-Webhook-Event: assistant-request", "x-webhook-timestamp: 17", "X-Webhook-Signature: sha256=00"],
    ])
    func theServerGetsTheHeadersOfTheWebhook(_ headers: [String]) async throws {
        let servers = ScriptedUpstreams(.json("{}"))
        _ = try await ListeningServer.run(otherwise: Self.asking, upstreams: servers) { server in
            let request = { (last: [String]) in
                Wire.request("POST /webhook HTTP/1.1", headers + last, body: Wire.call(last.isEmpty ? "a" : "b"))
            }
            return try await server.answer(to: [request([]), request(Wire.last)])
        }
        let sent = servers.requests.map { $0.webhook.headers.map { "\($0.name): \($0.value)" } }
        #expect(sent == [headers, headers])
    }
}
