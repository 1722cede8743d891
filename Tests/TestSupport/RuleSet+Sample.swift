// SPDX-License-Identifier: Apache-2.0

package import Overrides
package import Calls
package import Rules

extension RuleSet {
    /// A book with one line, open always, whose answers and rules a test gives.
    package static func sample(
        lines: [PhoneLine] = [.sample()], unknownLine: Answer? = nil, hours: [HoursTable] = [],
        answers: [String: Answer] = [:], rules: [(rule: SampleRule, answer: Answer)] = [],
        otherwise: Answer = .standard, tags: Bool = true, forwarding: Forwarding = .none,
        revision: String = "0a1b2c3d", phrases: [Phrase] = [], masksNumbers: Bool = false
    ) -> RuleSet {
        var all = answers.sorted { $0.key < $1.key }.map { NamedAnswer(name: $0.key, answer: $0.value) }
        func place(_ answer: Answer) -> Int {
            all.append(NamedAnswer(name: nil, answer: answer))
            return all.count - 1
        }
        let rules = rules.map { entry in
            Rule(
                name: entry.rule.name, condition: entry.rule.condition, bypassesClosures: entry.rule.bypasses,
                outcome: .answer(place(entry.answer)))
        }
        let unknown = unknownLine.map(place)
        let otherwise = place(otherwise)
        return RuleSet(
            revision: revision, zone: .utc, lines: lines, unknownLine: unknown, hours: hours, answers: all,
            rules: rules, otherwise: otherwise, tagsAnswers: tags, forwarding: forwarding,
            phrases: phrases, masksNumbers: masksNumbers)
    }

    /// A rule without its answer.
    package struct SampleRule {
        package let name: String
        package let condition: Condition
        package let bypasses: Bool

        package init(_ name: String, _ condition: Condition = .always, bypasses: Bool = false) {
            self.name = name
            self.condition = condition
            self.bypasses = bypasses
        }
    }
}

extension PhoneLine {
    /// The line that sample calls come in on.
    package static func sample(
        number: PhoneNumber = "+31850835037", name: String = "Demo line", group: String? = "demo", hours: Int? = nil,
        assistantID: String? = nil, language: String? = nil, facts: [String: String] = [:]
    ) -> PhoneLine {
        PhoneLine(
            number: number, name: name, group: group, hours: hours, zone: .utc, assistantID: assistantID,
            language: language, facts: facts)
    }
}

extension Answer {
    /// An answer with a greeting.
    package static func greeting(_ text: String) -> Answer {
        .assistant(AssistantAnswer(greeting: TextTemplate(parsing: text)))
    }

    /// A rejection.
    package static func rejection(_ text: String) -> Answer {
        .reject(TextTemplate(parsing: text))
    }
}

extension Override {
    /// An override by the sample operator.
    package static func sample(
        _ kind: Kind, _ scope: Scope = .all, id: Int = 1, reason: String = "", since: Instant = .sample,
        until: Instant? = nil, who: Operator = Operator(user: "anna")
    ) -> Override {
        Override(id: id, kind: kind, scope: scope, reason: reason, who: who, since: since, until: until)
    }
}

extension ActiveOverrides {
    /// ActiveOverrides with these overrides in force.
    package static func sample(_ overrides: Override...) -> ActiveOverrides {
        ActiveOverrides(overrides)
    }
}
