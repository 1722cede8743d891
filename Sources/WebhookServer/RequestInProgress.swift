// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import NIOCore
import NIOHTTP1

/// A request that has not arrived completely.
struct RequestInProgress {
    /// The headers of a request that was decoded; a plain one has its own in its bytes.
    private var signature: String?
    private var timestamp: String?
    /// `X-Forwarded-For`, as it came.
    private(set) var forwardedFor: String?
    /// The body's length as the head announces it.
    private(set) var announcedSize: Int?
    /// The announced length is a number that no body can have.
    private(set) var hasImpossibleSize = false
    /// The request names its host once, as HTTP/1.1 requires.
    var hasOneHost: Bool { hosts == 1 }
    private var hosts = 0
    /// A transfer coding other than `chunked`.
    private(set) var hasUnknownCoding = false
    /// What the client waits for before it sends the body.
    private(set) var expectation = Expectation.none
    let isLast: Bool
    /// The client speaks HTTP/1.0 and keeps the connection open if the reply does.
    let isKeptByRequest: Bool
    let isHead: Bool
    let startedAt: UInt64
    /// What has arrived of the body of a request that is decoded.
    private var body: ByteBuffer?
    private let head: Head

    /// What a client waits for before it sends the body.
    enum Expectation {
        case none
        /// `100 Continue`.
        case goAhead
        case unknown
    }

    /// The head as received; few requests need it again.
    private enum Head {
        case decoded(HTTPHeaders)
        /// The read that held a plain request, and what was found in it.
        case plain(ByteBuffer, PlainRequest)
    }

    init(_ head: HTTPRequestHead, startedAt: UInt64) {
        isLast = !head.isKeepAlive
        isKeptByRequest = head.isKeepAlive && head.version == .http1_0
        isHead = head.method == .HEAD
        self.startedAt = startedAt
        self.head = .decoded(head.headers)
        for header in head.headers { note(header.name, header.value) }
        // RFC 9110, section 10.1.1: an expectation in HTTP/1.0 is ignored.
        if head.version == .http1_0 { hosts = 1 }
        if head.version == .http1_0 { expectation = .none }
    }

    /// Takes a plain request out of a read, or returns `nil` for anything else.
    init?(plain read: ByteBuffer, start: [UInt8], startedAt: UInt64?) {
        let found = read.withUnsafeReadableBytes { bytes in
            PlainRequest(bytes, start: start).map { ($0, bytes.text(at: $0.forwardedFor)) }
        }
        guard let (request, forwardedFor) = found, let startedAt else { return nil }
        isLast = false
        isKeptByRequest = false
        hosts = 1
        isHead = false
        self.startedAt = startedAt
        head = .plain(read, request)
        self.forwardedFor = forwardedFor
        announcedSize = request.body.count
        size = request.body.count
    }

    /// Passes the whole request on, as the client with that address sent it.
    func withWebhook<Result>(of peer: String, _ use: (InboundWebhook) -> Result) -> Result {
        switch head {
        case .decoded:
            (body ?? ByteBuffer()).withUnsafeReadableBytes {
                InboundWebhook.with(
                    body: $0, signature: signature, timestamp: timestamp, peer: peer, startedAt: startedAt, use)
            }
        case .plain(let read, let request):
            read.withUnsafeReadableBytes { bytes in
                func piece(_ place: Range<Int>) -> UnsafeRawBufferPointer {
                    UnsafeRawBufferPointer(rebasing: bytes[place])
                }
                return use(
                    InboundWebhook(
                        body: piece(request.body), signature: request.signature.map(piece),
                        timestamp: request.timestamp.map(piece), peer: peer, startedAt: startedAt))
            }
        }
    }

    /// Looks at each header once, and at its letters only where the length fits.
    private mutating func note(_ name: String, _ value: String) {
        switch name.utf8.count {
        case 4 where name.lowercased() == "host": hosts += 1
        case 6 where name.lowercased() == "expect":
            expectation = Self.expectation(Self.inner(value), after: expectation)
        case 14 where name.lowercased() == "content-length":
            announcedSize = Int(Self.inner(value))
            hasImpossibleSize = announcedSize == nil
        case 15 where name.lowercased() == "x-forwarded-for":
            forwardedFor = Self.joined(forwardedFor, Self.inner(value))
        case 17 where name.lowercased() == "transfer-encoding":
            hasUnknownCoding = hasUnknownCoding || Self.inner(value).lowercased() != "chunked"
        case 19:
            let name = name.lowercased()
            if name == "x-webhook-signature" { signature = Self.joined(signature, Self.inner(value)) }
            if name == "x-webhook-timestamp" { timestamp = Self.joined(timestamp, Self.inner(value)) }
        default: break
        }
    }

    private static func expectation(_ value: String, after earlier: Expectation) -> Expectation {
        if value.isEmpty { return earlier }
        return earlier != .unknown && value.lowercased() == "100-continue" ? .goAhead : .unknown
    }

    /// The `X-Webhook-*` headers, for a server that gets the request unchanged.
    var webhookHeaders: [ForwardedWebhook.Header] {
        switch head {
        case .decoded(let headers):
            headers.filter { $0.name.lowercased().hasPrefix("x-webhook-") }.map {
                .init(name: $0.name, value: Self.inner($0.value))
            }
        case .plain(let read, _): read.withUnsafeReadableBytes { PlainRequest.webhookHeaders(in: $0) }
        }
    }

    /// How many bytes of the body have arrived.
    private(set) var size = 0

    /// Adds a piece of the body; the first one is not copied.
    mutating func append(_ piece: ByteBuffer) {
        size += piece.readableBytes
        if body == nil {
            body = piece
        } else {
            body?.writeImmutableBuffer(piece)
        }
    }

    /// Counts a piece of the body and discards it.
    mutating func pass(_ piece: ByteBuffer) {
        size += piece.readableBytes
    }

    /// The value without the white space around it, which is not part of it (RFC 9110, section 5.5).
    private static func inner(_ value: String) -> String {
        let isBlank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard value.utf8.first.map(isBlank) == true || value.utf8.last.map(isBlank) == true else { return value }
        var text = value.utf8.drop(while: isBlank)
        while text.last.map(isBlank) == true { text.removeLast() }
        return String(Substring(text))
    }

    /// A header that came twice is joined, as HTTP has it, and then matches nothing (docs/platform.md, Signatures).
    private static func joined(_ earlier: String?, _ value: String) -> String {
        earlier.map { $0 + ", " + value } ?? value
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func text(at place: Range<Int>?) -> String? {
        place.map { String(decoding: self[$0], as: UTF8.self) }
    }
}
