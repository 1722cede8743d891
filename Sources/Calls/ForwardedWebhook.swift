// SPDX-License-Identifier: Apache-2.0

/// A webhook on its way to another server: the bytes as they came, and the headers that sign them.
package struct ForwardedWebhook: Equatable, Sendable {
    package let body: [UInt8]
    /// `X-Webhook-Event`, `X-Webhook-Timestamp` and `X-Webhook-Signature`, as far as they came.
    package let headers: [Header]

    package init(body: [UInt8], headers: [Header]) {
        self.body = body
        self.headers = headers
    }

    /// A header with its value.
    package struct Header: Equatable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }
}
