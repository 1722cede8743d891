// SPDX-License-Identifier: Apache-2.0

package import Calls
import Crypto

/// Checks that a webhook was signed with one of our secrets, and lately (contract, section 2).
package struct SignatureVerifier: Sendable {
    /// How old or how far ahead a timestamp may be, in seconds; the SDK's window.
    package static let window: Int64 = 300

    private let secrets: [WebhookSecret]

    /// Creates a verifier that tries the secrets in turn; without any it accepts nothing.
    package init(secrets: [WebhookSecret]) {
        self.secrets = secrets
    }

    /// Accepts a webhook, or says why not.
    ///
    /// The raw bytes are signed, so this comes before any decoding. The signature is compared in constant time.
    package func verify(
        _ body: UnsafeRawBufferPointer, signature: String?, timestamp: String?, at now: Instant
    ) throws(Refusal) {
        guard let signature, !signature.isEmpty, let timestamp, !timestamp.isEmpty else {
            throw .missingSignature
        }
        guard let stamped = Self.seconds(timestamp), let expected = Self.code(signature) else { throw .badSignature }
        let age = now.seconds - stamped
        guard abs(age) <= Self.window else { throw .stale(age: age) }
        for secret in secrets where secret.code(timestamp: timestamp, body: body) == expected { return }
        throw .badSignature
    }

    /// Reads plain Unix seconds, 1 to 12 digits.
    private static func seconds(_ text: String) -> Int64? {
        guard (1...12).contains(text.utf8.count) else { return nil }
        var value: Int64 = 0
        for byte in text.utf8 {
            guard UInt8(ascii: "0") <= byte, byte <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return value
    }

    /// Reads `sha256=` and 64 lower-case hexadecimal digits; older documents leave the prefix away.
    private static func code(_ text: String) -> [UInt8]? {
        let digits = text.hasPrefix("sha256=") ? text.utf8.dropFirst(7) : text.utf8[...]
        guard digits.count == 64 else { return nil }
        var code: [UInt8] = []
        code.reserveCapacity(32)
        var high: UInt8?
        for byte in digits {
            guard let value = nibble(byte) else { return nil }
            if let first = high {
                code.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return code
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
