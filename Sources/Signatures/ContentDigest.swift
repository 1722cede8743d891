// SPDX-License-Identifier: Apache-2.0

/// Names contents by what they are: two with the same digest have the same bytes.
package enum ContentDigest {
    /// The 32 bytes of the SHA-256 of contents.
    package static func sha256(_ contents: [UInt8]) -> [UInt8] {
        var hash = SHA256Hash()
        hash.update(contents)
        return hash.finish().bytes
    }
}
