// SPDX-License-Identifier: Apache-2.0

/// A `webhook_secret`, kept as a prepared key; its bytes are never shown.
package struct WebhookSecret: Sendable {
    private let key: HMACKey

    /// Creates a secret, or returns `nil` for an empty one, with which anyone could sign.
    package init?(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return nil }
        key = HMACKey(bytes)
    }

    /// Returns the MAC of `timestamp + "." + body` (docs/platform.md, Signatures).
    func code(timestamp: UnsafeRawBufferPointer, body: UnsafeRawBufferPointer) -> SHA256Digest {
        var hash = key.message
        let prefix = timestamp.count + 1
        // One update costs less than two: a usual webhook is joined on the stack, only a large one is not copied.
        let joined = prefix + min(body.count, Self.mostJoined)
        withUnsafeTemporaryAllocation(byteCount: joined, alignment: 1) { buffer in
            buffer.copyMemory(from: timestamp)
            buffer[prefix - 1] = UInt8(ascii: ".")
            UnsafeMutableRawBufferPointer(rebasing: buffer[prefix...]).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: body.prefix(joined - prefix)))
            hash.update(UnsafeRawBufferPointer(buffer))
        }
        if joined - prefix < body.count {
            hash.update(UnsafeRawBufferPointer(rebasing: body.dropFirst(joined - prefix)))
        }
        return key.code(of: hash)
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
        let code = Array(timestamp.utf8).withUnsafeBytes { timestamp in
            body.withUnsafeBytes { self.code(timestamp: timestamp, body: $0) }
        }
        return "sha256=" + code.hexadecimal
    }
}
