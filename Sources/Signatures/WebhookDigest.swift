// SPDX-License-Identifier: Apache-2.0

/// What two webhooks share only if they have the same bytes and the same timestamp.
package struct WebhookDigest: Hashable, Sendable {
    private let first: UInt64
    private let second: UInt64
    private let third: UInt64
    private let fourth: UInt64

    private init(_ words: (UInt64, UInt64, UInt64, UInt64)) {
        (first, second, third, fourth) = words
    }

    /// The digest of a webhook whose signature was verified: the signature covers both.
    init(_ code: SignatureCode) {
        self.init(code.words)
    }

    /// The digest of a webhook that is not signed.
    package init(unsigned body: UnsafeRawBufferPointer, timestamp: UnsafeRawBufferPointer?) {
        var hash = SHA256Hash()
        if let timestamp { hash.update(timestamp) }
        hash.update([UInt8(ascii: ".")])
        hash.update(body)
        self.init(hash.finish().words)
    }

    /// The words are a cryptographic hash already.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(first)
    }
}
