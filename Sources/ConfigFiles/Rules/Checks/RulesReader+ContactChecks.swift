// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// Warns of rules and texts that do something else than meant when a contact lacks something or is unavailable.
    mutating func checkContacts(_ rules: RuleSet, _ sources: [ContactSource], otherwise: SourcePosition?) {
        checkFallbacks(rules)
        checkRejections(rules, sources, otherwise: otherwise)
    }

    /// Warns of a placeholder without a fallback in a text that callers hear, unless every rule that leads there asks for
    /// the attribute.
    private mutating func checkFallbacks(_ rules: RuleSet) {
        let users = AnswerUsers(rules)
        var implication = Implication(lines: rules.lines, hours: rules.hours)
        for (index, named) in rules.answers.enumerated() {
            guard let text = named.answer.spokenText else { continue }
            for condition in users.conditions(of: index) {
                checkFallbacks(text, when: condition, rules.phrases, &implication)
            }
        }
        for missing in contactUses.missingFallbacks {
            findings.warning(
                .missingFallback,
                "`{{contact.\(missing.name)}}` is empty for callers without it; add a fallback such as "
                    + "{{contact.\(missing.name)|there}}", at: missing.position)
        }
    }

    /// Notes the placeholders of a text, and of the phrases in it, that are empty for some call for which this holds.
    private mutating func checkFallbacks(
        _ text: TextTemplate, when condition: Condition, _ phrases: [Phrase], _ implication: inout Implication
    ) {
        for hole in text.contactHoles
        where !hole.hasFallback && !implication.implies(condition, .member(ContactAttribute(hole.name), .present)) {
            // Once it may look no further it claims nothing.
            guard !implication.isSpent else { return }
            contactUses.noteMissingFallback(of: hole.name, in: text)
        }
        for case .phrase(let index) in text.holes.map(\.placeholder) where phrases.indices.contains(index) {
            switch phrases[index].versions {
            case .byCondition(let versions):
                for version in versions {
                    checkFallbacks(version.text, when: .all([condition, version.condition]), phrases, &implication)
                }
            case .byLanguage(let texts, let otherwise):
                for text in Array(texts.values) + [otherwise].compactMap(\.self) {
                    checkFallbacks(text, when: condition, phrases, &implication)
                }
            }
        }
    }

    /// Warns of rejections that depend on a source that can be unavailable, where no rule says what happens then.
    private mutating func checkRejections(_ rules: RuleSet, _ sources: [ContactSource], otherwise: SourcePosition?) {
        let remote = sources.compactMap(\.kind.remoteName)
        guard let source = remote.first, !rules.rules.contains(where: \.condition.asksForUnavailable) else { return }
        let advice = "add a rule with `contact: unavailable` before it"
        // The first rule that lets callers in because they are known.
        var open: Rule?
        for (rule, position) in zip(rules.rules, contactUses.rulePositions) {
            let outcomes = rule.outcome.answers.map { rules.hangsUp($0) }
            if outcomes.contains(true), rule.condition.asksForContact {
                findings.warning(
                    .unavailableContact,
                    "the rule `\(rule.name)` may not hold while \(source) cannot be asked; \(advice)", at: position)
            } else if outcomes.contains(true), !rule.condition.isAimedAtCallers, let open {
                findings.warning(
                    .unavailableContact,
                    "the rule `\(rule.name)` rejects the callers of `\(open.name)` too while \(source) cannot be asked; "
                        + advice, at: position)
            }
            if outcomes.contains(false), rule.condition.asksForContact { open = open ?? rule }
        }
        guard let open, let otherwise, rules.hangsUp(rules.otherwise) else { return }
        findings.warning(
            .unavailableContact,
            "`otherwise` rejects the callers of `\(open.name)` too while \(source) cannot be asked; add a rule with "
                + "`contact: unavailable`", at: otherwise)
    }
}

/// The conditions under which each answer is given.
private struct AnswerUsers {
    private var byAnswer: [Int: [Condition]] = [:]

    init(_ rules: RuleSet) {
        for rule in rules.rules {
            switch rule.outcome {
            case .answer(let answer): byAnswer[answer, default: []].append(rule.condition)
            case .split(let split):
                for arm in split.arms { byAnswer[arm.answer, default: []].append(rule.condition) }
            }
        }
        let closed = rules.hours.flatMap { $0.closing?.all ?? [] }
        for answer in closed + [rules.otherwise] + [rules.unknownLine, rules.noNumber].compactMap(\.self) {
            byAnswer[answer, default: []].append(.always)
        }
        for (place, named) in rules.answers.enumerated() {
            guard case .ask(let ask) = named.answer else { continue }
            let conditions = conditions(of: place)
            byAnswer[ask.otherwise, default: []] += conditions
        }
    }

    /// An answer that nobody uses yet may be used by anybody.
    func conditions(of answer: Int) -> [Condition] { byAnswer[answer] ?? [.always] }
}

extension Answer {
    /// The text that a caller hears first, or instead of an assistant.
    var spokenText: TextTemplate? {
        switch self {
        case .assistant(let assistant): assistant.greeting
        case .reject(let text), .raw(let text): text
        case .standard, .ask: nil
        }
    }
}

extension RuleOutcome {
    /// The answers that a call may get.
    fileprivate var answers: [Int] {
        switch self {
        case .answer(let answer): [answer]
        case .split(let split): split.arms.filter { $0.weight > 0 }.map(\.answer)
        }
    }
}

extension RuleSet {
    /// Whether callers with this answer reach no assistant.
    fileprivate func hangsUp(_ place: Int) -> Bool {
        if case .raw(let text) = answers[place].answer { text.sendsError } else { isRejection(place) }
    }
}

extension Condition {
    /// Whether it names callers one by one or counts their calls: people whom a rule rejects on purpose, known or not.
    fileprivate var isAimedAtCallers: Bool {
        contains { test in
            switch test {
            case .caller(let member):
                switch member.values {
                case .numbers, .list, .withheld: true
                case .prefixes, .ranges: false
                }
            case .calls, .seenBefore: true
            case .callerCountry, .callerLanguage, .contactKnown, .contact, .line, .group, .lineFact, .callType, .date,
                .weekday, .during, .liveCalls:
                false
            }
        }
    }

    /// Whether any part asks if the contact is unavailable.
    fileprivate var asksForUnavailable: Bool {
        contains { if case .contactKnown(let member) = $0 { member.values.contains(.unavailable) } else { false } }
    }

    /// Whether any part asks for a contact.
    fileprivate var asksForContact: Bool { contains { $0.kind == .contactKnown || $0.kind == .contact } }

    private func contains(_ holds: (Test) -> Bool) -> Bool {
        switch self {
        case .always: false
        case .test(let test): holds(test)
        case .all(let parts), .any(let parts): parts.contains { $0.contains(holds) }
        case .not(let part): part.contains(holds)
        }
    }
}
