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
