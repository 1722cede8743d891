// SPDX-License-Identifier: Apache-2.0

/// The numbering plans of the world: what digits mean, and where a number belongs.
///
/// Whatever names a number is read by `read(_:country:)`: webhooks, rules files, contacts, commands.
package protocol NumberingPlan: Sendable {
    /// Reads ASCII digits, with a plus sign or as dialled in a country (ISO 3166-1).
    ///
    /// Without a country only international numbers are read, those that begin with 00 among them.
    func number(dialled digits: String, country: String?) -> PhoneNumber?

    /// Returns where a number belongs; `nil` for one of no country, such as `+800...`.
    func origin(of number: PhoneNumber) -> NumberOrigin?

    /// Whether the number can exist in its country.
    func isValid(_ number: PhoneNumber) -> Bool

    /// How many digits a mobile number of the country has in E.164; `nil` if unknown.
    func usualLength(in country: String) -> Int?

    /// Reads a text that names one number, in any spelling; a plan may remember what it has read.
    func read(_ text: String, country: String?) -> NumberReading
}

/// The origin of a number, derived from its digits.
package struct NumberOrigin: Hashable, Sendable {
    /// The country as ISO 3166-1 has it, such as `NL`.
    package let country: String
    /// The language that most people there speak, as ISO 639-1 has it, such as `nl`; `nil` where there is no single one.
    package let language: String?

    package init(country: String, language: String?) {
        self.country = country
        self.language = language
    }
}

extension NumberingPlan {
    package func usualLength(in country: String) -> Int? { nil }

    package func read(_ text: String, country: String?) -> NumberReading { firstReading(of: text, country: country) }

    /// The number that a text names, if it names one.
    package func number(spelled text: String, country: String?) -> PhoneNumber? {
        read(text, country: country).number
    }

    /// Reads a text that names one number, without remembering it.
    ///
    /// A plus sign and digits are a number as they are, but for prefixes that belong to national spellings. National spellings belong to `country`. Digits without a plus sign
    /// that are a valid number of `country` with one are that number.
    package func firstReading(of text: String, country: String?) -> NumberReading {
        if let number = PhoneNumber(text), number.isAsDialledAnywhere { return .number(number, nil) }
        let spelling = NumberSpelling(text)
        if WithheldNumber.isMeant(by: spelling) { return .withheld }
        if WithheldNumber.isNothing(spelling) { return .none }
        switch spelling.content {
        case .empty: return .none
        case .word: return .unreadable(.letters)
        case .unreadable(let problem): return .unreadable(problem)
        case .dialled(let digits): return reading(ofDialled: digits, country: country)
        }
    }

    private func reading(ofDialled digits: String, country: String?) -> NumberReading {
        if digits.hasPrefix("+") { return international(digits) }
        if let problem = Self.problem(withLengthOf: digits) { return .unreadable(problem) }
        if digits.hasPrefix("0") { return national(digits, country: country) }
        guard let country else {
            return UInt64(digits).map(WithheldNumber.isPseudo) == true ? .withheld : .unreadable(.noCountry)
        }
        return bare(digits, country: country)
    }

    private func international(_ digits: String) -> NumberReading {
        guard let number = number(dialled: digits, country: nil) ?? PhoneNumber(digits) else {
            return .unreadable(digits.count > 16 ? .tooLong : digits.count < 4 ? .tooShort : .unknownCountryCode)
        }
        return number.standsForWithheld ? .withheld : .number(number, nil)
    }

    /// A number that begins with the 0 of a country, or with the 00 that is a plus sign.
    private func national(_ digits: String, country: String?) -> NumberReading {
        if let number = number(dialled: digits, country: country) {
            return number.standsForWithheld ? .withheld : .number(number, nil)
        }
        guard let country else { return .unreadable(digits.hasPrefix("00") ? .unknownCountryCode : .noCountry) }
        return .unreadable(.notInCountry(country))
    }

    /// A number without a plus sign and without a 0: it may be one of the country, or have lost its plus sign.
    private func bare(_ digits: String, country: String) -> NumberReading {
        let national = number(dialled: digits, country: country)
        let isNational = national.map(isValid) ?? false
        if let withPlus = PhoneNumber("+" + digits) {
            if withPlus == national { return .number(withPlus, nil) }
            let isOwn = origin(of: withPlus)?.country == country
            // Some countries have valid numbers of almost any length; one that long has the country code in it.
            let isLong = (national?.length ?? 0) > (usualLength(in: country) ?? Int.max)
            if isOwn, isValid(withPlus) || isLong {
                // A national prefix after the country code is not part of the number.
                let number = number(dialled: "+" + digits, country: nil) ?? withPlus
                return .number(number, isNational ? national.map(NumberRemark.alsoNational) : nil)
            }
            if !isNational, isValid(withPlus) { return .number(withPlus, .withoutPlus) }
        }
        if !isNational, UInt64(digits).map(WithheldNumber.isPseudo) == true { return .withheld }
        return national.map { .number($0, nil) } ?? .unreadable(.notInCountry(country))
    }

    private static func problem(withLengthOf digits: String) -> UnreadableNumber? {
        if digits.count < 3 { return .tooShort }
        // 15 digits, with 00 and a few digits of a carrier in front.
        return digits.count > 20 ? .tooLong : nil
    }
}
