// SPDX-License-Identifier: Apache-2.0

import Calls

/// Finds the rules that can hold for a call by its line and caller, so that a thousand rules cost what ten do.
struct RuleIndex: Equatable, Sendable {
    /// Every rule, in the order of the file; places are indices into `RuleSet.rules`.
    let all: [Int]
    /// Rules that may hold whatever the line and the caller.
    private var general: [Int] = []
    private var byLine: [PhoneNumber: [Int]] = [:]
    private var byCaller: [PhoneNumber: [Int]] = [:]
    private var byPrefix: [PhonePrefix: [Int]] = [:]
    /// The lengths of the prefixes.
    private var prefixLengths: [Int] = []

    /// Below this many rules, asking each one is as fast.
    private static let fewestIndexed = 12

    init(_ rules: [Rule], _ references: RuleReferences, where isWanted: (Rule) -> Bool) {
        all = rules.indices.filter { isWanted(rules[$0]) }
        guard all.count >= Self.fewestIndexed else {
            general = all
            return
        }
        for place in all { add(place, RuleKeys.of(rules[place].condition, references)) }
        prefixLengths = Set(byPrefix.keys.map(\.length)).sorted()
    }

    private mutating func add(_ place: Int, _ keys: RuleKeys?) {
        guard let keys else { return general.append(place) }
        for line in keys.lines { byLine[line, default: []].append(place) }
        for caller in keys.callers { byCaller[caller, default: []].append(place) }
        for prefix in keys.prefixes { byPrefix[prefix, default: []].append(place) }
    }

    /// Returns the first rule of the file's order that passes a test, among those that can hold for the call.
    func first(
        for context: EvaluationContext, where passes: (Int) throws(MissingFact) -> Bool
    ) throws(MissingFact) -> Int? {
        guard !byLine.isEmpty || !byCaller.isEmpty || !byPrefix.isEmpty else {
            for place in general where try passes(place) { return place }
            return nil
        }
        var lists = candidates(for: context.call)
        while let place = Self.takeLowest(&lists) {
            if try passes(place) { return place }
        }
        return nil
    }

    private func candidates(for call: AssistantRequest) -> [ArraySlice<Int>] {
        var lists: [ArraySlice<Int>] = general.isEmpty ? [] : [general[...]]
        if let number = call.called.number, let places = byLine[number] { lists.append(places[...]) }
        guard let caller = call.caller.number else { return lists }
        if let places = byCaller[caller] { lists.append(places[...]) }
        for length in prefixLengths where length <= caller.length {
            if let places = byPrefix[caller.prefix(length)] { lists.append(places[...]) }
        }
        return lists
    }

    /// Takes the lowest place off the front of all lists that have it.
    private static func takeLowest(_ lists: inout [ArraySlice<Int>]) -> Int? {
        guard let lowest = lists.lazy.compactMap(\.first).min() else { return nil }
        for index in lists.indices where lists[index].first == lowest { lists[index].removeFirst() }
        return lowest
    }
}

/// What a call must have for a condition to have any chance: one of these lines, callers or prefixes.
///
/// It is necessary, not sufficient.
package struct RuleKeys: Equatable, Sendable {
    var lines: Set<PhoneNumber> = []
    var callers: Set<PhoneNumber> = []
    var prefixes: Set<PhonePrefix> = []

    /// A list of more callers is looked up faster as a whole than spread over an index.
    static let mostCallers = 256

    /// Works the keys out; `nil` where line and caller decide nothing.
    static func of(_ condition: Condition, _ references: RuleReferences) -> RuleKeys? {
        switch condition {
        case .test(let test):
            return test.callTest.callerKeys ?? test.callTest.lines(references).map { RuleKeys(lines: $0) }
        case .all(let conditions): return conditions.compactMap { of($0, references) }.min { $0.rank < $1.rank }
        case .any(let conditions):
            let keys = conditions.compactMap { of($0, references) }
            guard keys.count == conditions.count else { return nil }
            return keys.reduce(into: RuleKeys()) { $0.form(unionWith: $1) }
        case .always, .not: return nil
        }
    }

    /// The narrower the keys, the lower: callers are many, lines fewer, prefixes match whole countries.
    private var rank: Int {
        (prefixes.isEmpty ? 0 : 1_000_000) + (lines.isEmpty ? 0 : 1000) + lines.count + callers.count
    }

    private mutating func form(unionWith other: RuleKeys) {
        lines.formUnion(other.lines)
        callers.formUnion(other.callers)
        prefixes.formUnion(other.prefixes)
    }
}
