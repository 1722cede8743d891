// SPDX-License-Identifier: Apache-2.0

/// What a text says that names one telephone number.
package enum NumberReading: Hashable, Sendable {
    case number(PhoneNumber, NumberRemark?)
    /// The caller hides the number: a word such as `anonymous`, or a number that carriers send in its place.
    case withheld
    /// There is no number: the text is empty, or a word such as `null`.
    case none
    case unreadable(UnreadableNumber)

    /// The number, if it is one.
    package var number: PhoneNumber? {
        if case .number(let number, _) = self { number } else { nil }
    }
}

/// What is doubtful about a number that was read.
package enum NumberRemark: Hashable, Sendable {
    /// It has no plus sign and was read with one; with its first digits as an area code it is this number.
    case alsoNational(PhoneNumber)
    /// It has no plus sign, is not a number of the country, and was read with one.
    case withoutPlus
}

extension NumberRemark {
    /// What to say about the number, for people.
    package func words(for number: PhoneNumber) -> String {
        switch self {
        case .alsoNational(let national): "read as \(number); if \(national) is meant, write it with the plus sign"
        case .withoutPlus: "read as \(number); write the plus sign"
        }
    }
}

/// Why a text could not be read as a number.
package enum UnreadableNumber: Hashable, Sendable {
    /// A spreadsheet wrote it as a power of ten, such as `3.16123E+10`.
    case rounded
    case letters
    case symbols
    /// Several numbers where one is expected.
    case several
    case tooShort
    case tooLong
    /// A national spelling, and no country is known.
    case noCountry
    /// The beginning of a number that has neither a plus sign nor a national prefix.
    case withoutPlus
    /// No number of this country (ISO 3166-1) is spelled like this.
    case notInCountry(String)
    /// Numbers with this plus sign do not exist, such as those that begin with +0.
    case unknownCountryCode
    /// A prefix such as `+4930*`, where one number is expected.
    case prefix
    /// A range that ends before it begins, or whose ends have different lengths.
    case badRange
}

extension UnreadableNumber: CustomStringConvertible {
    /// What is wrong with the text, for people.
    package var description: String {
        switch self {
        case .rounded: "a spreadsheet rounded this number"
        case .letters: "it contains letters"
        case .symbols: "it contains characters that no number has"
        case .several: "it contains several numbers"
        case .tooShort: "it has too few digits"
        case .tooLong: "it is too long"
        case .noCountry: "it has no country code"
        case .withoutPlus: "it begins with neither a plus sign nor 0"
        case .notInCountry(let country): "it is not a number in \(country)"
        case .unknownCountryCode: "no country has this code"
        case .prefix: "it is the beginning of a number"
        case .badRange: "a range must end after it begins, with as many digits"
        }
    }

    /// What to do about it, for people.
    package var advice: String {
        switch self {
        case .rounded: "format the column as text, enter the number again, then export the file"
        case .letters: "write a plus sign and digits only"
        case .symbols: "write a plus sign and digits only"
        case .several: "write one number"
        case .tooShort, .tooLong, .unknownCountryCode: "check its digits"
        case .noCountry: "add its country code, or set `country` in the rules file"
        case .withoutPlus: "write a plus sign and the country code, such as +4930*"
        case .notInCountry: "add its country code"
        case .prefix: "write a whole number"
        case .badRange: "write it like +31201234500-99"
        }
    }
}
