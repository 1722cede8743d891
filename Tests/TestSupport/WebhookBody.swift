// SPDX-License-Identifier: Apache-2.0

package import JSON
import Calls

/// Builds the JSON of a webhook, as the platform sends it; every part has a default and can be replaced.
package struct WebhookBody: Sendable {
    package var type: JSONValue? = "assistant-request"
    package var timestamp: JSONValue? = "2026-07-01T10:00:00.000Z"
    package var call: JSONValue? = [
        "id": "c-0001", "type": "inbound_phone_call", "status": "ringing", "pipeline": "standard",
    ]
    package var phoneNumber: JSONValue? = ["id": "pn-01", "number": "+31205550100", "name": "Front desk"]
    package var customer: JSONValue? = ["number": "+31655501234"]
    /// The members after the common keys.
    package var more: [JSONValue.Member] = []

    package init() {}

    /// Returns a body with some parts replaced.
    package static func sample(_ change: (inout WebhookBody) -> Void = { _ in }) -> WebhookBody {
        var body = WebhookBody()
        change(&body)
        return body
    }

    /// The document as compact text.
    package var text: String {
        let common: [(String, JSONValue?)] = [
            ("type", type), ("timestamp", timestamp), ("call", call), ("phone_number", phoneNumber),
            ("customer", customer),
        ]
        let members = common.compactMap { key, value in value.map { JSONValue.Member(key, $0) } }
        return JSONValue.object([.init("message", .object(members + more))]).text
    }

    /// The document as compact UTF-8.
    package var bytes: [UInt8] { Array(text.utf8) }
}
