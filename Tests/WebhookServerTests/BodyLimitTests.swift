// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Testing
import WebhookServer

/// The largest body is answered, one byte more is not, however it comes.
@Suite(.timeLimit(.minutes(5))) struct BodyLimitTests {
    private static let body = Wire.call()
    private static let tooLarge = Wire.refusal("413 Content Too Large", "the body is too large", Wire.close)

    private func answer(limit: Int, to pieces: String...) async throws -> String {
        try await ListeningServer.run(limits: ServerLimits(body: limit)) { try await $0.answer(to: pieces) }
    }

    @Test(arguments: [(0, true), (1, true), (-1, false), (-100, false)])
    func aDeclaredLengthIsLimited(room: Int, isAnswered: Bool) async throws {
        let received = try await answer(
            limit: Self.body.utf8.count + room,
            to: Wire.request("POST /webhook HTTP/1.1", Wire.last, body: Self.body))
        #expect(received == (isAnswered ? Wire.lastGreeted : Self.tooLarge))
    }

    @Test(arguments: [(0, true), (1, true), (-1, false), (-100, false)])
    func aChunkedLengthIsLimited(room: Int, isAnswered: Bool) async throws {
        let half = Self.body.utf8.count / 2
        let head = Wire.request("POST /webhook HTTP/1.1", Wire.last + ["Transfer-Encoding: chunked"])
        let pieces = [head, Self.chunk(Self.body.prefix(half)), Self.chunk(Self.body.dropFirst(half)), "0\r\n\r\n"]
        // A server that refuses may close before a later piece could be sent.
        let received = try await ListeningServer.run(limits: ServerLimits(body: Self.body.utf8.count + room)) {
            try await $0.answer(to: isAnswered ? pieces : [pieces.joined()])
        }
        #expect(received == (isAnswered ? Wire.lastGreeted : Self.tooLarge))
    }

    @Test(arguments: ["801", "00000801", "7FFFFFFF", "8000000000000000", "FFFFFFFFFFFFFFFF", "801;a=b"])
    func aChunkIsNotWaitedForWhenItsSizeIsTooMuch(_ size: String) async throws {
        let head = Wire.request("POST /webhook HTTP/1.1", ["Transfer-Encoding: chunked"])
        #expect(try await answer(limit: 2048, to: head + size + "\r\n{") == Self.tooLarge)
        #expect(try await answer(limit: 2048, to: head, size, "\r\n") == Self.tooLarge)
    }

    @Test(arguments: [["10000000000000000\r\n"], ["1000000000", "0000000\r\n"]])
    func aChunkSizeThatNoNumberHoldsIsNoHTTPHoweverItIsCut(_ pieces: [String]) async throws {
        let head = Wire.request("POST /webhook HTTP/1.1", ["Transfer-Encoding: chunked"])
        let received = try await ListeningServer.run(limits: ServerLimits(body: 2048)) {
            try await $0.answer(to: [head] + pieces)
        }
        #expect(received == Wire.refusal("400 Bad Request", "this is not HTTP/1.1", Wire.close))
    }

    @Test func aBodyIsNotWaitedForWhenItsLengthIsTooMuch() async throws {
        let head = "POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000\r\nExpect: 100-continue\r\n\r\n"
        #expect(try await answer(limit: 1999, to: head) == Self.tooLarge)
    }

    @Test func theLimitHoldsForWrongPathsToo() async throws {
        let head = Wire.request("POST /other HTTP/1.1", ["Transfer-Encoding: chunked"])
        let received = try await answer(limit: 10, to: head, Self.chunk("0123456789a"))
        #expect(received == Self.tooLarge)
    }

    @Test func requestsAfterARefusedOneAreNotAnswered() async throws {
        let tooMuch = String(repeating: " ", count: 2000)
        try await ListeningServer.run(limits: ServerLimits(body: 1999)) { server in
            let received = try await server.answer(to: [
                Wire.request(body: tooMuch) + Wire.request(body: Wire.call("a")) + Wire.request(body: Wire.call("b"))
            ])
            #expect(received == Self.tooLarge)
            #expect(server.calls == 0)
        }
    }

    private static func chunk(_ text: some StringProtocol) -> String {
        "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n"
    }
}
