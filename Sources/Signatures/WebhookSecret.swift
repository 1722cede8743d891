// SPDX-License-Identifier: Apache-2.0

import Crypto

/// A `webhook_secret`, kept as a prepared key; its bytes are never shown.
///
/// The code is HMAC-SHA256 (RFC 2104), written out on the library's SHA-256: the library's own HMAC is generic and is not
/// specialised across modules, which costs more than the hashing.
package struct WebhookSecret: Sendable {
    /// The hash after the key's inner padding: preparing the key is most of the cost of a short HMAC.
    private let inner: SHA256
    /// The hash after its outer padding.
    private let outer: SHA256

    /// The block of SHA-256, in bytes.
    private static let block = 64

    /// Creates a secret, or returns `nil` for an empty one, with which anyone could sign.
    package init?(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return nil }
        let key = bytes.count > Self.block ? Array(SHA256.hash(data: bytes)) : bytes
        inner = Self.hash(after: key, padding: 0x36)
        outer = Self.hash(after: key, padding: 0x5C)
    }

    private static func hash(after key: [UInt8], padding: UInt8) -> SHA256 {
        let padded = (0..<block).map { ($0 < key.count ? key[$0] : 0) ^ padding }
        var hash = SHA256()
        hash.update(data: padded)
        return hash
    }

    /// Returns the MAC of `timestamp + "." + body` (docs/platform.md, Signatures).
    func code(timestamp: String, body: UnsafeRawBufferPointer) -> SHA256Digest {
        var hash = inner
        var timestamp = timestamp
        let prefix = timestamp.utf8.count + 1
        // One update costs less than two: a usual webhook is joined on the stack, only a large one is not copied.
        let joined = prefix + min(body.count, Self.mostJoined)
        withUnsafeTemporaryAllocation(byteCount: joined, alignment: 1) { buffer in
            timestamp.withUTF8 { buffer.copyMemory(from: UnsafeRawBufferPointer($0)) }
            buffer[prefix - 1] = UInt8(ascii: ".")
            UnsafeMutableRawBufferPointer(rebasing: buffer[prefix...]).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: body.prefix(joined - prefix)))
            hash.update(bufferPointer: UnsafeRawBufferPointer(buffer))
        }
        if joined - prefix < body.count {
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: body.dropFirst(joined - prefix)))
        }
        var code = outer
        hash.finalize().withUnsafeBytes { code.update(bufferPointer: $0) }
        return code.finalize()
    }

    /// How many bytes of a body are copied after its timestamp.
    private static let mostJoined = 960
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { "(secret)" }
    package var debugDescription: String { description }
}

extension WebhookSecret {
    /// Returns the value of `X-Webhook-Signature` for a body, as the platform computes it.
    package func signature(timestamp: String, body: [UInt8]) -> String {
        let code = body.withUnsafeBytes { self.code(timestamp: timestamp, body: $0) }
        return "sha256=" + code.map(hexadecimal).joined()
    }

    private func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }
}
