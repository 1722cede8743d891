// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Checks that a webhook was signed with one of our secrets, and recently (docs/platform.md, Signatures).
package struct SignatureVerifier: Sendable {
    private let secrets: [WebhookSecret]
    /// In seconds, worked out once: each webhook is compared with it.
    private static let oldest = PlatformLimits.signatureAge.components.seconds

    /// Creates a verifier that tries the secrets in turn; without any it accepts nothing.
    package init(secrets: [WebhookSecret]) {
        self.secrets = secrets
    }

    /// The secret that we sign with: the first, as the rules file has them.
    package var signing: WebhookSecret? { secrets.first }

    /// What is known of a webhook whose signature is ours.
    package struct Verified: Sendable {
        package let digest: WebhookDigest
        /// How long ago it was signed, in seconds by our clock; negative where the other clock is ahead.
        package let age: Int64
    }

    /// Accepts a webhook, or throws why not.
    ///
    /// The raw bytes are signed, so this comes before any decoding. The signature is compared in constant time.
    @discardableResult
    package func verify(
        _ body: UnsafeRawBufferPointer, signature: UnsafeRawBufferPointer?, timestamp: UnsafeRawBufferPointer?,
        at now: Instant
    ) throws(Refusal) -> Verified {
        guard let signature, !signature.isEmpty, let timestamp, !timestamp.isEmpty else {
            throw .missingSignature
        }
        guard let stamped = Self.seconds(timestamp) else { throw .badTimestamp }
        guard let claimed = SignatureCode(header: signature) else { throw .badSignature }
        let age = now.seconds - stamped
        guard abs(age) <= Self.oldest else { throw .stale(age: age) }
        for secret in secrets where claimed.matches(secret.code(timestamp: timestamp, body: body)) {
            return Verified(digest: WebhookDigest(claimed), age: age)
        }
        throw .badSignature
    }

    /// Reads plain Unix seconds, 1 to 12 digits.
    private static func seconds(_ digits: UnsafeRawBufferPointer) -> Int64? {
        guard (1...12).contains(digits.count) else { return nil }
        var value: Int64 = 0
        for byte in digits {
            guard UInt8(ascii: "0") <= byte, byte <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return value
    }
}
