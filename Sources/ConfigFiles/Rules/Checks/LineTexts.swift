// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

/// Texts whose words depend on the line on which they are heard.
struct LineTexts {
    /// A text as it is written.
    struct Use {
        let text: String
        let position: SourcePosition
        /// Whether its language is written with it.
        let hasOwnLanguage: Bool
    }

    private var uses: [TextTemplate: [Use]] = [:]

    var isEmpty: Bool { uses.isEmpty }

    /// Notes a text that callers hear, if it has a fact or a time of the line.
    mutating func note(_ template: TextTemplate, _ use: Use) {
        let depends = template.holes.contains { hole in
            switch hole.placeholder {
            case .lineFact, .moment: true
            case .callerNumber, .callerCountry, .contact, .lineName, .lineNumber, .callID, .timeHour, .lastCall,
                .phrase:
                false
            }
        }
        if depends { uses[template, default: []].append(use) }
    }

    subscript(template: TextTemplate) -> [Use] { uses[template] ?? [] }
}

extension RulesReader {
    /// How many rules are compared with lines; in larger files the rest is not checked.
    private static let mostComparisons = 20_000

    /// Warns of texts that lack words, or are in two languages, on a line on which callers hear them.
    mutating func checkLineTexts(_ rules: RuleSet) {
        guard !lineTexts.isEmpty else { return }
        var implication = Implication(lines: rules.lines, hours: rules.hours)
        var reported: Set<String> = []
        for line in rules.lines.prefix(Self.mostComparisons / (rules.rules.count + 1)) {
            let called = Condition.member(Line(), Set([line.number]))
            let texts = rules.answers(heardOn: line, &implication).flatMap { answer in
                rules.answers[answer].answer.spokenText?.withPhrases(rules.phrases, when: called, &implication) ?? []
            }
            // Once it may look no further it claims nothing.
            if implication.isSpent { return }
            for text in texts { check(text, on: line, &reported) }
        }
        checkOperatorsText(rules)
    }

    private mutating func check(_ template: TextTemplate, on line: PhoneLine, _ reported: inout Set<String>) {
        for use in lineTexts[template] {
            for hole in template.holes where hole.writtenFallback == nil {
                guard let (name, reason) = hole.placeholder.missing(on: line),
                    reported.insert("\(name) \(use.position)").inserted
                else { continue }
                findings.warning(
                    .missingFallback, "`{{\(name)}}` is empty on the line \(line.name), \(reason)", at: use.position)
            }
            checkLanguage(of: use, template, on: line, &reported)
        }
    }

    private mutating func checkLanguage(
        of use: LineTexts.Use, _ template: TextTemplate, on line: PhoneLine, _ reported: inout Set<String>
    ) {
        guard !use.hasOwnLanguage, let spoken = line.language, MomentPlaceholder.languages.contains(spoken),
            let moment = template.firstSpokenMoment, let language = TextLanguage.certain(of: use.text, besides: spoken),
            reported.insert("language \(use.position)").inserted
        else { return }
        findings.warning(
            .mixedLanguages,
            "`{{\(moment.rawValue)}}` is said in `\(spoken)` on the line \(line.name), and this text looks like "
                + "`\(language)`; set `language: \(language)` of the line, or write the text by language",
            at: use.position)
    }

    /// Warns of the text with which operators close lines, where it says when they open: a closure may have no end.
    private mutating func checkOperatorsText(_ rules: RuleSet) {
        guard let index = answersByName["closed"], case .reject(let text) = rules.answers[index].answer else { return }
        var implication = Implication(lines: rules.lines, hours: rules.hours)
        for template in text.withPhrases(rules.phrases, when: .always, &implication) {
            for hole in template.holes where hole.writtenFallback == nil {
                guard case .moment(let moment) = hole.placeholder, moment.needsOutlook, moment.needsLanguage else {
                    continue
                }
                for use in lineTexts[template] {
                    findings.warning(
                        .missingFallback,
                        "`{{\(moment.rawValue)}}` is empty while an operator keeps a line closed without an end; add a "
                            + "fallback such as {{\(moment.rawValue)|soon}}", at: use.position)
                }
            }
        }
    }
}

extension Placeholder {
    /// Its name, where it has no value on a line, and why.
    fileprivate func missing(on line: PhoneLine) -> (name: String, reason: String)? {
        switch self {
        case .lineFact(let name):
            line.facts[name] == nil
                ? ("line.\(name)", "which lacks this fact; add it there, or a fallback after a bar") : nil
        case .moment(let moment):
            // A language without words has its own finding.
            moment.needsLanguage && moment.needsOutlook && line.hours == nil
                && line.language.map(MomentPlaceholder.languages.contains) == true
                ? (moment.rawValue, "which has no hours; add a fallback such as {{\(moment.rawValue)|soon}}") : nil
        case .callerNumber, .callerCountry, .contact, .lineName, .lineNumber, .callID, .timeHour, .lastCall, .phrase:
            nil
        }
    }
}

extension TextTemplate {
    /// The first placeholder that is said in words.
    fileprivate var firstSpokenMoment: MomentPlaceholder? {
        holes.lazy.compactMap { hole in
            if case .moment(let moment) = hole.placeholder, moment.needsLanguage { moment } else { nil }
        }.first
    }

    /// The text, and those of the phrases in it that callers may hear while a condition holds.
    fileprivate func withPhrases(
        _ phrases: [Phrase], when condition: Condition, _ implication: inout Implication
    ) -> [TextTemplate] {
        var texts = [self]
        for case .phrase(let index) in holes.map(\.placeholder) where phrases.indices.contains(index) {
            switch phrases[index].versions {
            case .byCondition(let versions):
                for version in versions where !implication.neverHolds(.all([condition, version.condition])) {
                    texts += version.text.withPhrases(phrases, when: condition, &implication)
                }
            case .byLanguage(let versions, let otherwise):
                texts += Array(versions.values) + [otherwise].compactMap(\.self)
            }
        }
        return texts
    }
}

extension RuleSet {
    /// The answers that callers of a line may get, as far as the conditions show.
    fileprivate func answers(heardOn line: PhoneLine, _ implication: inout Implication) -> [Int] {
        var heard: [Int] = []
        if let closing = line.hours.flatMap({ hours[$0].closing }) {
            for choice in [closing.otherwise] + closing.windows.map(\.choice) {
                heard.append(line.language.flatMap { choice.languages[$0] } ?? choice.answer)
            }
        }
        let called = Condition.member(Line(), Set([line.number]))
        for rule in rules {
            if implication.neverHolds(.all([called, rule.condition])) { continue }
            switch rule.outcome {
            case .answer(let answer): heard.append(answer)
            case .split(let split): heard += split.arms.map(\.answer)
            }
            // Later rules see no call of this line.
            if !rule.bypassesClosures, implication.implies(called, rule.condition) { return heard }
        }
        return heard + [otherwise]
    }
}
