// SPDX-License-Identifier: Apache-2.0

import Calls
package import Overrides

extension RuleSet {
    /// The rules that let callers in while their line is closed; one that rejects them lets nobody in.
    package var bypasses: [BypassRule] {
        let references = RuleReferences(lines: lines, hours: hours)
        return rules.filter { $0.bypassesClosures && letsIn($0.outcome) }.map { rule in
            let numbers = rule.condition.lines(references)
            return BypassRule(
                rule: rule.name, callers: rule.condition.words(hours),
                lines: numbers?.sorted { $0.digits < $1.digits })
        }
    }

    private func letsIn(_ outcome: RuleOutcome) -> Bool {
        switch outcome {
        case .answer(let place): !isRejection(place)
        case .split(let split): split.arms.contains { $0.weight > 0 && !isRejection($0.answer) }
        }
    }

    private func isRejection(_ place: Int) -> Bool {
        if case .reject = answers[place].answer { true } else { false }
    }
}

extension Condition {
    /// The called numbers that can meet it; `nil` where any can.
    fileprivate func lines(_ references: RuleReferences) -> Set<PhoneNumber>? {
        switch self {
        case .always, .not: return nil
        case .test(let test): return test.callTest.lines(references)
        case .all(let parts):
            let limits = parts.compactMap { $0.lines(references) }
            return limits.dropFirst().reduce(limits.first) { $0?.intersection($1) }
        case .any(let parts):
            let limits = parts.map { $0.lines(references) }
            guard !limits.contains(nil) else { return nil }
            return limits.reduce(into: Set()) { $0.formUnion($1 ?? []) }
        }
    }

    /// Whom it lets through, in words, for people who do not have the file at hand.
    fileprivate func words(_ hours: [HoursTable]) -> String {
        switch self {
        case .always: "every caller"
        case .test(let test): test.words(hours)
        case .all(let parts): parts.map { $0.words(hours) }.joined(separator: ", ")
        case .any(let parts): parts.map { $0.words(hours) }.joined(separator: " or ")
        case .not(let part): "not \(part.words(hours))"
        }
    }
}

extension Condition.Test {
    fileprivate func words(_ hours: [HoursTable]) -> String {
        switch self {
        case .caller(let member): member.values.words
        case .callerCountry(let member): "callers from \(Self.list(member.values))"
        case .callerLanguage(let member): "callers whose country speaks \(Self.list(member.values))"
        case .contactKnown(let member): member.values.map(\.callers).sorted().joined(separator: " or ")
        case .contact(let member): member.attribute.callers(with: member.values)
        case .line(let member): "line \(Self.list(member.values.map(\.description)))"
        case .group(let member): "group \(Self.list(member.values))"
        case .callType(let member): "calls of type \(Self.list(member.values))"
        case .date(let member): "on \(Self.list(member.values.map(\.description)))"
        case .weekday(let member):
            "on \(member.values.sorted { $0.rawValue < $1.rawValue }.map(\.shortName).joined(separator: ", "))"
        case .during(let test): "during \(hours[test.table].name)"
        case .calls: "by number of calls"
        case .liveCalls: "by calls in progress"
        case .seenBefore: "by earlier calls"
        }
    }

    private static func list(_ values: some Sequence<String>) -> String { values.sorted().shortList }
}

extension CallerSet {
    fileprivate var words: String {
        switch self {
        case .numbers(let numbers): Self.count(numbers)
        case .list(let file, let numbers): "\(Self.count(numbers)) of \(file)"
        case .prefixes(let prefixes): "numbers that begin with \(prefixes.map(\.description).sorted().shortList)"
        case .withheld: "withheld numbers"
        }
    }

    private static func count(_ numbers: Set<PhoneNumber>) -> String {
        numbers.count == 1 ? "1 number" : "\(numbers.count) numbers"
    }
}

extension ContactStanding {
    fileprivate var callers: String {
        switch self {
        case .known: "known contacts"
        case .unknown: "unknown callers"
        case .unavailable: "callers whose contact cannot be looked up"
        }
    }
}
