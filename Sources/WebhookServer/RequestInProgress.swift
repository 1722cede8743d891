// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// A request whose last byte has not come yet.
struct RequestInProgress {
    let signature: String?
    let timestamp: String?
    let isLast: Bool
    let isHead: Bool
    let startedAt: UInt64
    private(set) var body: ByteBuffer?

    init(_ head: HTTPRequestHead, startedAt: UInt64) {
        signature = Self.only(head.headers, "x-webhook-signature")
        timestamp = Self.only(head.headers, "x-webhook-timestamp")
        isLast = !head.isKeepAlive
        isHead = head.method == .HEAD
        self.startedAt = startedAt
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
    private static func only(_ headers: HTTPHeaders, _ name: String) -> String? {
        guard let value = headers.first(name: name) else { return nil }
        let all = headers[name]
        return all.count == 1 ? value : all.joined(separator: ", ")
    }
}
