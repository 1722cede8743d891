// SPDX-License-Identifier: Apache-2.0

/// Plus signs in front of numbers that also have a prefix which is dialled within their country only, such as
/// `+31 0612345678`.
///
/// They are spellings of other numbers, which only a `NumberingPlan` can read. Almost all numbers are not among them, and
/// that must cost nothing on the answering path.
enum TrunkPrefix {
    /// The beginning of a number without the 0 after its country code: `+3120` for `+31020`.
    static func withoutZero(_ international: String) -> String {
        let head = Array(international.utf8.prefix(5))
        guard head.count == 5, head[0] == UInt8(ascii: "+") else { return international }
        let digits = head.dropFirst().reduce(into: UInt64(0)) { $0 = $0 * 10 + UInt64($1 & 15) }
        guard let length = lengthBeforeZero(digits) else { return international }
        return String(international.prefix(1 + length) + international.dropFirst(2 + length))
    }

    /// The length of the country code, if the first four digits are one and a 0 that does not belong to the number.
    fileprivate static func lengthBeforeZero(_ head: UInt64) -> Int? {
        let countryCode = head / 100
        // Italian numbers keep their 0.
        if isCountryCode(countryCode) { return head / 10 % 10 == 0 && countryCode != 39 ? 2 : nil }
        let isLong = head >= 2000 && !(7000..<8000).contains(head)
        return isLong && head % 10 == 0 && !keepsZero(head / 10) ? 3 : nil
    }

    /// Whether two digits are a whole country code (ITU-T E.164, assigned country codes).
    private static func isCountryCode(_ digits: UInt64) -> Bool {
        switch digits {
        case 20, 27, 30...34, 36, 39...41, 43...49, 51...58, 60...66, 81, 82, 84, 86, 90...95, 98: true
        default: false
        }
    }

    /// Whether numbers of the country code of three digits may begin with 0: Ivory Coast, Gabon, Congo, San Marino.
    private static func keepsZero(_ countryCode: UInt64) -> Bool {
        switch countryCode {
        case 225, 241, 242, 378: true
        default: false
        }
    }
}

extension PhoneNumber {
    /// Whether the digits are the number as it is dialled everywhere: a plan reads them as this very number.
    ///
    /// `false` where it could be another spelling, or is a stand-in for a withheld number.
    package var isAsDialledAnywhere: Bool { !mayHaveTrunkPrefix && !standsForWithheld }

    private var mayHaveTrunkPrefix: Bool {
        guard length > 6 else { return false }
        let head = firstFourDigits
        switch head {
        // A second 1 in North America, 8 in Russia.
        case 1100...1199, 7800...7899: return length == 12
        // The 1 of Mexican mobile numbers, which was abolished.
        case 5210...5219: return length == 13
        case 3708, 3758: return true
        default: break
        }
        return TrunkPrefix.lengthBeforeZero(head) != nil
    }

    /// The first digits of a number with seven or more; dividing by a constant costs a few cycles only.
    private var firstFourDigits: UInt64 {
        switch length {
        case 7: digits / 1000
        case 8: digits / 10_000
        case 9: digits / 100_000
        case 10: digits / 1_000_000
        case 11: digits / 10_000_000
        case 12: digits / 100_000_000
        case 13: digits / 1_000_000_000
        case 14: digits / 10_000_000_000
        default: digits / 100_000_000_000
        }
    }
}
