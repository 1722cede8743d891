// SPDX-License-Identifier: Apache-2.0

package import JSON
import Calls
package import Overrides

extension AuditEntry {
    /// The entry as one line of `audit.jsonl`; scripts rely on the keys.
    ///
    /// `old` and `new` are the words that callers heard before and hear since, as far as this override goes: one that
    /// ended says `null` for `new`, whatever counts in its place.
    package var document: JSONValue {
        let heard = JSONValue.string(override.heard)
        return .object([
            .init("n", .integer(number)), .init("at", .string(at.iso8601)), .init("who", who?.document ?? .null),
            .init("event", .string(event.rawValue)), .init("kind", .string(override.kind.word)),
            .init("scope", .string(override.scope.description)), .init("id", .integer(override.id)),
            .init("old", event.begins ? old.map(JSONValue.string) ?? .null : heard),
            .init("new", event.begins ? heard : .null), .init("reason", .string(override.reason)),
            .init("since", .string(override.since.iso8601)),
            .init("until", override.until.map { .string($0.iso8601) } ?? .null),
            .init("set_by", override.who.document),
        ])
    }

    /// Reads what `document` writes.
    package init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        let fields = try ObjectReader(value, at: place)
        guard let event = Event(rawValue: try fields.text("event")) else {
            let words = Event.allCases.map(\.rawValue).formattedList
            throw fields.problem("event", "must be one of \(words)")
        }
        let override = Override(
            id: try fields.count("id", from: 1), kind: try Override.Kind(fields, textIn: event.begins ? "new" : "old"),
            scope: try Scope(try fields.required("scope"), at: fields.path("scope")), reason: try fields.text("reason"),
            who: try Operator(try fields.object("set_by")), since: try fields.instant("since"),
            until: try fields.optionalInstant("until"))
        self.init(
            number: try fields.count("n", from: 1), at: try fields.instant("at"),
            who: fields.value("who") == nil ? nil : try Operator(try fields.object("who")), event: event,
            override: override, old: event.begins ? try fields.optionalText("old") : nil)
    }

    /// Reads one line of the audit; `nil` for one that was torn or is none.
    package init?(line: some Sequence<UInt8>) {
        guard let value = JSONReader.read(Array(line)) else { return nil }
        do throws(DocumentProblem) {
            try self.init(value, at: "")
        } catch {
            return nil
        }
    }
}
