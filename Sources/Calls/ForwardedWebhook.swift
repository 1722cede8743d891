// SPDX-License-Identifier: Apache-2.0

/// A webhook that another server gets as it came, so that it can check the platform's signature itself.
package struct ForwardedWebhook: Hashable, Sendable {
    /// The raw bytes that were signed.
    package let body: [UInt8]
    /// The `X-Webhook-*` headers in the order in which they came.
    package let headers: [Header]

    package init(body: [UInt8], headers: [Header]) {
        self.body = body
        self.headers = headers
    }

    /// One header of a webhook.
    package struct Header: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }
}
