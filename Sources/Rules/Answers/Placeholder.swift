// SPDX-License-Identifier: Apache-2.0

import Calls

/// What may be between `{{` and `}}` in a text that is filled for each call.
package enum Placeholder: Hashable, Sendable {
    case callerNumber
    /// The country of the caller's number, such as `NL`.
    case callerCountry
    /// An attribute of the contact, by its name in lower case.
    case contact(String)
    case lineName
    case lineNumber
    /// A fact of the called line, in lower case.
    case lineFact(String)
    case callID
    case timeHour
    /// A time in the words of the line's language.
    case moment(MomentPlaceholder)
    /// Something of the caller's last call.
    case lastCall(LastCallPlaceholder)
    /// A text that is chosen for each call; an index into `RuleSet.phrases`.
    case phrase(Int)

    /// Those that every file has.
    private static let everywhere: [String: Placeholder] = {
        var placeholders: [String: Placeholder] = [
            "caller.number": .callerNumber,
            "caller.country": .callerCountry,
            "line.name": .lineName,
            "line.number": .lineNumber,
            "call.id": .callID,
            "time.hour": .timeHour,
        ]
        for moment in MomentPlaceholder.allCases { placeholders[moment.rawValue] = .moment(moment) }
        for fact in LastCallPlaceholder.allCases { placeholders[fact.rawValue] = .lastCall(fact) }
        return placeholders
    }()

    /// Whether the clock changes its value.
    var saysTime: Bool {
        switch self {
        case .moment, .timeHour: true
        case .callerNumber, .callerCountry, .contact, .lineName, .lineNumber, .lineFact, .callID, .lastCall, .phrase:
            false
        }
    }

    /// Whether it says something of the caller's last call.
    var isOfLastCall: Bool {
        if case .lastCall = self { true } else { false }
    }

    /// Whether it says when the line opens or closes.
    var needsOutlook: Bool {
        if case .moment(let moment) = self { moment.needsOutlook } else { false }
    }

    /// The names that every file has, sorted.
    package static let names = everywhere.keys.sorted()

    /// What the names of a contact's attributes begin with.
    package static let contactPrefix = "contact."

    /// Reads a name that every file has, or an attribute of a contact.
    package init?(name: some StringProtocol) {
        if let placeholder = Self.everywhere[String(name)] {
            self = placeholder
            return
        }
        let attribute = name.dropFirst(Self.contactPrefix.count)
        guard name.hasPrefix(Self.contactPrefix), !attribute.isEmpty else { return nil }
        self = .contact(Contact.key(attribute))
    }
}

/// The names of a file that its texts may use, next to those that every file has.
package struct TextNames: Equatable, Sendable {
    /// The texts of `vars`.
    package var variables: [String: String] = [:]
    /// Indices into `RuleSet.phrases`.
    package var phrases: [String: Int] = [:]
    /// The facts that any line has, in lower case.
    package var facts: Set<String> = []

    package init() {}

    /// What the names of variables, phrases and facts begin with.
    private enum Prefix {
        static let variable = "vars."
        static let phrase = "phrase."
        static let line = "line."
    }

    /// The first parts of names that are ours; a name that begins with another one is the platform's.
    package static let families = ["call", "caller", "contact", "last_call", "line", "phrase", "time", "vars"]

    /// Every name, sorted, for suggestions.
    package var all: [String] {
        (Placeholder.names + variables.keys.map { Prefix.variable + $0 } + phrases.keys.map { Prefix.phrase + $0 }
            + facts.map { Prefix.line + $0 }).sorted()
    }

    /// Returns the placeholder of a name that is filled for each call.
    private func placeholder(named name: String) -> Placeholder? {
        if let placeholder = Placeholder(name: name) { return placeholder }
        if name.hasPrefix(Prefix.phrase) {
            return phrases[String(name.dropFirst(Prefix.phrase.count))].map(Placeholder.phrase)
        }
        let fact = name.dropFirst(Prefix.line.count).lowercased()
        return name.hasPrefix(Prefix.line) && facts.contains(fact) ? .lineFact(fact) : nil
    }

    /// Whether a name means something in this file.
    package func knows(_ name: String) -> Bool { placeholder(named: name) != nil || variable(named: name) != nil }

    private func variable(named name: String) -> String? {
        name.hasPrefix(Prefix.variable) ? variables[String(name.dropFirst(Prefix.variable.count))] : nil
    }

    /// Makes a piece of a placeholder; `nil` for one that means nothing in this file.
    func piece(for written: WrittenPlaceholder) -> TextTemplate.Piece? {
        if let text = variable(named: written.name) {
            let filtered = written.filters.apply(to: text)
            return .text(filtered.isEmpty ? written.fallback ?? "" : filtered)
        }
        return placeholder(named: written.name).map { placeholder in
            .hole(
                TextTemplate.Hole(placeholder, filters: written.filters, fallback: written.fallback))
        }
    }
}

/// A placeholder as it is written: its name, its filters and its fallback.
package struct WrittenPlaceholder: Equatable, Sendable {
    /// The name, with whatever follows a colon that is not a filter.
    package let name: String
    package let filters: [TextFilter]
    /// What follows the bar.
    package let fallback: String?

    /// Reads what is between the braces.
    init(_ inside: Substring) {
        let parts = inside.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        var name = parts.first?.trimmed ?? ""
        var filters: [TextFilter] = []
        while let colon = name.lastIndex(of: ":"),
            let filter = TextFilter(rawValue: String(name[name.index(after: colon)...].trimmed))
        {
            filters.insert(filter, at: 0)
            name = name[..<colon].trimmed
        }
        self.name = String(name)
        self.filters = filters
        fallback = parts.count > 1 ? String(parts[1]) : nil
    }
}
