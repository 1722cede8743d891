// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls

extension OrderDocument {
    /// Reads an order strictly: a key that nobody reads would be an order that is not carried out.
    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        let fields = try ObjectReader(bytes)
        switch try fields.text("act") {
        case "begin":
            try fields.allow(only: ["act", "kind", "text", "scopes", "reason", "until", "for_seconds", "who"])
            let (kind, isDefault) = try Override.Kind.ordered(fields)
            self.init(
                order: .begin(
                    kind, scopes: try fields.list("scopes", Scope.init),
                    reason: try fields.optionalText("reason") ?? "", until: try Until(fields)),
                who: try Operator.optional(fields), wantsDefaultText: isDefault)
        case "open": self.init(order: .open(try fields.scopes()), who: try Operator.optional(fields))
        case "follow hours": self.init(order: .followHours(try fields.scopes()), who: try Operator.optional(fields))
        case "clear greeting":
            self.init(order: .clearGreeting(try fields.scopes()), who: try Operator.optional(fields))
        case "end":
            try fields.allow(only: ["act", "id", "who"])
            self.init(order: .end(id: try fields.integer("id")), who: try Operator.optional(fields))
        case "undo":
            try fields.allow(only: ["act", "who"])
            self.init(order: .undo, who: try Operator.optional(fields))
        default:
            throw fields.problem("act", "must be begin, open, follow hours, clear greeting, end or undo")
        }
    }
}

extension ObjectReader {
    /// The scopes of an order that has nothing else.
    fileprivate func scopes() throws(DocumentProblem) -> [Scope] {
        try allow(only: ["act", "scopes", "who"])
        return try list("scopes", Scope.init)
    }
}

extension Override.Kind {
    /// Reads the kind of an order; a closure without a text is one with the text of the rules file.
    fileprivate static func ordered(_ fields: ObjectReader) throws(DocumentProblem) -> (Override.Kind, isDefault: Bool)
    {
        let text = try fields.optionalText("text")
        switch try fields.text("kind") {
        case "closed": return (.closed(says: text ?? ""), text == nil)
        case "inform": return (.inform(says: text ?? ""), text == nil)
        case "open" where text != nil: throw fields.problem("text", "must be left out, since open says nothing")
        default: return (try Override.Kind(fields), false)
        }
    }
}

extension Until {
    fileprivate init(_ fields: ObjectReader) throws(DocumentProblem) {
        let until = try fields.optionalText("until")
        guard fields.value("for_seconds") != nil else {
            switch until {
            case nil, "next change": self = .nextChange
            case "reopened": self = .reopened
            default:
                guard let instant = until.flatMap({ Instant(iso8601: $0) }) else {
                    throw fields.problem(
                        "until", "must be `reopened`, `next change` or a time such as 2026-07-01T17:30:00+02:00")
                }
                self = .time(instant)
            }
            return
        }
        guard until == nil else { throw fields.problem("for_seconds", "and until say the same: leave one of them out") }
        let seconds = try fields.integer("for_seconds")
        guard seconds > 0 else { throw fields.problem("for_seconds", "must be 1 or more") }
        self = .lasting(seconds: Int64(seconds))
    }
}

extension Operator {
    fileprivate static func optional(_ fields: ObjectReader) throws(DocumentProblem) -> Operator? {
        guard let who = try fields.optionalObject("who") else { return nil }
        try who.allow(only: ["user", "terminal", "host"])
        return try Operator(who)
    }
}
