// SPDX-License-Identifier: Apache-2.0

import Testing

/// A JSON text, written as bytes or as text, put into an otherwise good webhook.
struct JSONCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]

    init(_ text: String) {
        testDescription = text
        bytes = Array(text.utf8)
    }

    init(bytes: [UInt8]) {
        testDescription = bytes.map { String($0, radix: 16) }.joined(separator: " ")
        self.bytes = bytes
    }

    /// The webhook that holds it.
    var webhook: [UInt8] { Array(#"{"message":{"type":"x"},"v":"#.utf8) + bytes + [UInt8(ascii: "}")] }
}
