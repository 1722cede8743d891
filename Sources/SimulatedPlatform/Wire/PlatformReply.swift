// SPDX-License-Identifier: Apache-2.0

/// What a server said to a webhook.
package struct PlatformReply: Hashable, Sendable {
    package let status: Int
    package let body: [UInt8]
    /// From the first byte sent to the last byte received; connecting is not counted.
    package let milliseconds: Double

    package init(status: Int, body: [UInt8], milliseconds: Double) {
        self.status = status
        self.body = body
        self.milliseconds = milliseconds
    }
}
