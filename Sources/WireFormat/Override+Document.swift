// SPDX-License-Identifier: Apache-2.0

package import Overrides
package import JSON
import Calls

extension Override {
    /// The override as outputs and files have it (design, section 2: `status --json`); `by` names the operator in parts.
    package var document: JSONValue {
        .object([
            .init("id", .integer(id)), .init("kind", .string(kind.word)), .init("scope", .string(scope.description)),
            .init("text", kind.text.map(JSONValue.string) ?? .null), .init("reason", .string(reason)),
            .init("who", .string(who.description)), .init("since", .string(since.iso8601)),
            .init("until", until.map { .string($0.iso8601) } ?? .null), .init("by", who.document),
        ])
    }

    package init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        let fields = try ObjectReader(value, at: place)
        self.init(
            id: try fields.integer("id"), kind: try Kind(fields),
            scope: try Scope(try fields.required("scope"), at: fields.path("scope")),
            reason: try fields.optionalText("reason") ?? "", who: try Operator(try fields.object("by")),
            since: try fields.instant("since"), until: try fields.optionalInstant("until"))
    }
}

extension Override.Kind {
    /// Reads `kind` and the text that belongs to it.
    package init(_ fields: ObjectReader, textIn key: String = "text") throws(DocumentProblem) {
        switch try fields.text("kind") {
        case "closed": self = .closed(says: try fields.text(key))
        case "inform": self = .inform(says: try fields.text(key))
        case "open": self = .forcedOpen
        case "greeting": self = .greeting(try fields.text(key))
        default: throw fields.problem("kind", "must be closed, inform, open or greeting")
        }
    }
}
