// SPDX-License-Identifier: Apache-2.0

import Testing

/// What goes over one connection, and all that comes back.
struct HTTPExample: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let sent: [String]
    let received: String

    init(_ name: String, _ sent: String..., gets received: String...) {
        testDescription = name
        self.sent = sent
        self.received = received.joined()
    }

    /// Cuts what is sent into single bytes.
    var inSingleBytes: [String] { sent.joined().utf8.map { String(UnicodeScalar($0)) } }
}
