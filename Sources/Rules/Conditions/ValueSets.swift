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
}

extension DateSpan: CustomStringConvertible {
    package var description: String { first == last ? first.description : "\(first)..\(last)" }
}

extension Array: ValueSet where Element == DateSpan {
    package func contains(_ date: CivilDate) -> Bool { contains { $0.contains(date) } }

    package func isSubset(of other: [DateSpan]) -> Bool {
        allSatisfy { span in other.contains { $0.contains(span.first) && $0.contains(span.last) } }
    }

    package func isDisjoint(with other: [DateSpan]) -> Bool {
        !contains { span in other.contains { span.first <= $0.last && $0.first <= span.last } }
    }

    package var singles: [[DateSpan]] { count > 1 ? map { [$0] } : [] }
}
