// SPDX-License-Identifier: Apache-2.0

/// Passes webhooks on to other servers.
package protocol WebhookForwarder: Sendable {
    /// Sends a webhook and waits for the reply, at most as long as the limit says.
    func forward(_ webhook: ForwardedWebhook, to url: String, within limit: Duration) async -> ForwardOutcome
}
