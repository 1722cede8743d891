// SPDX-License-Identifier: Apache-2.0

/// A request to the webhook address, as the listener passes it on.
package struct InboundWebhook {
    /// The raw bytes; they are signed, so nothing may touch them before the signature is checked.
    ///
    /// Valid only during ``AnswerService/answer(_:)``.
    package let body: UnsafeRawBufferPointer
    /// `X-Webhook-Signature`.
    package let signature: String?
    /// `X-Webhook-Timestamp`.
    package let timestamp: String?
    /// The other end, such as `127.0.0.1`.
    package let peer: String
    /// `WallClock.ticks` when the first byte came.
    package let startedAt: UInt64

    package init(
        body: UnsafeRawBufferPointer, signature: String?, timestamp: String?, peer: String, startedAt: UInt64
    ) {
        self.body = body
        self.signature = signature
        self.timestamp = timestamp
        self.peer = peer
        self.startedAt = startedAt
    }
}
