// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Values that an attribute may have, with the algebra that comparing rules needs.
package protocol ValueSet: Equatable {
    associatedtype Value

    func contains(_ value: Value) -> Bool
    /// Whether the value is among these on a day; most sets are the same on all days.
    func contains(_ value: Value, on day: @autoclosure () -> CivilDate) -> Bool
    func isSubset(of other: Self) -> Bool
    func isDisjoint(with other: Self) -> Bool
    /// The same values in several sets; empty where they cannot be split or are too many.
    var singles: [Self] { get }
}

extension ValueSet {
    package func contains(_ value: Value, on day: @autoclosure () -> CivilDate) -> Bool { contains(value) }
}

/// More alternatives than this are not compared one by one.
private let mostSingles = 256

extension Set: ValueSet {
    package typealias Value = Element

    package var singles: [Set<Element>] { (2...mostSingles).contains(count) ? map { [$0] } : [] }
}

extension Array: ValueSet where Element == DatePattern {
    package func contains(_ date: CivilDate) -> Bool { contains { $0.contains(date) } }

    package func isSubset(of other: [DatePattern]) -> Bool {
        allSatisfy { pattern in other.contains { pattern.isPlainlyWithin($0) } }
    }

    package func isDisjoint(with other: [DatePattern]) -> Bool {
        allSatisfy { pattern in other.allSatisfy { pattern.isPlainlyApart(from: $0) } }
    }

    package var singles: [[DatePattern]] { count > 1 ? map { [$0] } : [] }
}

extension DatePattern {
    /// A span of certain years with more dates than this is not compared date by date.
    private static let mostDates = 400

    /// The dates one by one, where they are few.
    private var dates: [CivilDate]? {
        guard case .span(let span) = self, span.days <= Self.mostDates else { return nil }
        return (span.first.daysSince1970...span.last.daysSince1970).map(CivilDate.init(daysSince1970:))
    }

    /// Whether the other pattern surely has all dates of this one.
    fileprivate func isPlainlyWithin(_ other: DatePattern) -> Bool {
        switch (self, other) {
        case (.span(let narrow), .span(let wide)): return wide.contains(narrow.first) && wide.contains(narrow.last)
        case (.yearly(let narrow), .yearly(let wide)):
            return narrow.since >= wide.since && narrow.places.isSubset(of: wide.places)
        case (.easter(let narrow), .easter(let wide)): return wide.first <= narrow.first && narrow.last <= wide.last
        case (.weekday(let narrow), .weekday(let wide)):
            return narrow == wide || wide == MonthlyWeekday(narrow.ordinal, narrow.weekday)
        case (.span, .yearly), (.span, .easter), (.span, .weekday):
            return dates?.allSatisfy(other.contains) ?? false
        case (.yearly, .span), (.yearly, .easter), (.yearly, .weekday), (.easter, .span), (.easter, .yearly),
            (.easter, .weekday), (.weekday, .span), (.weekday, .yearly), (.weekday, .easter):
            return false
        }
    }

    /// Whether the patterns surely have no date in common.
    fileprivate func isPlainlyApart(from other: DatePattern) -> Bool {
        switch (self, other) {
        case (.span(let some), .span(let others)): return some.last < others.first || others.last < some.first
        case (.yearly(let some), .yearly(let others)):
            return !some.contains(others.first) && !others.contains(some.first)
        case (.easter(let some), .easter(let others)): return some.last < others.first || others.last < some.first
        case (.weekday(let some), .weekday(let others)): return some.weekday != others.weekday
        case (.span, .yearly), (.span, .easter), (.span, .weekday):
            return dates.map { !$0.contains(where: other.contains) } ?? false
        case (.yearly, .span), (.easter, .span), (.weekday, .span):
            return other.dates.map { !$0.contains(where: contains) } ?? false
        case (.yearly, .easter), (.yearly, .weekday), (.easter, .yearly), (.easter, .weekday), (.weekday, .yearly),
            (.weekday, .easter):
            return false
        }
    }
}
