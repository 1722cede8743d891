// SPDX-License-Identifier: Apache-2.0

import Calls

/// What a call must show for a condition to have any chance: one of these lines, callers or beginnings of callers.
///
/// It is necessary, not sufficient. `nil` in its place says that nothing can be told from line and caller.
struct RuleKeys: Equatable, Sendable {
    var lines: Set<PhoneNumber> = []
    var callers: Set<PhoneNumber> = []
    var prefixes: Set<PhonePrefix> = []

    /// A list of more callers is looked up faster as a whole than spread over an index.
    private static let mostCallers = 256

    /// Works the keys out; `groups` tells which lines a group has.
    static func of(_ condition: Condition, groups: [String: [PhoneNumber]]) -> RuleKeys? {
        switch condition {
        case .callerIs(let numbers) where numbers.count <= mostCallers: return RuleKeys(callers: numbers)
        case .callerBegins(let prefixes): return RuleKeys(prefixes: Set(prefixes))
        case .line(let numbers): return RuleKeys(lines: numbers)
        case .group(let names): return RuleKeys(lines: Set(names.flatMap { groups[$0] ?? [] }))
        case .all(let conditions): return conditions.compactMap { of($0, groups: groups) }.min { $0.rank < $1.rank }
        case .any(let conditions):
            let keys = conditions.compactMap { of($0, groups: groups) }
            guard keys.count == conditions.count else { return nil }
            return keys.reduce(into: RuleKeys()) { $0.form(unionWith: $1) }
        case .always, .callerIs, .callerWithheld, .callerListed, .callerCountry, .callerLanguage, .contactKnown,
            .contact, .during, .date, .callsFromCaller, .callsToLine, .seenBefore, .callType, .not:
            return nil
        }
    }

    /// The narrower the keys, the lower: callers are many, lines fewer, beginnings match whole countries.
    private var rank: Int {
        (prefixes.isEmpty ? 0 : 1_000_000) + (lines.isEmpty ? 0 : 1000) + lines.count + callers.count
    }

    private mutating func form(unionWith other: RuleKeys) {
        lines.formUnion(other.lines)
        callers.formUnion(other.callers)
        prefixes.formUnion(other.prefixes)
    }
}
