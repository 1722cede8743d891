// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Overrides

extension RuleSet {
    /// The rules that let callers in while their line is closed; one that rejects them lets nobody in.
    ///
    /// Entries of lists that have ended are not counted.
    package func bypasses(at now: Instant) -> [BypassRule] { bypassRules(at: now, where: letsIn) }

    /// The rules that reject callers before any closure does, and so with other words than a closure.
    package func bypassRejections(at now: Instant) -> [BypassRule] { bypassRules(at: now) { !letsIn($0) } }

    private func bypassRules(at now: Instant, where isMeant: (RuleOutcome) -> Bool) -> [BypassRule] {
        guard !bypassing.all.isEmpty else { return [] }
        let references = RuleReferences(lines: lines, hours: hours)
        let words = CallersInWords(hours: hours, day: zone.local(now).date)
        return bypassing.all.map { rules[$0] }.filter { isMeant($0.outcome) }.map { rule in
            let numbers = rule.condition.lines(references)
            return BypassRule(
                rule: rule.name, callers: words.of(rule.condition),
                lines: numbers?.sorted { $0.digits < $1.digits })
        }
    }

    /// Whether a rule answers any call without rejecting it.
    package func letsIn(_ outcome: RuleOutcome) -> Bool {
        switch outcome {
        case .answer(let place): !isRejection(place)
        case .split(let split): split.arms.contains { $0.weight > 0 && !isRejection($0.answer) }
        }
    }

    package func isRejection(_ place: Int) -> Bool {
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
}

/// Whom a rule lets through, in words, for people who do not have the file at hand.
private struct CallersInWords {
    let hours: [HoursTable]
    /// The day for which entries of lists count.
    let day: CivilDate

    func of(_ condition: Condition) -> String {
        switch condition {
        case .always: "every caller"
        case .test(let test): of(test)
        case .all(let parts): parts.map(of).joined(separator: ", ")
        case .any(let parts): parts.map(of).joined(separator: " or ")
        case .not(let part): "not \(of(part))"
        }
    }

    private func of(_ test: Condition.Test) -> String {
        switch test {
        case .caller(let member): of(member.values)
        case .callerCountry(let member): "callers from \(list(member.values))"
        case .callerLanguage(let member): "callers whose country speaks \(list(member.values))"
        case .contactKnown(let member): member.values.map(\.callers).sorted().joined(separator: " or ")
        case .contact(let member): member.attribute.callers(with: member.values)
        case .line(let member): "line \(list(member.values.map(\.description)))"
        case .lineFact(let member): member.attribute.lines(with: member.values)
        case .group(let member): "group \(list(member.values))"
        case .callType(let member): "calls of type \(list(member.values))"
        case .date(let member): "on \(list(member.values.map(\.description)))"
        case .weekday(let member):
            "on \(member.values.sorted { $0.rawValue < $1.rawValue }.map(\.shortName).joined(separator: ", "))"
        case .during(let test): "during \(hours[test.table].name)"
        case .calls: "by number of calls"
        case .liveCalls: "by calls in progress"
        case .seenBefore: "by earlier calls"
        }
    }

    private func of(_ callers: CallerSet) -> String {
        switch callers {
        case .numbers(let numbers): CountText.words(numbers.count, "number")
        case .list(let list):
            list.entries.hasOnlyNumbers
                ? "\(CountText.words(list.entries.count(on: day), "number")) of \(list.file)"
                : "\(CountText.words(list.entries.count(on: day), "entry", plural: "entries")) of \(list.file)"
        case .prefixes(let prefixes): "numbers that begin with \(list(prefixes.map(\.description)))"
        case .ranges(let ranges): "numbers in \(list(ranges.map(\.description)))"
        case .withheld: "withheld numbers"
        }
    }

    private func list(_ values: some Sequence<String>) -> String { values.sorted().shortList }
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
