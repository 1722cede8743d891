// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials

/// A `webhook_secret`, kept as a prepared key; its bytes are never shown.
package struct WebhookSecret: Sendable {
    /// The key's padding is hashed once here: that is most of the cost of a short HMAC.
    let keyed: HMAC<SHA256>

    /// Creates a secret, or returns `nil` for an empty one, which would accept what anybody signs with nothing.
    package init?(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return nil }
        keyed = HMAC(key: SymmetricKey(data: bytes))
    }

    /// Returns the MAC of `timestamp + "." + body` (contract, section 2).
    func code(timestamp: String, body: UnsafeRawBufferPointer) -> HMAC<SHA256>.MAC {
        var mac = keyed
        let prefix = timestamp.utf8.count + 1
        // One update costs less than two: a usual webhook is joined on the stack, only a large one is not copied.
        let joined = prefix + min(body.count, Self.mostJoined)
        withUnsafeTemporaryAllocation(byteCount: joined, alignment: 1) { buffer in
            _ = UnsafeMutableRawBufferPointer(rebasing: buffer[..<(prefix - 1)]).initializeMemory(
                as: UInt8.self, from: timestamp.utf8)
            buffer[prefix - 1] = UInt8(ascii: ".")
            UnsafeMutableRawBufferPointer(rebasing: buffer[prefix...]).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: body.prefix(joined - prefix)))
            mac.update(data: UnsafeRawBufferPointer(buffer))
        }
        if joined - prefix < body.count {
            mac.update(data: UnsafeRawBufferPointer(rebasing: body.dropFirst(joined - prefix)))
        }
        return mac.finalize()
    }

    /// How many bytes of a body are copied behind its timestamp.
    private static let mostJoined = 960
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { "(secret)" }
    package var debugDescription: String { description }
}
