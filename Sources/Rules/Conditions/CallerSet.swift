// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Callers, by what their numbers are or begin with.
package enum CallerSet: ValueSet, Sendable {
    case numbers(Set<PhoneNumber>)
    case prefixes([PhonePrefix])
    case ranges([PhoneRange])
    case withheld
    /// Callers that were read from a file.
    case list(CallerList)

    /// Whether the caller is among these on some day.
    package func contains(_ caller: Party) -> Bool { contains(caller, on: .distantPast) }

    package func contains(_ caller: Party, on day: @autoclosure () -> CivilDate) -> Bool {
        // One after the other: a pair of both would copy each.
        switch caller {
        case .number(let number): contains(number, on: day())
        case .withheld: containsWithheld(on: day())
        case .unusual: false
        }
    }

    private func contains(_ number: PhoneNumber, on day: @autoclosure () -> CivilDate) -> Bool {
        switch self {
        case .numbers(let numbers): numbers.contains(number)
        case .prefixes(let prefixes): prefixes.contains { number.begins(with: $0) }
        case .ranges(let ranges): ranges.contains { $0.contains(number) }
        case .list(let list): list.entries.contains(number, on: day())
        case .withheld: false
        }
    }

    private func containsWithheld(on day: @autoclosure () -> CivilDate) -> Bool {
        switch self {
        case .withheld: true
        case .list(let list): list.entries.containsWithheld(on: day())
        case .numbers, .prefixes, .ranges: false
        }
    }

    package func isSubset(of other: CallerSet) -> Bool { entries.isCovered(by: other.entries) }

    package func isDisjoint(with other: CallerSet) -> Bool { entries.isDisjoint(with: other.entries) }

    package var singles: [CallerSet] {
        switch self {
        case .numbers(let numbers): numbers.singles.map { .numbers($0) }
        case .prefixes(let prefixes): prefixes.count > 1 ? prefixes.map { .prefixes([$0]) } : []
        case .ranges(let ranges): ranges.count > 1 ? ranges.map { .ranges([$0]) } : []
        case .list, .withheld: []
        }
    }

    /// What the index of rules finds these callers by.
    var keys: RuleKeys? {
        switch self {
        case .numbers(let numbers): return numbers.count <= RuleKeys.mostCallers ? RuleKeys(callers: numbers) : nil
        case .prefixes(let prefixes): return RuleKeys(prefixes: Set(prefixes))
        case .ranges(let ranges):
            let prefixes = ranges.map(\.commonPrefix)
            return prefixes.contains(nil) ? nil : RuleKeys(prefixes: Set(prefixes.compactMap(\.self)))
        case .list, .withheld: return nil
        }
    }

    /// The same callers as entries, for comparisons.
    private var entries: CallerEntries {
        var entries = CallerEntries()
        switch self {
        case .numbers(let numbers): entries.numbers = numbers
        case .prefixes(let prefixes): for prefix in prefixes { entries.add(prefix) }
        case .ranges(let ranges): for range in ranges { entries.add(range) }
        case .withheld: entries.addWithheld()
        case .list(let list): return list.entries
        }
        return entries
    }
}

/// A file with callers; a class, since rules hand it around.
package final class CallerList: Sendable {
    /// The file, as the rules file names it.
    package let file: String
    package let entries: CallerEntries

    package init(file: String, _ entries: CallerEntries) {
        self.file = file
        self.entries = entries
    }
}

extension CallerList: Equatable {
    package static func == (left: CallerList, right: CallerList) -> Bool {
        left.file == right.file && left.entries == right.entries
    }
}
