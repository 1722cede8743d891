// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Values that an attribute may have, with the algebra that comparing rules needs.
package protocol ValueSet: Equatable {
    associatedtype Value

    func contains(_ value: Value) -> Bool
    func isSubset(of other: Self) -> Bool
    func isDisjoint(with other: Self) -> Bool
    /// The same values in several sets; empty where they cannot be split or are too many.
    var singles: [Self] { get }
}

/// More alternatives than this are not compared one by one.
private let mostSingles = 256

extension Set: ValueSet {
    package typealias Value = Element

    package var singles: [Set<Element>] { (2...mostSingles).contains(count) ? map { [$0] } : [] }
}

/// Callers, by what their numbers are or begin with.
package enum CallerSet: ValueSet, Sendable {
    case numbers(Set<PhoneNumber>)
    /// Numbers that were read from a file.
    case list(file: String, Set<PhoneNumber>)
    case prefixes([PhonePrefix])
    case withheld

    package func contains(_ caller: Party) -> Bool {
        switch (self, caller) {
        case (.numbers(let numbers), .number(let number)), (.list(_, let numbers), .number(let number)):
            numbers.contains(number)
        case (.prefixes(let prefixes), .number(let number)): prefixes.contains { number.begins(with: $0) }
        case (.withheld, .withheld): true
        case (.withheld, .number), (.withheld, .unusual), (.numbers, .withheld), (.numbers, .unusual),
            (.list, .withheld), (.list, .unusual), (.prefixes, .withheld), (.prefixes, .unusual):
            false
        }
    }

    package func isSubset(of other: CallerSet) -> Bool {
        switch (self, other) {
        case (.numbers(let narrow), .numbers(let wide)), (.numbers(let narrow), .list(_, let wide)),
            (.list(_, let narrow), .numbers(let wide)), (.list(_, let narrow), .list(_, let wide)):
            narrow.isSubset(of: wide)
        case (.numbers(let numbers), .prefixes), (.list(_, let numbers), .prefixes):
            numbers.allSatisfy { other.contains(.number($0)) }
        case (.prefixes(let narrow), .prefixes(let wide)):
            narrow.allSatisfy { prefix in wide.contains { prefix.begins(with: $0) } }
        case (.withheld, .withheld): true
        case (.prefixes, .numbers), (.prefixes, .list), (.prefixes, .withheld), (.withheld, .numbers),
            (.withheld, .list), (.withheld, .prefixes), (.numbers, .withheld), (.list, .withheld):
            false
        }
    }

    package func isDisjoint(with other: CallerSet) -> Bool {
        switch (self, other) {
        case (.numbers(let some), .numbers(let others)), (.numbers(let some), .list(_, let others)),
            (.list(_, let some), .numbers(let others)), (.list(_, let some), .list(_, let others)):
            some.isDisjoint(with: others)
        case (.numbers(let numbers), .prefixes), (.list(_, let numbers), .prefixes):
            !numbers.contains { other.contains(.number($0)) }
        case (.prefixes, .numbers(let numbers)), (.prefixes, .list(_, let numbers)):
            !numbers.contains { contains(.number($0)) }
        case (.prefixes(let some), .prefixes(let others)):
            !some.contains { prefix in others.contains { prefix.begins(with: $0) || $0.begins(with: prefix) } }
        case (.withheld, .withheld): false
        case (.withheld, .numbers), (.withheld, .list), (.withheld, .prefixes), (.numbers, .withheld),
            (.list, .withheld), (.prefixes, .withheld):
            true
        }
    }

    package var singles: [CallerSet] {
        switch self {
        case .numbers(let numbers): numbers.singles.map { .numbers($0) }
        case .prefixes(let prefixes): prefixes.count > 1 ? prefixes.map { .prefixes([$0]) } : []
        case .list, .withheld: []
        }
    }

    /// What the index of rules finds these callers by.
    var keys: RuleKeys? {
        switch self {
        case .numbers(let numbers): numbers.count <= RuleKeys.mostCallers ? RuleKeys(callers: numbers) : nil
        case .prefixes(let prefixes): RuleKeys(prefixes: Set(prefixes))
        case .list, .withheld: nil
        }
    }
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
