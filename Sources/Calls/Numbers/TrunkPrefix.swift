// SPDX-License-Identifier: Apache-2.0

/// Plus signs in front of numbers that also have a prefix which is dialled within their country only, such as
/// `+31 0612345678`.
///
/// They are spellings of other numbers, which only a `NumberingPlan` can read. Almost all numbers are not among them, and
/// that must cost nothing on the answering path.
extension PhoneNumber {
    /// Whether the digits are the number as it is dialled everywhere: a plan reads them as this very number.
    ///
    /// `false` where it could be another spelling, or stands for a number that the caller hides.
    package var isAsDialledAnywhere: Bool { !mayHaveTrunkPrefix && !standsForWithheld }

    private var mayHaveTrunkPrefix: Bool {
        guard length > 6 else { return false }
        let head = digits / Self.power(of: length - 4)
        switch head {
        // A second 1 in North America, 8 in Russia.
        case 1100...1199, 7800...7899: return length == 12
        // The 1 of Mexican mobile numbers, which was abolished.
        case 5210...5219: return length == 13
        case 3708, 3758: return true
        default: break
        }
        let countryCode = head / 100
        // Italian numbers keep their 0.
        if Self.isCountryCode(countryCode) { return head / 10 % 10 == 0 && countryCode != 39 }
        let isLong = head >= 2000 && !(7000..<8000).contains(head)
        return isLong && head % 10 == 0 && !Self.keepsZero(head / 10)
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

    private static func power(of exponent: Int) -> UInt64 {
        switch exponent {
        case 3: 1000
        case 4: 10_000
        case 5: 100_000
        case 6: 1_000_000
        case 7: 10_000_000
        case 8: 100_000_000
        case 9: 1_000_000_000
        case 10: 10_000_000_000
        default: 100_000_000_000
        }
    }
}
