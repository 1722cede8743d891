// SPDX-License-Identifier: Apache-2.0

/// Names for what must not be named: the same text and key give the same name, and without the key nothing leads back.
package enum KeyedHash {
    /// The first digits of HMAC-SHA256 in hexadecimal.
    package static func name(of text: String, key: [UInt8], digits: Int = 12) -> String {
        let key = HMACKey(key)
        var message = key.message
        message.update(Array(text.utf8))
        return String(key.code(of: message).hexadecimal.prefix(digits))
    }
}
