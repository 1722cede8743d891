// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOEmbedded
import NIOHTTP1
import TestSupport
import Testing
import WebhookServer

/// The reader of usual requests agrees with NIO's decoder, or leaves the request to it.
@Suite struct PlainRequestTests {
    private static let start = Array("POST /webhook HTTP/1.1\r\n".utf8)

    static let left = [
        ("without a length", "POST /webhook HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("another path", "POST /other HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"),
        ("a query", "POST /webhook?a=b HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"),
        ("another method", "PUT /webhook HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"),
        ("HTTP/1.0", "POST /webhook HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}"),
        ("a body that is not all there", "POST /webhook HTTP/1.1\r\nContent-Length: 3\r\n\r\n{}"),
        ("two requests", "POST /webhook HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}POST"),
        ("chunks", "POST /webhook HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}"),
        ("two lengths", "POST /webhook HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}"),
        ("a length with a sign", "POST /webhook HTTP/1.1\r\nContent-Length: +2\r\n\r\n{}"),
        ("a connection that ends", "POST /webhook HTTP/1.1\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"),
        ("a body that waits", "POST /webhook HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}"),
        ("an upgrade", "POST /webhook HTTP/1.1\r\nUpgrade: h2c\r\nContent-Length: 2\r\n\r\n{}"),
        (
            "a signature twice",
            "POST /webhook HTTP/1.1\r\nX-Webhook-Signature: a\r\nX-Webhook-Signature: a\r\nContent-Length: 2\r\n\r\n{}"
        ),
        ("a line that goes on", "POST /webhook HTTP/1.1\r\nA: b\r\n c\r\nContent-Length: 2\r\n\r\n{}"),
        ("a blank in a name", "POST /webhook HTTP/1.1\r\nContent-Length : 2\r\n\r\n{}"),
        ("bare line feeds", "POST /webhook HTTP/1.1\nContent-Length: 2\n\n{}"),
        ("a control character", "POST /webhook HTTP/1.1\r\nA: b\u{1}c\r\nContent-Length: 2\r\n\r\n{}"),
    ]

    @Test(arguments: left) func leavesToTheDecoder(_ name: String, _ text: String) {
        #expect(Seen.plain(Array(text.utf8), start: Self.start) == nil)
    }

    @Test func readsAWebhookAsThePlatformSendsIt() {
        let text = """
            POST /webhook HTTP/1.1\r\nHost: switchboard.example.com\r\nUser-Agent: HMS/1.0\r\n\
            Content-Type: application/json\r\nX-Webhook-Event: assistant-request\r\nX-Webhook-Timestamp: 1765627200\r\n\
            x-webhook-signature:  sha256=ab\r\nConnection: Keep-Alive\r\ncontent-length: 2\r\n\r\n{}
            """
        let seen = Seen.plain(Array(text.utf8), start: Self.start)
        #expect(seen == Seen(signature: "sha256=ab", timestamp: "1765627200", body: "{}"))
    }

    /// Eight bytes are looked at in one step, so that each byte is tried in each of their places.
    @Test(arguments: 0..<17) func anyByteInAValueIsPrintableASCII(_ place: Int) {
        for byte in UInt8.min ... .max where byte != UInt8(ascii: " ") {
            var value = Array("0123456789abcdefg".utf8)
            value[place] = byte
            let request =
                Array("POST /webhook HTTP/1.1\r\nHost: ".utf8) + value + Array("\r\nContent-Length: 2\r\n\r\n{}".utf8)
            let isPlain = Seen.plain(request, start: Self.start) != nil
            #expect(isPlain == (0x21...0x7E).contains(byte), "\(byte)")
        }
    }

    @Test(arguments: 0..<19) func anyByteInANameThatCounts(_ place: Int) {
        let name = Array("x-webhook-signature".utf8)
        for byte in UInt8.min ... .max where byte != UInt8(ascii: ":") {
            var other = name
            other[place] = byte
            let request =
                Array("POST /webhook HTTP/1.1\r\nHost: a\r\n".utf8) + other
                + Array(": ab\r\nContent-Length: 2\r\n\r\n{}".utf8)
            let seen = Seen.plain(request, start: Self.start)
            let letter = Character(UnicodeScalar(byte))
            let isInName = byte < 0x80 && (letter.isLetter || letter.isNumber || letter == "-" || letter == "_")
            #expect((seen != nil) == isInName, "\(byte)")
            let isSame = letter.isASCII && letter.lowercased() == String(UnicodeScalar(name[place]))
            #expect((seen?.signature != nil) == isSame, "\(byte)")
        }
    }

    /// Random requests made of usual and of nasty lines: whatever is read here, NIO reads in the same way.
    @Test func readsNothingInAnotherWayThanTheDecoder() throws {
        var random = SeededGenerator(seed: 20_261_125)
        var read = 0
        for _ in 0..<4000 {
            let bytes = Array(Self.request(&random).utf8)
            guard let seen = Seen.plain(bytes, start: Self.start) else { continue }
            read += 1
            #expect(try Seen.decoded(bytes) == seen, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
        }
        #expect(read > 200)
    }

    private static let lines = [
        "Host: a", "Accept: */*", "Content-Length: 2", "content-length:2", "Content-Length: 02", "Content-Length: 0",
        "Content-Length: 4", "X-Webhook-Signature: sha256=ab", "x-webhook-signature:cd", "X-Webhook-Timestamp: 1",
        "x-webhook-timestamp:  2", "X-Webhook-Event: a", "Connection: keep-alive", "Connection: close",
        "Connection: upgrade", "Transfer-Encoding: chunked", "transfer-encoding:identity", "Expect: 100-continue",
        "Trailer: a", "Upgrade: websocket", "Proxy-Connection: close", "A: b ", " folded", "A:", ": b", "A b: c",
        "é: b",
        "A: é", "A\t: b", "A: b\tc", "A: \"b, c\"", "X_Y: 1", "Keep-Alive: timeout=5", "Content-Length: 2, 2",
        "Content-Length:\t2", "Content_Length: 9", "X-Webhook_Signature: a",
    ]

    private static func request(_ random: inout SeededGenerator) -> String {
        let strange = (0..<Int.random(in: 0...4, using: &random)).map { _ in lines[random.index(below: lines.count)] }
        let usual = random.index(below: 4) == 0 ? strange : strange + ["Host: b", "Content-Length: 2"]
        let ends = ["\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r"]
        let head = usual.map { $0 + ends[random.index(below: ends.count)] }.joined()
        let bodies = ["{}", "{}", "{}", "", "{", "{\"\"}", "{}{}"]
        return "POST /webhook HTTP/1.1\r\n" + head + "\r\n" + bodies[random.index(below: bodies.count)]
    }
}

/// What is read of a request.
private struct Seen: Equatable {
    var signature: String?
    var timestamp: String?
    var body = ""

    /// Reads with the reader of usual requests.
    static func plain(_ bytes: [UInt8], start: [UInt8]) -> Seen? {
        bytes.withUnsafeBytes { bytes in
            PlainRequest(bytes, start: start).map { request in
                let text = { (place: Range<Int>) in String(decoding: bytes[place], as: UTF8.self) }
                return Seen(
                    signature: request.signature.map(text), timestamp: request.timestamp.map(text),
                    body: text(request.body))
            }
        }
    }

    /// Reads with NIO's decoder; `nil` where that does not see one whole request on a connection that is kept.
    static func decoded(_ bytes: [UInt8]) throws -> Seen? {
        let channel = EmbeddedChannel(
            handler: ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        try channel.writeInbound(ByteBuffer(bytes: bytes))
        var seen: Seen?
        var isWhole = false
        while let part = try channel.readInbound(as: HTTPServerRequestPart.self) {
            switch part {
            case .head(let head):
                guard seen == nil, head.isKeepAlive, head.method == .POST else { return nil }
                seen = Seen(
                    signature: head.headers["x-webhook-signature"].joinedOnce,
                    timestamp: head.headers["x-webhook-timestamp"].joinedOnce)
            case .body(let piece): seen?.body += String(buffer: piece)
            case .end: isWhole = true
            }
        }
        return isWhole ? seen : nil
    }
}

extension [String] {
    /// The values as one; `nil` where there is none.
    fileprivate var joinedOnce: String? { isEmpty ? nil : joined(separator: ", ") }
}

extension SeededGenerator {
    fileprivate mutating func index(below count: Int) -> Int { Int.random(in: 0..<count, using: &self) }
}
