// SPDX-License-Identifier: Apache-2.0

/// One webhook that went out, and what came back.
package struct SentWebhook: Sendable {
    package let callID: String
    package let type: String
    /// The body as it went out.
    package let body: [UInt8]
    package let result: Result<PlatformReply, PlatformError>

    package init(callID: String, type: String, body: [UInt8], result: Result<PlatformReply, PlatformError>) {
        self.callID = callID
        self.type = type
        self.body = body
        self.result = result
    }
}
