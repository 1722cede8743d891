// SPDX-License-Identifier: Apache-2.0

import CLibcrypto

/// A SHA-256 that is being computed by libcrypto; a copy goes on from where the original is.
struct SHA256Hash: Sendable {
    private var state = sb_sha256_begin()

    mutating func update(_ bytes: UnsafeRawBufferPointer) { sb_sha256_update(&state, bytes.baseAddress, bytes.count) }

    mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

    /// The hash of all that came; nothing may be added afterwards.
    consuming func finish() -> SHA256Digest {
        var state = state
        return SHA256Digest(sb_sha256_end(&state))
    }
}

/// The 32 bytes of a SHA-256, or of a code made of two.
struct SHA256Digest: Sendable {
    private let digest: sb_digest

    fileprivate init(_ digest: sb_digest) { self.digest = digest }

    /// The code of HMAC-SHA256 (RFC 2104) as the library computes it; `nil` if it cannot.
    init?(hmacOf bytes: [UInt8], key: [UInt8]) {
        var digest = sb_digest()
        guard sb_hmac_sha256(key, key.count, bytes, bytes.count, &digest) else { return nil }
        self.init(digest)
    }

    /// Its bytes in four words, as they are in memory.
    var words: (UInt64, UInt64, UInt64, UInt64) { digest.words }

    var bytes: [UInt8] { withUnsafeBytes(of: digest.words) { Array($0) } }

    /// In lower-case hexadecimal.
    var hexadecimal: String {
        bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    /// Compares in constant time.
    func isSame(as words: (UInt64, UInt64, UInt64, UInt64)) -> Bool {
        sb_digests_equal(digest, sb_digest(words: words))
    }
}
