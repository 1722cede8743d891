// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

/// Placeholders that are written as in another template language, or by another name.
enum PlaceholderSlip {
    /// What is wrong in a text whose placeholders are filled; `nil` if nothing is.
    static func singleBraces(in text: String, names: TextNames, hasContacts: Bool) -> String? {
        var rest = text[...]
        while let opening = rest.firstIndex(of: "{") {
            let tail = rest[rest.index(after: opening)...]
            guard let closing = tail.firstIndex(where: { "{}".contains($0) }), tail[closing] == "}" else {
                rest = tail.drop { $0 == "{" }
                // What is between two braces has its own check.
                if tail.first == "{", let end = rest.firstRange(of: "}}") { rest = rest[end.upperBound...] }
                continue
            }
            let name = tail[..<closing].prefix { $0 != "|" && $0 != ":" }.trimmed
            rest = tail[tail.index(after: closing)...]
            if names.knows(String(name)), hasContacts || !name.hasPrefix(Placeholder.contactPrefix) {
                return "`{\(name)}` is sent as it is; a placeholder has two braces: `{{\(name)}}`"
            }
        }
        return nil
    }

    /// Filters and operators of other template languages.
    private static let filters: Set = [
        "default", "capitalize", "capfirst", "upcase", "downcase", "uppercase", "lowercase", "upper", "lower", "title",
        "titlecase", "strip", "trim", "escape", "first", "last", "date", "truncate", "replace", "append", "prepend",
        "size",
        "digits",
    ]

    /// What is wrong with a fallback that another template language would take for a filter; `nil` if nothing is.
    static func filter(in fallback: String, of name: String) -> String? {
        let text = fallback.trimmed
        let isOr = text.hasPrefix("|")
        let word = text.prefix { $0.isLetter || $0 == "_" }
        let rest = text.dropFirst(word.count).drop { $0 == " " }
        let isFilter = filters.contains(word.lowercased()) && (rest.isEmpty || rest.first == ":" || rest.first == "(")
        guard isOr || isFilter else { return nil }
        let advice: String
        if isOr || word == "default" {
            let value = text.split { "\"'".contains($0) }.dropFirst().first.map(String.init) ?? "there"
            advice = "write `{{\(name)|\(value)}}`"
        } else if let filter = TextFilter(rawValue: word.lowercased()) {
            advice = "a filter follows a colon: `{{\(name):\(filter.rawValue)}}`"
        } else {
            advice = "the filters are \(TextFilter.allCases.map { ":\($0.rawValue)" }.joined(separator: ", "))"
        }
        return "the fallback `\(text.prefix(40))` of `{{\(name)}}` is said as it is written; \(advice)"
    }

    /// Names of other systems, in small letters and digits.
    private static let names = [
        "name": "contact.name", "firstname": "contact.name:first", "customername": "contact.name",
        "clientname": "contact.name", "callername": "contact.name", "username": "contact.name",
        "customer": "contact.name", "customernumber": "caller.number", "customerphone": "caller.number",
        "phone": "caller.number", "phonenumber": "caller.number", "from": "caller.number",
        "fromnumber": "caller.number",
        "callerid": "caller.number", "to": "line.number", "tonumber": "line.number", "callednumber": "line.number",
        "callid": "call.id", "now": "time.clock", "time": "time.clock", "currenttime": "time.clock",
        "date": "time.date", "today": "time.date", "currentdate": "time.date", "day": "time.weekday",
        "weekday": "time.weekday", "dayofweek": "time.weekday", "timeofday": "time.part",
        "opens": "line.opens", "nextopen": "line.opens", "closes": "line.closes", "company": "line.name",
        "companyname": "line.name", "businessname": "line.name",
    ]

    /// The parts of names that others have for a contact.
    private static let contacts = ["customer", "client", "lead", "user", "person", "patient", "guest", "member"]

    /// Returns what is probably meant by an unknown name; `nil` for one that is likely the platform's.
    static func meant(by name: String, names known: TextNames, hasContacts: Bool) -> String? {
        let folded = Suggestion.folded(name)
        guard !folded.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "._- ".contains($0) }) else {
            return nil
        }
        if let own = known.all.first(where: { Suggestion.folded($0) == folded }) { return own }
        if let other = names[folded] { return other.hasPrefix(Placeholder.contactPrefix) && !hasContacts ? nil : other }
        if let short = known.all.first(where: { isOwnName($0) && Suggestion.folded($0.drop { $0 != "." }) == folded }) {
            return short
        }
        guard hasContacts, let end = name.firstIndex(where: { "._".contains($0) }) else { return nil }
        let (family, attribute) = (name[..<end].lowercased(), name[name.index(after: end)...])
        guard contacts.contains(family) || family == "contact" && name[end] == "_", !attribute.isEmpty else {
            return nil
        }
        return Placeholder.contactPrefix + attribute
    }

    /// Whether the file itself gives the name.
    private static func isOwnName(_ name: String) -> Bool { name.hasPrefix("vars.") || name.hasPrefix("phrase.") }
}
