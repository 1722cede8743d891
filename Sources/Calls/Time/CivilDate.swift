// SPDX-License-Identifier: Apache-2.0

/// A date of the Gregorian calendar, without a zone.
package struct CivilDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before it.
    package let daysSince1970: Int

    package init(daysSince1970: Int) {
        self.daysSince1970 = daysSince1970
    }

    /// Creates a date, or returns `nil` for one that does not exist, such as 29 February of a common year.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        self.init(daysSince1970: Self.days(year: year, month: month, day: day))
        guard parts == (year, month, day) else { return nil }
    }

    /// A day before every other.
    package static let distantPast = CivilDate(daysSince1970: days(year: 1, month: 1, day: 1))
    /// A day after every other: 9999-12-31.
    package static let distantFuture = CivilDate(daysSince1970: days(year: 9999, month: 12, day: 31))

    /// Reads `2026-12-25`.
    package init?(_ text: some StringProtocol) {
        let fields = text.split(separator: "-", omittingEmptySubsequences: false)
        guard fields.count == 3, fields[0].count == 4, fields[1].count == 2, fields[2].count == 2 else { return nil }
        guard fields.allSatisfy({ $0.utf8.allSatisfy { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") } }) else {
            return nil
        }
        guard let year = Int(fields[0]), let month = Int(fields[1]), let day = Int(fields[2]) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The weekday on which the date falls.
    package var weekday: Weekday {
        // 1970-01-01 was a Thursday.
        let index = (daysSince1970 % 7 + 7 + Weekday.thursday.rawValue) % 7
        return Weekday(rawValue: index) ?? .monday
    }

    /// Year, month and day as the calendar writes them.
    ///
    /// The algorithm counts days in 400-year eras that begin on 1 March (Howard Hinnant, "chrono-compatible
    /// low-level date algorithms").
    package var parts: (year: Int, month: Int, day: Int) {
        let shifted = daysSince1970 + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    package static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.daysSince1970 < right.daysSince1970
    }
}

extension CivilDate: CustomStringConvertible {
    package var description: String {
        let (year, month, day) = parts
        return padded(year, to: 4) + "-" + padded(month, to: 2) + "-" + padded(day, to: 2)
    }
}

/// A day of the week; Monday is 0, as in ISO 8601.
package enum Weekday: Int, CaseIterable, Hashable, Sendable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// The three-letter name that configuration files use, such as `mon`.
    package var shortName: String {
        switch self {
        case .monday: "mon"
        case .tuesday: "tue"
        case .wednesday: "wed"
        case .thursday: "thu"
        case .friday: "fri"
        case .saturday: "sat"
        case .sunday: "sun"
        }
    }
}
