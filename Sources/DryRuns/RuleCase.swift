// SPDX-License-Identifier: Apache-2.0

package import Calls
package import JSON

/// A test of a rules file: a hypothetical call, and what it must get.
package struct RuleCase: Equatable, Sendable {
    package let name: String
    /// The line of the case in the file, from 1.
    package let line: Int
    package let call: HypotheticalCall
    /// What decides, such as `rule vip`; `nil` where the case does not say.
    package let by: String?
    /// The answer without our tag; `nil` where the case does not say.
    package let answer: JSONValue?

    package init(name: String, line: Int, call: HypotheticalCall, by: String?, answer: JSONValue?) {
        self.name = name
        self.line = line
        self.call = call
        self.by = by
        self.answer = answer
    }
}

/// The result of a case.
package struct CaseResult: Sendable {
    package let ruleCase: RuleCase
    /// What decided.
    package let by: Decider
    /// The differences from what the case expects, a line each; empty when it passes.
    package let differences: [String]

    /// Runs a case.
    package init(_ ruleCase: RuleCase, in dryRun: DryRun) {
        let explanation = dryRun.explain(ruleCase.call)
        self.ruleCase = ruleCase
        by = explanation.by
        var differences: [String] = []
        if let expected = ruleCase.by, expected != explanation.by.description {
            differences += ["- by: \(expected)", "+ by: \(explanation.by)"]
        }
        if let expected = ruleCase.answer {
            let answer = JSONReader.read(explanation.answer)?.untagged
            if answer?.sorted != expected.untagged.sorted {
                let words = answer?.text ?? String(decoding: explanation.answer, as: UTF8.self)
                differences += ["- answer: \(expected.text)", "+ answer: \(words)"]
            }
        }
        self.differences = differences
    }

    /// Returns the rules that no case reached.
    package static func unreached(_ rules: [String], by results: [CaseResult]) -> [String] {
        let reached = Set(
            results.compactMap { result in
                switch result.by {
                case .rule(let name), .arm(_, ofRule: let name): name
                case .override, .hours, .unknownLine, .noNumber, .otherwise, .deadline: nil as String?
                }
            })
        return rules.filter { !reached.contains($0) }
    }
}

extension JSONValue {
    /// The same document with sorted keys, so that documents with the same content are equal.
    fileprivate var sorted: JSONValue {
        switch self {
        case .null, .bool, .number, .string: self
        case .array(let items): .array(items.map(\.sorted))
        case .object(let members):
            .object(members.map { Member($0.key, $0.value.sorted) }.sorted { $0.key < $1.key })
        }
    }

    /// The same answer without our tag, and without metadata that contains nothing else.
    fileprivate var untagged: JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(
            members.map { member in
                ["assistant", "assistant_override"].contains(member.key)
                    ? Member(member.key, member.value.withoutTag) : member
            })
    }

    private var withoutTag: JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(
            members.compactMap { member in
                guard member.key == "metadata", case .object(let entries) = member.value else { return member }
                let own = entries.filter { $0.key != "switchboard" }
                return own.isEmpty ? nil : Member("metadata", .object(own))
            })
    }
}
