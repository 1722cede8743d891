// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import TestSupport

/// HTTP as it goes over the wire.
enum Wire {
    /// A complete request.
    static func request(
        _ start: String = "POST /webhook HTTP/1.1", _ headers: [String] = [], body: String = ""
    ) -> String {
        let length = body.isEmpty ? [] : ["Content-Length: \(body.utf8.count)"]
        return ([start, "Host: localhost"] + headers + length).joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    /// A response as the server writes it.
    static func response(_ status: String, _ body: String, _ headers: String = "") -> String {
        "HTTP/1.1 \(status)\r\ncontent-type: application/json\r\ncontent-length: \(body.utf8.count)\r\n\(headers)\r\n"
            + body
    }

    /// The assistant-request of a call.
    static func call(_ id: String = "c-0001") -> String {
        WebhookBody.sample { $0.call = ["id": .string(id)] }.text
    }

    static let close = "connection: close\r\n"
    static let last = ["Connection: close"]
    /// What every call is answered.
    static let greeting = #"{"assistant":{"first_message":"Hi"}}"#
    static let greeted = response("200 OK", greeting)
    static let lastGreeted = response("200 OK", greeting, close)

    /// A refusal with its words.
    static func refusal(_ status: String, _ words: String, _ headers: String = "") -> String {
        response(status, "{\"error\":\"\(words)\"}", headers)
    }
}
