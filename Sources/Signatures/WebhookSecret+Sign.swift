// SPDX-License-Identifier: Apache-2.0

import Crypto

extension WebhookSecret {
    /// Returns the value of `X-Webhook-Signature` for a body, as the platform computes it.
    package func signature(timestamp: String, body: [UInt8]) -> String {
        let code = body.withUnsafeBytes { self.code(timestamp: timestamp, body: $0) }
        return "sha256=" + code.map(hexadecimal).joined()
    }

    private func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }
}
