// SPDX-License-Identifier: Apache-2.0

package import Calls

/// The entries of a list of callers, each with the last day on which it counts.
package struct CallerEntries: Equatable, Sendable {
    /// Numbers without an end, which most are.
    var numbers: Set<PhoneNumber> = []
    private var endingNumbers: [PhoneNumber: CivilDate] = [:]
    private var prefixes: [PhonePrefix: CivilDate] = [:]
    /// The lengths of the prefixes.
    private var prefixLengths: [Int] = []
    private var ranges: [PhoneRange: CivilDate] = [:]
    /// The last day for withheld numbers; `nil` if they are not in the list.
    private var withheld: CivilDate?

    package init() {}

    /// Numbers without an end.
    package init(numbers: Set<PhoneNumber>) {
        self.numbers = numbers
    }

    /// How many entries there are; a range and a prefix count as one.
    package var count: Int {
        numbers.count + endingNumbers.count + prefixes.count + ranges.count + (withheld == nil ? 0 : 1)
    }

    /// How many of them count on a day.
    func count(on day: CivilDate) -> Int {
        numbers.count + endingNumbers.values.count { day <= $0 } + prefixes.values.count { day <= $0 }
            + ranges.values.count { day <= $0 } + (withheld.map { day <= $0 } == true ? 1 : 0)
    }

    /// Whether each entry is a single number.
    var hasOnlyNumbers: Bool { prefixes.isEmpty && ranges.isEmpty && withheld == nil }

    package mutating func add(_ number: PhoneNumber, until last: CivilDate = .distantFuture) {
        guard last != .distantFuture else {
            numbers.insert(number)
            endingNumbers[number] = nil
            return
        }
        if !numbers.contains(number) { endingNumbers[number] = max(last, endingNumbers[number] ?? last) }
    }

    package mutating func add(_ prefix: PhonePrefix, until last: CivilDate = .distantFuture) {
        prefixes[prefix] = max(last, prefixes[prefix] ?? last)
        if !prefixLengths.contains(prefix.length) { prefixLengths = (prefixLengths + [prefix.length]).sorted() }
    }

    package mutating func add(_ range: PhoneRange, until last: CivilDate = .distantFuture) {
        ranges[range] = max(last, ranges[range] ?? last)
    }

    package mutating func addWithheld(until last: CivilDate = .distantFuture) {
        withheld = max(last, withheld ?? last)
    }

    /// Whether a number is among the entries on a day; the day is asked only where an entry ends.
    func contains(_ number: PhoneNumber, on day: @autoclosure () -> CivilDate) -> Bool {
        if numbers.contains(number) { return true }
        if !endingNumbers.isEmpty, let last = endingNumbers[number], day() <= last { return true }
        for length in prefixLengths where length <= number.length {
            if let last = prefixes[number.prefix(length)], last == .distantFuture || day() <= last { return true }
        }
        return !ranges.isEmpty
            && ranges.contains { $0.key.contains(number) && ($0.value == .distantFuture || day() <= $0.value) }
    }

    func containsWithheld(on day: @autoclosure () -> CivilDate) -> Bool {
        withheld.map { $0 == .distantFuture || day() <= $0 } ?? false
    }

    /// The last day of the entries for a caller; `nil` if there are none.
    func lastDay(of caller: Party) -> CivilDate? {
        switch caller {
        case .number(let number): lastDay(of: number)
        case .withheld: withheld
        case .unusual: nil
        }
    }

    private func lastDay(of number: PhoneNumber) -> CivilDate? {
        if numbers.contains(number) { return .distantFuture }
        let found =
            [endingNumbers[number]] + prefixLengths.map { $0 <= number.length ? prefixes[number.prefix($0)] : nil }
            + ranges.map { $0.key.contains(number) ? $0.value : nil }
        return found.compactMap(\.self).max()
    }
}

// Comparisons. They hold for every day: an entry is covered only by entries that end no earlier.
extension CallerEntries {
    /// Ranges of at most this many numbers are compared number by number.
    private static let fewNumbers: UInt64 = 256

    /// Whether these callers are among the others on every day.
    func isCovered(by other: CallerEntries) -> Bool {
        if let withheld, !other.isWithheldCovered(until: withheld) { return false }
        return areNumbersCovered(by: other)
            && endingNumbers.allSatisfy { other.covers($0.key, until: $0.value) }
            && prefixes.allSatisfy { other.covers($0.key, until: $0.value) }
            && ranges.allSatisfy { other.covers($0.key, until: $0.value) }
    }

    private func areNumbersCovered(by other: CallerEntries) -> Bool {
        if other.prefixes.isEmpty, other.ranges.isEmpty { return numbers.isSubset(of: other.numbers) }
        return numbers.allSatisfy { other.covers($0, until: .distantFuture) }
    }

    private func isWithheldCovered(until last: CivilDate) -> Bool { withheld.map { last <= $0 } ?? false }

    private func covers(_ number: PhoneNumber, until last: CivilDate) -> Bool {
        lastDay(of: number).map { last <= $0 } ?? false
    }

    private func covers(_ prefix: PhonePrefix, until last: CivilDate) -> Bool {
        prefixes.contains { prefix.begins(with: $0.key) && last <= $0.value }
    }

    private func covers(_ range: PhoneRange, until last: CivilDate) -> Bool {
        if ranges.contains(where: { $0.key.contains(range) && last <= $0.value }) { return true }
        if let prefix = range.commonPrefix, covers(prefix, until: last) { return true }
        guard range.count <= Self.fewNumbers else { return false }
        return range.numbers.allSatisfy { covers($0, until: last) }
    }

    /// Whether nobody is among both on any day.
    func isDisjoint(with other: CallerEntries) -> Bool {
        if withheld != nil, other.withheld != nil { return false }
        return areNumbersApart(from: other) && other.areNumbersApart(from: self)
            && !prefixes.keys.contains { other.overlaps($0) } && !ranges.keys.contains { other.overlaps($0) }
    }

    /// Whether none of the single numbers is among the others.
    private func areNumbersApart(from other: CallerEntries) -> Bool {
        let isPlain = other.endingNumbers.isEmpty && other.prefixes.isEmpty && other.ranges.isEmpty
        let areApart =
            isPlain ? numbers.isDisjoint(with: other.numbers) : !numbers.contains { other.lastDay(of: $0) != nil }
        return areApart && !endingNumbers.keys.contains { other.lastDay(of: $0) != nil }
    }

    private func overlaps(_ prefix: PhonePrefix) -> Bool {
        prefixes.keys.contains { prefix.begins(with: $0) || $0.begins(with: prefix) }
            || ranges.keys.contains { $0.overlaps(prefix) }
    }

    private func overlaps(_ range: PhoneRange) -> Bool {
        ranges.keys.contains { $0.overlaps(range) } || prefixes.keys.contains { range.overlaps($0) }
    }
}
