// SPDX-License-Identifier: Apache-2.0

import Crypto

/// Names contents by what they are: two with the same digest have the same bytes.
package enum ContentDigest {
    /// The 32 bytes of the SHA-256 of contents.
    package static func sha256(_ contents: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: contents)) }
}
