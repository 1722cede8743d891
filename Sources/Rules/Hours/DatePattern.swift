// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Dates as people write them: one or a span of a certain year, of every year, around Easter, or the n-th weekday of a
/// month.
package enum DatePattern: Hashable, Sendable {
    /// `2026-12-25`, `2026-12-24..2027-01-02`.
    case span(DateSpan)
    /// `12-25`, `12-24..01-02`.
    case yearly(YearlySpan)
    /// `easter`, `easter-2..easter+1`.
    case easter(EasterSpan)
    /// `first monday`, `last friday of november`.
    case weekday(MonthlyWeekday)

    package func contains(_ date: CivilDate) -> Bool {
        switch self {
        case .span(let span): span.contains(date)
        case .yearly(let span): span.contains(date)
        case .easter(let span): span.contains(date)
        case .weekday(let weekday): weekday.contains(date)
        }
    }

    /// Whether the pattern returns every year; a span of certain years is over one day.
    package var returns: Bool {
        switch self {
        case .span: false
        case .yearly, .easter, .weekday: true
        }
    }
}

extension DatePattern {
    /// Whether both are spans of the same kind that share days, and neither has all days of the other.
    package func crosses(_ other: DatePattern) -> Bool {
        switch (self, other) {
        case (.span(let left), .span(let right)):
            Self.cross(
                left.first.daysSince1970...left.last.daysSince1970, right.first.daysSince1970...right.last.daysSince1970
            )
        case (.easter(let left), .easter(let right)): Self.cross(left.first...left.last, right.first...right.last)
        case (.yearly(let left), .yearly(let right)):
            !left.places.isDisjoint(with: right.places) && !left.places.isSubset(of: right.places)
                && !right.places.isSubset(of: left.places)
        case (.span, _), (.easter, _), (.yearly, _), (.weekday, _): false
        }
    }

    private static func cross(_ left: ClosedRange<Int>, _ right: ClosedRange<Int>) -> Bool {
        left.overlaps(right) && left.clamped(to: right) != left && right.clamped(to: left) != right
    }
}

extension DatePattern: CustomStringConvertible {
    package var description: String {
        switch self {
        case .span(let span): span.description
        case .yearly(let span): span.description
        case .easter(let span): span.description
        case .weekday(let weekday): weekday.description
        }
    }
}

/// A run of dates, both ends included.
package struct DateSpan: Hashable, Sendable {
    package let first: CivilDate
    package let last: CivilDate

    /// Creates a span; the last date must not lie before the first.
    package init(first: CivilDate, last: CivilDate) {
        precondition(first <= last, "a span runs forward")
        self.first = first
        self.last = last
    }

    package func contains(_ date: CivilDate) -> Bool { first <= date && date <= last }

    /// How many dates it has.
    var days: Int { last.daysSince1970 - first.daysSince1970 + 1 }
}

extension DateSpan: CustomStringConvertible {
    package var description: String { first == last ? first.description : "\(first)..\(last)" }
}

/// A day of a month, of no year; 29 February is one.
package struct MonthDay: Hashable, Comparable, Sendable {
    /// 1 to 12.
    package let month: Int
    /// 1 to 31.
    package let day: Int

    /// Creates a day, or returns `nil` for one that no year has.
    package init?(month: Int, day: Int) {
        // 2000 is a leap year.
        guard CivilDate(year: 2000, month: month, day: day) != nil else { return nil }
        self.month = month
        self.day = day
    }

    package init(_ date: CivilDate) {
        let parts = date.parts
        month = parts.month
        day = parts.day
    }

    package static func < (left: MonthDay, right: MonthDay) -> Bool {
        (left.month, left.day) < (right.month, right.day)
    }

    /// Its place in an array of `places`.
    var place: Int { (month - 1) * 31 + day - 1 }

    /// How many places an array of all days of a year needs.
    static let places = 12 * 31
}

extension MonthDay: CustomStringConvertible {
    package var description: String { padded(month, to: 2) + "-" + padded(day, to: 2) }
}

/// A run of days of every year, both ends included; one that ends before it begins runs over New Year.
package struct YearlySpan: Hashable, Sendable {
    package let first: MonthDay
    package let last: MonthDay
    /// The first year that it counts in.
    package let since: Int

    package init(first: MonthDay, last: MonthDay, since: Int = 0) {
        self.first = first
        self.last = last
        self.since = since
    }

    /// Whether the span runs over New Year.
    var wraps: Bool { last < first }

    package func contains(_ date: CivilDate) -> Bool {
        let day = MonthDay(date)
        // The days after New Year belong to the year before.
        let year = date.parts.year - (day < first ? 1 : 0)
        return contains(day) && year >= since
    }

    func contains(_ day: MonthDay) -> Bool {
        wraps ? first <= day || day <= last : first <= day && day <= last
    }

    /// About how many days it has: enough to compare two spans.
    var days: Int { last.place - first.place + 1 + (wraps ? MonthDay.places : 0) }

    /// The places of its days.
    var places: Set<Int> { Set((first.place..<first.place + days).map { $0 % MonthDay.places }) }
}

extension YearlySpan: CustomStringConvertible {
    package var description: String { first == last ? first.description : "\(first)..\(last)" }
}

/// A run of days that is counted from Easter Sunday, both ends included.
package struct EasterSpan: Hashable, Sendable {
    /// Days after Easter Sunday; negative before it.
    package let first: Int
    package let last: Int

    /// How far from Easter a day may lie so that it is always in the same year.
    package static let offsets = -80...250

    /// Creates a span; the last day must not lie before the first.
    package init(first: Int, last: Int) {
        precondition(first <= last, "a span runs forward")
        self.first = first
        self.last = last
    }

    package func contains(_ date: CivilDate) -> Bool {
        let offset = date.daysSince1970 - CivilDate.easter(inYear: date.parts.year).daysSince1970
        return first <= offset && offset <= last
    }
}

extension EasterSpan: CustomStringConvertible {
    package var description: String {
        first == last ? Self.words(first) : Self.words(first) + ".." + Self.words(last)
    }

    private static func words(_ offset: Int) -> String {
        offset == 0 ? "easter" : offset > 0 ? "easter+\(offset)" : "easter\(offset)"
    }
}

/// Which of the Mondays of a month, and so on.
package enum WeekdayOrdinal: String, CaseIterable, Hashable, Sendable {
    case first, second, third, fourth, fifth, last

    /// Whether a date is this one among the weekdays of its name in its month.
    package func contains(_ date: CivilDate) -> Bool {
        switch self {
        case .first: date.weekdayOfMonth == 1
        case .second: date.weekdayOfMonth == 2
        case .third: date.weekdayOfMonth == 3
        case .fourth: date.weekdayOfMonth == 4
        case .fifth: date.weekdayOfMonth == 5
        case .last: date.isLastWeekdayOfMonth
        }
    }
}

/// The n-th weekday of a month, or of every month.
package struct MonthlyWeekday: Hashable, Sendable {
    package let ordinal: WeekdayOrdinal
    package let weekday: Weekday
    /// 1 to 12; `nil` for every month.
    package let month: Int?

    package init(_ ordinal: WeekdayOrdinal, _ weekday: Weekday, month: Int? = nil) {
        self.ordinal = ordinal
        self.weekday = weekday
        self.month = month
    }

    package func contains(_ date: CivilDate) -> Bool {
        date.weekday == weekday && ordinal.contains(date) && (month == nil || date.parts.month == month)
    }
}

extension MonthlyWeekday: CustomStringConvertible {
    package var description: String {
        "\(ordinal.rawValue) \(weekday)" + (month.map { " of \(Self.months[$0 - 1])" } ?? "")
    }

    /// The English names of the months, in lower case, as a rules file writes them.
    package static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
}
