// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOEmbedded
import NIOHTTP1
import TestSupport
import Testing
import WebhookServer

/// The bounds of requests are where NIO's decoder finds them, however the bytes are cut.
@Suite struct RequestBoundsTests {
    private static let requests = [
        "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
        "\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /webhook HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n\r\n{}",
        "POST /webhook HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
        "POST /webhook HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\n{\n}\r\nA\r\n\r\n\r\n0\r\n\r\n6\r\n0\r\n\r\n",
        "POST /webhook HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nT: u\r\nV: w\r\n\r\n",
        "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
    ]

    @Test func anyRequestsInAnyReads() throws {
        var random = SeededGenerator(seed: 20_261_129)
        for _ in 0..<400 {
            let chosen = (0..<4).map { _ in Self.requests[Int.random(in: 0..<Self.requests.count, using: &random)] }
            let bytes = Array(chosen.joined().utf8)
            let whole = try Decoding()
            try whole.take(bytes[...], cutting: false)
            let cut = try Decoding()
            var ends: [Int] = []
            var place = 0
            while place < bytes.count {
                let next = min(bytes.count, place + Int.random(in: 1...60, using: &random))
                try cut.take(bytes[place..<next])
                place = next
                if cut.bounds.isBetween { ends.append(place) }
            }
            #expect(cut.parts == whole.parts)
            #expect(cut.bounds.isBetween)
            let bounds = chosen.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.utf8.count) }
            // An empty line before a request belongs to none.
            #expect(ends.allSatisfy { end in bounds.contains { end == $0 || (end - 2...end).contains($0) } })
        }
    }

    @Test func emptyLinesBetweenRequestsBeginNone() throws {
        let decoding = try Decoding()
        for text in [Self.requests[0] + "\r\n", "\r\n\r\n", "\r"] {
            try decoding.take(Array(text.utf8)[...])
            #expect(decoding.bounds.isBetween)
        }
        try decoding.take(Array("\nG".utf8)[...])
        #expect(!decoding.bounds.isBetween)
    }

    @Test(arguments: requests) func aRequestThatIsCutAnywhereHasBegun(_ request: String) throws {
        let bytes = Array(request.utf8)
        let begins = bytes.firstIndex { $0 != 13 && $0 != 10 } ?? 0
        for end in begins + 1..<bytes.count {
            let decoding = try Decoding()
            try decoding.take(bytes[..<end])
            #expect(!decoding.bounds.isBetween, "\(String(decoding: bytes[..<end], as: UTF8.self).debugDescription)")
            try decoding.take(bytes[end...])
            #expect(decoding.bounds.isBetween)
        }
    }
}

/// NIO's decoder, and the bounds in front of it.
private final class Decoding {
    var bounds = RequestBounds(largestBody: 1000)
    /// What was decoded, the pieces of a body as one.
    var parts: [String] = []
    private let channel = EmbeddedChannel()

    init() throws {
        try channel.pipeline.syncOperations.addHandler(
            ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
    }

    deinit { _ = try? channel.finish(acceptAlreadyClosed: true) }

    func take(_ bytes: ArraySlice<UInt8>, cutting: Bool = true) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = cutting ? rest.withUnsafeBytes { bounds.take($0) } : rest.count
            try #require(count > 0)
            try channel.writeInbound(ByteBuffer(bytes: rest.prefix(count)))
            rest = rest.dropFirst(count)
            while let part = try channel.readInbound(as: HTTPServerRequestPart.self) {
                bounds.note(part)
                switch part {
                case .head(let head): parts.append("\(head.method) \(head.uri)")
                case .body(let piece):
                    if parts.last?.hasPrefix(">") != true { parts.append(">") }
                    parts[parts.count - 1] += String(buffer: piece)
                case .end: parts.append("end")
                }
            }
        }
    }
}
