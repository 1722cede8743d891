// SPDX-License-Identifier: Apache-2.0

/// A request to the webhook address, as the listener passes it on.
package struct InboundWebhook {
    /// The raw bytes; they are signed, so nothing may touch them before the signature is checked.
    ///
    /// Valid only during ``AnswerService/answer(_:)``.
    package let body: UnsafeRawBufferPointer
    /// `X-Webhook-Signature`; valid as long as the body is.
    package let signature: UnsafeRawBufferPointer?
    /// `X-Webhook-Timestamp`; valid as long as the body is.
    package let timestamp: UnsafeRawBufferPointer?
    /// The other end, such as `127.0.0.1`.
    package let peer: String
    /// `WallClock.ticks` when the first byte came.
    package let startedAt: UInt64

    package init(
        body: UnsafeRawBufferPointer, signature: UnsafeRawBufferPointer?, timestamp: UnsafeRawBufferPointer?,
        peer: String, startedAt: UInt64
    ) {
        self.body = body
        self.signature = signature
        self.timestamp = timestamp
        self.peer = peer
        self.startedAt = startedAt
    }

    /// Passes on a request whose headers are texts.
    package static func with<Result>(
        body: UnsafeRawBufferPointer, signature: String?, timestamp: String?, peer: String, startedAt: UInt64,
        _ use: (InboundWebhook) -> Result
    ) -> Result {
        let (signature, timestamp) = (signature.map { Array($0.utf8) }, timestamp.map { Array($0.utf8) })
        return (signature ?? []).withUnsafeBytes { signatureBytes in
            (timestamp ?? []).withUnsafeBytes { timestampBytes in
                use(
                    InboundWebhook(
                        body: body, signature: signature == nil ? nil : signatureBytes,
                        timestamp: timestamp == nil ? nil : timestampBytes, peer: peer, startedAt: startedAt))
            }
        }
    }
}
