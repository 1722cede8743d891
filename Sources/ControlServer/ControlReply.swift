// SPDX-License-Identifier: Apache-2.0

package import JSON
import WireFormat

/// What a route answers.
package struct ControlReply: Sendable {
    /// The HTTP status.
    package let status: Int
    /// The media type.
    package let contentType: String
    package let body: ControlBody

    package init(status: Int = 200, contentType: String, body: ControlBody) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// A JSON document that is written already.
    package static func json(_ bytes: [UInt8], status: Int = 200) -> ControlReply {
        ControlReply(status: status, contentType: "application/json", body: .bytes(bytes))
    }

    /// A JSON document.
    package static func json(_ document: JSONDocument, status: Int = 200) -> ControlReply {
        json(document.bytes, status: status)
    }

    /// Plain text.
    package static func text(_ text: String, status: Int = 200) -> ControlReply {
        ControlReply(status: status, contentType: "text/plain; charset=utf-8", body: .bytes(Array(text.utf8)))
    }

    /// An error in the form that every error has here: `{"error":{"code":…,"message":…}}`.
    ///
    /// The code is a word for programs, such as `not_found`, the message a sentence for the person.
    package static func failure(status: Int, code: String, message: String) -> ControlReply {
        json(ControlFailure(code, message).document, status: status)
    }
}
