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
        var prefix = timestamp
        prefix.append(".")
        prefix.withUTF8 { mac.update(data: UnsafeRawBufferPointer($0)) }
        mac.update(data: body)
        return mac.finalize()
    }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { "(secret)" }
    package var debugDescription: String { description }
}
