// SPDX-License-Identifier: Apache-2.0

package import JSON
import Calls
package import Overrides

extension UndoableChange {
    /// The change as files have it.
    package var document: JSONValue {
        .object([
            .init("at", .string(at.iso8601)), .init("by", who.document), .init("words", .string(words)),
            .init("begun", .array(begun.map(\.document))), .init("ended", .array(ended.map(\.document))),
        ])
    }

    /// Reads what `document` writes.
    package init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        let fields = try ObjectReader(value, at: place)
        self.init(
            at: try fields.instant("at"), who: try Operator(try fields.object("by")), words: try fields.text("words"),
            begun: try fields.list("begun", Override.init), ended: try fields.list("ended", Override.init))
    }
}
