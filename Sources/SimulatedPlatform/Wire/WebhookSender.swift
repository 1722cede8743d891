// SPDX-License-Identifier: Apache-2.0

/// Delivers webhooks as the platform does: `PlatformClient` over HTTP.
package protocol WebhookSender: Sendable {
    /// Posts a body and returns what came back.
    func post(_ body: [UInt8], event: String) async throws(PlatformError) -> PlatformReply
}
