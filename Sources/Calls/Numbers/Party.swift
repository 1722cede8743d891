// SPDX-License-Identifier: Apache-2.0

/// One end of a call, as the platform names it (docs/platform.md, assistant-request: null, absent, empty
/// and non-E.164 all occur).
package enum Party: Hashable, Sendable {
    case number(PhoneNumber)
    /// No number was given: null, absent, empty, or a word such as `anonymous`.
    case withheld
    /// A text that could not be read as a number; kept as it came, and untrusted until it is cleaned.
    case unusual(String)

    /// Reads what needs no numbering plan: a plus sign and digits, nothing, or a word for withheld.
    ///
    /// Everything else is unusual until a `PartyReader` reads it.
    package init(_ text: String?) {
        guard let text, !text.isEmpty else {
            self = .withheld
            return
        }
        if let number = PhoneNumber(text) {
            self = number.isAsDialledAnywhere ? .number(number) : number.standsForWithheld ? .withheld : .unusual(text)
            return
        }
        let spelling = NumberSpelling(text)
        let isWithheld = WithheldNumber.isMeant(by: spelling) || WithheldNumber.isNothing(spelling)
        self = isWithheld ? .withheld : .unusual(text)
    }

    /// The E.164 number, if it is one.
    package var number: PhoneNumber? {
        if case .number(let number) = self { number } else { nil }
    }
}

extension Party: CustomStringConvertible {
    package var description: String {
        switch self {
        case .number(let number): number.description
        case .withheld: "withheld"
        case .unusual(let text): text
        }
    }
}

/// What the platform sent as the numbers of a call, where it is not plain E.164; hostile until it is cleaned.
package final class NumbersAsSent: Hashable, Sendable {
    /// `nil` where it was E.164, nothing, or a word such as `anonymous`.
    package let caller: String?
    package let called: String?

    /// Creates it from what a webhook has; `nil` where both numbers are plain.
    package init?(caller: String?, called: String?) {
        let (caller, called) = (caller.flatMap(Self.odd), called.flatMap(Self.odd))
        if caller == nil, called == nil { return nil }
        self.caller = caller
        self.called = called
    }

    private init(odd caller: String?, _ called: String?) {
        self.caller = caller
        self.called = called
    }

    /// Returns what is odd of two numbers; `nil` where neither is.
    ///
    /// A function, since an initializer that fails takes memory first.
    package static func of(caller: SentNumber, called: SentNumber) -> NumbersAsSent? {
        if case .none = caller.odd, case .none = called.odd { return nil }
        return NumbersAsSent(odd: caller.odd, called.odd)
    }

    fileprivate static func odd(_ text: String) -> String? {
        if text.isEmpty { return nil }
        if let number = PhoneNumber(text) { return number.isAsDialledAnywhere ? nil : text }
        return WithheldNumber.isWord(text) ? nil : text
    }

    package static func == (left: NumbersAsSent, right: NumbersAsSent) -> Bool {
        left.caller == right.caller && left.called == right.called
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(caller)
        hasher.combine(called)
    }
}

/// A number as a webhook has it.
///
/// Most are plain E.164, which is read without making a text of it.
package struct SentNumber: Sendable {
    /// An odd number stays unusual until a `PartyReader` reads it, which knows the countries.
    package let party: Party
    /// The text, if it is neither E.164 nor a word for a withheld number.
    fileprivate let odd: String?

    /// Reads the UTF-8 of a number; an empty one is withheld.
    package init(utf8 text: UnsafeBufferPointer<UInt8>) {
        if let number = PhoneNumber(utf8: text), number.isAsDialledAnywhere {
            party = .number(number)
            odd = nil
            return
        }
        let text = String(decoding: text, as: UTF8.self)
        odd = NumbersAsSent.odd(text)
        party = odd.map(Party.unusual) ?? Party(text)
    }
}
