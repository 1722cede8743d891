// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Which numbers a filter means.
package enum NumberMatch: Hashable, Sendable {
    case withheld
    /// This number or name and no other.
    case exactly(Party)
    /// The whole number, or its beginning.
    case begins(PhonePrefix)
    /// A part of the number: digits whose country is not known.
    case digits(FilterText)
    /// A part of a name, or of what the platform sent in place of a number.
    case text(FilterText)

    /// Whether the number of a party is meant; `sent` is the platform's spelling where that is another.
    package func holds(for party: Party, sent: String?) -> Bool {
        switch self {
        case .withheld: party == .withheld
        case .exactly(let meant): party == meant
        case .begins(let prefix): party.number?.begins(with: prefix) == true
        case .digits(let digits): party != .withheld && digits.isPart(of: party.description) || digits.isPart(of: sent)
        case .text(let text):
            if case .unusual(let name) = party {
                text.isPart(of: name) || text.isPart(of: sent)
            } else {
                text.isPart(of: sent)
            }
        }
    }

    /// Whether the name of a phone line is meant.
    package func holds(forName name: String?) -> Bool {
        switch self {
        case .withheld, .begins: false
        case .exactly(let meant): name.map { meant == .unusual($0) } ?? false
        case .digits(let text), .text(let text): text.isPart(of: name)
        }
    }

    /// The sign before a number or a name that is meant exactly.
    package static let exactSign: Character = "="

    /// Whether it is exactly a number as it is dialled in a country, from its zero on, and not one of E.164.
    var isNational: Bool {
        guard case .exactly(.unusual(let text)) = self else { return false }
        let digits = Self.plain(text).filter { !Self.separators.contains($0) }
        return digits.hasPrefix("0") && digits.count >= Self.leastNational && digits.allSatisfy(\.isDigit)
    }

    /// Shorter ones are extensions and service numbers, which the platform sends as they are.
    private static let leastNational = 8

    /// Characters that people write between the digits of a number.
    static let separators = Set<Character>(" -./()\u{A0}")

    /// Whether a text has nothing but what a number is written with.
    static func isNumeric(_ text: String) -> Bool {
        text.contains(where: \.isDigit) && text.allSatisfy { $0.isDigit || $0 == "+" || separators.contains($0) }
    }
}

extension NumberMatch {
    /// Reads a number in any spelling, the beginning of one, a word for a withheld number, or another text; `nil` for a
    /// text that can only be meant as a number and is none.
    init?(_ text: String, plan: any NumberingPlan, country: String?) {
        if text.first == Self.exactSign {
            guard text.count > 1 else { return nil }
            self = Self.exactly(String(String(text.dropFirst()).trimmed), plan: plan, country: country)
            return
        }
        let text = Self.plain(String(text.trimmed))
        guard Self.isNumeric(text) || text.hasPrefix("+") || NumberSearch.part(spelled: text) != nil else {
            self = Party(text) == .withheld ? .withheld : .text(FilterText(text))
            return
        }
        // The zero of a national number after the country code is not dialled.
        let dialled = text.hasPrefix("+") ? text.replacing("(0)", with: "", maxReplacements: 1) : text
        let bare = dialled.filter { !Self.separators.contains($0) }
        let spelled = NumberSearch.part(spelled: text) ?? bare
        if spelled.hasPrefix("+") {
            guard let prefix = PhonePrefix(spelled) else { return nil }
            self = .begins(prefix)
        } else if bare.contains("+") {
            return nil
        } else if bare.hasPrefix("0"), let number = plan.number(spelled: text, country: country), plan.isValid(number) {
            self = .begins(number.prefix(number.length))
        } else {
            let digits = spelled.drop { $0 == "0" }
            self = .digits(FilterText(digits.isEmpty ? "0" : String(digits)))
        }
    }

    /// One number in any spelling, or a name, and no other.
    private static func exactly(_ text: String, plan: any NumberingPlan, country: String?) -> NumberMatch {
        let party = Party(text)
        if party == .withheld { return .withheld }
        let plain = plain(text)
        guard party.number == nil, isNumeric(plain) else { return .exactly(party) }
        let spelled = NumberSearch.part(spelled: plain) ?? plain.filter { !separators.contains($0) }
        if spelled.hasPrefix("+"), let number = PhoneNumber(spelled) { return .exactly(.number(number)) }
        let national = plan.number(spelled: plain, country: country).flatMap { plan.isValid($0) ? $0 : nil }
        return .exactly(national.map(Party.number) ?? party)
    }

    /// A text in the characters of ASCII if it is a number then; else the text as it is.
    private static func plain(_ text: String) -> String {
        let plain = CharacterForms.plain(text)
        return isNumeric(plain) ? plain : text
    }
}
