// SPDX-License-Identifier: Apache-2.0

/// Sends webhooks to other servers.
package protocol UpstreamClient: Sendable {
    /// Sends a webhook on as it came and returns what the other server says, within the time that it is given.
    func send(_ webhook: ForwardedWebhook, to url: String, within time: Duration) async -> UpstreamReply
}
