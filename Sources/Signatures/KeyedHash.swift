// SPDX-License-Identifier: Apache-2.0

import Crypto

/// Names for what must not be named: the same text and key give the same name, and without the key nothing leads back.
package enum KeyedHash {
    /// The first digits of HMAC-SHA256 in hexadecimal.
    package static func name(of text: String, key: [UInt8], digits: Int = 12) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key))
        let hexadecimal = code.map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
        return String(hexadecimal.prefix(digits))
    }
}
