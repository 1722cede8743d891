// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// A request whose last byte has not come yet.
struct RequestInProgress {
    private(set) var signature: String?
    private(set) var timestamp: String?
    /// The body's length as the head announces it.
    private(set) var announcedSize: Int?
    /// The other end waits for a word before it sends the body.
    private(set) var awaitsContinue = false
    let isLast: Bool
    let isHead: Bool
    let startedAt: UInt64
    private(set) var body: ByteBuffer?

    init(_ head: HTTPRequestHead, startedAt: UInt64) {
        isLast = !head.isKeepAlive
        isHead = head.method == .HEAD
        self.startedAt = startedAt
        for header in head.headers { note(header.name, header.value) }
    }

    /// Looks at each header once, and at its letters only where the length fits.
    private mutating func note(_ name: String, _ value: String) {
        switch name.utf8.count {
        case 6 where name.lowercased() == "expect": awaitsContinue = value.lowercased() == "100-continue"
        case 14 where name.lowercased() == "content-length": announcedSize = Int(value)
        case 19:
            let name = name.lowercased()
            if name == "x-webhook-signature" { signature = Self.joined(signature, value) }
            if name == "x-webhook-timestamp" { timestamp = Self.joined(timestamp, value) }
        default: break
        }
    }

    /// How many bytes of the body have come.
    private(set) var size = 0

    /// Adds a piece of the body; the first one is taken over, not copied.
    mutating func append(_ piece: ByteBuffer) {
        size += piece.readableBytes
        if body == nil {
            body = piece
        } else {
            body?.writeImmutableBuffer(piece)
        }
    }

    /// Counts a piece of the body and lets it go.
    mutating func pass(_ piece: ByteBuffer) {
        size += piece.readableBytes
    }

    /// A header that came twice is joined, as HTTP has it, and then matches nothing (contract, section 2).
    private static func joined(_ earlier: String?, _ value: String) -> String {
        earlier.map { $0 + ", " + value } ?? value
    }
}
