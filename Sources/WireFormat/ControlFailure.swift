// SPDX-License-Identifier: Apache-2.0

package import Overrides
package import JSON
import Calls

/// Why the control socket did not do what it was asked: a word for scripts, and a sentence for people.
package struct ControlFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let code: String
    package let message: String

    package init(_ code: String, _ message: String) {
        self.code = code
        self.message = message
    }

    package init(_ refusal: OverrideError) {
        self.init(refusal.code, refusal.description)
    }

    package init(_ problem: DocumentProblem) {
        self.init("bad_document", problem.description)
    }

    package var description: String { message }

    package var document: JSONValue {
        .object([.init("error", .object([.init("code", .string(code)), .init("message", .string(message))]))])
    }

    /// Reads the body of an error.
    package static func read(_ bytes: [UInt8]) throws(DocumentProblem) -> ControlFailure {
        let fields = try ObjectReader(bytes).object("error")
        return ControlFailure(try fields.text("code"), try fields.text("message"))
    }
}
