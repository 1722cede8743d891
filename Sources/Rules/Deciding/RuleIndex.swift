// SPDX-License-Identifier: Apache-2.0

import Calls

/// Which rules can hold for a call, told from its line and caller, so that a thousand rules cost what ten do.
struct RuleIndex: Equatable, Sendable {
    /// Every rule, in the order of the file; places are indices into `RuleSet.rules`.
    let all: [Int]
    /// Those of which nothing can be told from line and caller.
    private var general: [Int] = []
    private var byLine: [PhoneNumber: [Int]] = [:]
    private var byCaller: [PhoneNumber: [Int]] = [:]
    private var byPrefix: [PhonePrefix: [Int]] = [:]
    /// The lengths of the prefixes.
    private var prefixLengths: [Int] = []

    /// Below this many rules, asking each one is as fast.
    private static let fewestIndexed = 12

    init(_ rules: [Rule], lines: [String: [PhoneNumber]], where isWanted: (Rule) -> Bool) {
        all = rules.indices.filter { isWanted(rules[$0]) }
        guard all.count >= Self.fewestIndexed else {
            general = all
            return
        }
        for place in all { add(place, RuleKeys.of(rules[place].condition, groups: lines)) }
        prefixLengths = Set(byPrefix.keys.map(\.length)).sorted()
    }

    private mutating func add(_ place: Int, _ keys: RuleKeys?) {
        guard let keys else { return general.append(place) }
        for line in keys.lines { byLine[line, default: []].append(place) }
        for caller in keys.callers { byCaller[caller, default: []].append(place) }
        for prefix in keys.prefixes { byPrefix[prefix, default: []].append(place) }
    }

    /// Returns the first rule of the file's order that passes a test, among those that can hold for the call.
    func first(for call: AssistantRequest, where passes: (Int) throws(MissingFact) -> Bool) throws(MissingFact) -> Int?
    {
        guard !byLine.isEmpty || !byCaller.isEmpty || !byPrefix.isEmpty else {
            for place in general where try passes(place) { return place }
            return nil
        }
        var lists = candidates(for: call)
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
