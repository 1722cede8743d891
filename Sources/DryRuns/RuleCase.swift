// SPDX-License-Identifier: Apache-2.0

package import Calls
package import JSON

/// A test of a rules file: a hypothetical call, and what it must get.
package struct RuleCase: Equatable, Sendable {
    package let name: String
    /// The line of the case in the file, from 1.
    package let line: Int
    package let call: HypotheticalCall
    /// Whether the contact sources are asked about the caller; otherwise the case says what they know.
    package let asksContacts: Bool
    package let expected: Expectation

    /// What a call must get; what is `nil` is not compared.
    package struct Expectation: Equatable, Sendable {
        /// What decides, such as `rule vip`.
        package var by: String?
        /// The answer without our tag.
        package var answer: JSONValue?
        /// A part of the answer.
        package var part: JSONValue?

        package init(by: String? = nil, answer: JSONValue? = nil, part: JSONValue? = nil) {
            self.by = by
            self.answer = answer
            self.part = part
        }
    }

    package init(
        name: String, line: Int, call: HypotheticalCall, asksContacts: Bool = false, expected: Expectation
    ) {
        self.name = name
        self.line = line
        self.call = call
        self.asksContacts = asksContacts
        self.expected = expected
    }
}

/// The result of a case.
package struct CaseResult: Sendable {
    package let ruleCase: RuleCase
    /// What decided.
    package let by: Decider
    /// The differences from what the case expects, a line each; empty when it passes.
    package let differences: [String]
    /// Whether the call needed a contact that the case does not give.
    package let missesContact: Bool

    package var passes: Bool { differences.isEmpty }

    /// Runs a case; `contact` is what the contact sources know of its caller, if it asks them.
    package init(_ ruleCase: RuleCase, in dryRun: DryRun, contact: ContactLookup = .nobody) {
        let explanation = dryRun.explain(ruleCase.asksContacts ? ruleCase.call.with(contact) : ruleCase.call)
        self.ruleCase = ruleCase
        by = explanation.by
        missesContact = ruleCase.asksContacts && explanation.usesContact && contact.contact == nil
        let expected = ruleCase.expected
        var differences: [String] = []
        if let by = expected.by, by != explanation.by.description {
            differences += ["- by: \(by)", "+ by: \(explanation.by)"]
        }
        let answer = JSONReader.read(explanation.answer)
        let words = answer?.untagged.text ?? String(decoding: explanation.answer, as: UTF8.self)
        if let whole = expected.answer, answer?.comparable != whole.comparable {
            differences += ["- answer: \(whole.text)", "+ answer: \(words)"]
        }
        if let part = expected.part {
            let lacking =
                answer.map { AnswerPart.lacking(part, in: $0) } ?? [.init(place: "", wanted: part, found: nil)]
            differences += lacking.flatMap(\.lines)
        }
        self.differences = differences
    }
}

/// How far the cases of a file reach its rules.
package struct CaseCoverage: Equatable, Sendable {
    /// How many rules the file has.
    package let rules: Int
    /// The names of the rules that no case reaches, in the order of the file.
    package let unreached: [String]

    package init(of rules: [String], by results: [CaseResult]) {
        let reached = Set(
            results.compactMap { result in
                switch result.by {
                case .rule(let name), .arm(_, ofRule: let name): name
                case .override, .block, .hours, .unknownLine, .noNumber, .otherwise, .deadline: nil as String?
                }
            })
        self.rules = rules.count
        unreached = rules.filter { !reached.contains($0) }
    }

    package var reached: Int { rules - unreached.count }

    /// How many of a hundred rules are reached, rounded down; 100 for a file without rules.
    package var percent: Int { rules == 0 ? 100 : reached * 100 / rules }
}

/// The parts of an expected answer that an answer lacks.
package enum AnswerPart {
    /// A place where the answer differs.
    package struct Lack {
        package let place: String
        let wanted: JSONValue
        let found: JSONValue?

        var lines: [String] {
            let key = place.isEmpty ? "answer_has" : "answer_has \(place)"
            return ["- \(key): \(wanted.text)", "+ \(key): \(found?.text ?? "missing")"]
        }
    }

    /// Compares: an object has the keys that are expected and may have more, a list has the items in their order and may
    /// have more between them, anything else is equal.
    package static func lacking(_ part: JSONValue, in answer: JSONValue, at place: String = "") -> [Lack] {
        switch (part, answer) {
        case (.object(let members), .object):
            return members.flatMap { member -> [Lack] in
                let inner = place.isEmpty ? member.key : "\(place).\(member.key)"
                guard let value = answer[member.key] else {
                    return [Lack(place: inner, wanted: member.value, found: nil)]
                }
                return lacking(member.value, in: value, at: inner)
            }
        case (.array(let items), .array(let found)):
            var rest = found[...]
            for item in items {
                guard let match = rest.firstIndex(where: { lacking(item, in: $0).isEmpty }) else {
                    return [Lack(place: place, wanted: part, found: answer)]
                }
                rest = rest[(match + 1)...]
            }
            return []
        case (.number(let wanted), .number(let found)) where Double(wanted) == Double(found): return []
        default: return part == answer ? [] : [Lack(place: place, wanted: part, found: answer)]
        }
    }
}
