// SPDX-License-Identifier: Apache-2.0

import Calls
import NIOHTTP1
import Signatures

/// The headers of a webhook (contract, section 1).
enum WebhookHeaders {
    /// Returns them for one body; without a secret nothing is signed.
    static func headers(
        of body: [UInt8], event: String, to target: WebhookTarget, secret: WebhookSecret?, at now: Instant
    ) -> HTTPHeaders {
        let timestamp = String(now.seconds)
        var headers: HTTPHeaders = [
            "Host": target.authority,
            "Content-Type": "application/json",
            "Content-Length": String(body.count),
            "User-Agent": "HMS-Sovereign/1.0",
            "X-Webhook-Event": event,
            "X-Webhook-Timestamp": timestamp,
        ]
        if let secret {
            headers.add(name: "X-Webhook-Signature", value: secret.signature(timestamp: timestamp, body: body))
        }
        return headers
    }
}
