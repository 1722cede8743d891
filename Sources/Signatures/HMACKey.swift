// SPDX-License-Identifier: Apache-2.0

/// A key of HMAC-SHA256 (RFC 2104), prepared: that is most of the cost of a short code.
///
/// It is written out on the library's SHA-256, since the library's own HMAC prepares the key and allocates for each code. The
/// tests compare the two.
struct HMACKey: Sendable {
    /// The hash after the key's inner padding, to which a message is added.
    let message: SHA256Hash
    /// The hash after its outer padding.
    private let outer: SHA256Hash

    /// The block of SHA-256, in bytes.
    private static let block = 64

    init(_ bytes: [UInt8]) {
        let key = bytes.count > Self.block ? ContentDigest.sha256(bytes) : bytes
        message = Self.hash(after: key, padding: 0x36)
        outer = Self.hash(after: key, padding: 0x5C)
    }

    private static func hash(after key: [UInt8], padding: UInt8) -> SHA256Hash {
        var hash = SHA256Hash()
        hash.update((0..<block).map { ($0 < key.count ? key[$0] : 0) ^ padding })
        return hash
    }

    /// The code of a message that was added to ``message``.
    func code(of message: consuming SHA256Hash) -> SHA256Digest {
        var code = outer
        withUnsafeBytes(of: message.finish().words) { code.update($0) }
        return code.finish()
    }
}

/// HMAC-SHA256 as the library computes it, to compare with.
package enum LibraryHMAC {
    /// The 32 bytes of the code; `nil` if the library cannot compute it.
    package static func code(of bytes: [UInt8], key: [UInt8]) -> [UInt8]? {
        SHA256Digest(hmacOf: bytes, key: key)?.bytes
    }
}
