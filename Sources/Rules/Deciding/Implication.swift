// SPDX-License-Identifier: Apache-2.0

import Calls

/// Tells of two conditions whether one holds wherever the other does.
///
/// It is careful: what it claims is so for every call there can be; what it does not claim may be so all the same.
package struct Implication {
    /// The group of each line that is in one.
    let groups: [PhoneNumber: String]
    let hours: [HoursTable]
    /// How many comparisons are left; conditions nested in each other could ask for more than anybody waits for.
    private var budget: Int

    /// Creates it for the lines and hours that the conditions refer to; behind so many comparisons it claims nothing.
    package init(lines: [PhoneLine], hours: [HoursTable], budget: Int = 4_000_000) {
        let first = Dictionary(lines.map { ($0.number, $0.group) }, uniquingKeysWith: { first, _ in first })
        groups = first.compactMapValues { $0 }
        self.hours = hours
        self.budget = budget
    }

    /// Whether the second condition holds wherever the first one does.
    package mutating func implies(_ given: Condition, _ asked: Condition) -> Bool {
        if case .always = asked { return true }
        guard spend() else { return false }
        return given == asked || follows(given, asked)
    }

    /// Whether there are no comparisons left.
    package var isSpent: Bool { budget <= 0 }

    /// Whether no call can ever meet the condition, because its parts exclude each other.
    package mutating func neverHolds(_ condition: Condition) -> Bool {
        switch condition {
        case .any(let parts): return parts.allSatisfy { neverHolds($0) }
        case .all(let parts):
            for (place, part) in parts.enumerated()
            where neverHolds(part) || parts[..<place].contains(where: { excludes($0, part) }) {
                return true
            }
            return false
        default: return false
        }
    }

    private mutating func follows(_ given: Condition, _ asked: Condition) -> Bool {
        guard spend() else { return false }
        switch (given, asked) {
        case (_, .always): return true
        case (.not(.not(let inner)), _): return follows(inner, asked)
        case (_, .not(.not(let inner))): return follows(given, inner)
        case (.any(let parts), _): return parts.allSatisfy { follows($0, asked) }
        case (_, .all(let parts)): return parts.allSatisfy { follows(given, $0) }
        default: break
        }
        if case .not(let refused) = asked, excludes(given, refused) { return true }
        if case .all(let parts) = given, parts.contains(where: { follows($0, asked) }) { return true }
        if case .any(let parts) = asked {
            if parts.contains(where: { follows(given, $0) }) { return true }
            return given.alternatives.map { $0.allSatisfy { follows($0, asked) } } ?? false
        }
        return followsPlainly(given, asked)
    }

    /// Whether no call meets both conditions.
    private mutating func excludes(_ left: Condition, _ right: Condition) -> Bool {
        guard spend() else { return false }
        switch (left, right) {
        case (.any(let parts), let other), (let other, .any(let parts)):
            return parts.allSatisfy { excludes($0, other) }
        case (.not(let refused), let other) where follows(other, refused): return true
        case (let other, .not(let refused)) where follows(other, refused): return true
        default: break
        }
        if case .all(let parts) = left, parts.contains(where: { excludes($0, right) }) { return true }
        if case .all(let parts) = right, parts.contains(where: { excludes(left, $0) }) { return true }
        return excludesPlainly(left, right) || excludesPlainly(right, left)
    }

    private mutating func spend() -> Bool {
        budget -= 1
        return budget >= 0
    }
}
