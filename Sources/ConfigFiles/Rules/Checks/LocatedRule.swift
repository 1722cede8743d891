// SPDX-License-Identifier: Apache-2.0

import Rules

/// A rule with its position in the file.
struct LocatedRule {
    let rule: Rule
    let position: SourcePosition
    /// Whether the rule asks another server, which may leave the answer to the rules that follow.
    let mayGoOn: Bool
    /// Whether what it asks makes a caller known for the rules that follow.
    let givesFacts: Bool

    init(rule: Rule, position: SourcePosition, answers: [RuleSet.NamedAnswer]) {
        self.rule = rule
        self.position = position
        let places =
            switch rule.outcome {
            case .answer(let place): [place]
            case .split(let split): split.arms.map(\.answer)
            }
        let asks = places.compactMap { place in
            if case .ask(let ask) = answers[place].answer { ask } else { nil as Ask? }
        }
        mayGoOn = !asks.isEmpty
        givesFacts = asks.contains { $0.gives == .facts }
    }

    /// A rule that no call can reach.
    struct Problem {
        let code: Diagnostic.Code
        let message: String
        let position: SourcePosition
    }

    /// Returns the rules that no call can reach, each with the reason.
    static func problems(in rules: [LocatedRule], _ implication: inout Implication) -> [Problem] {
        var problems: [Problem] = []
        var possible: [LocatedRule] = []
        for rule in rules {
            if implication.neverHolds(rule.rule.condition) {
                problems.append(rule.neverHolds)
            } else {
                possible.append(rule)
            }
        }
        return problems + shadowed(in: possible, &implication)
    }

    /// Returns the rules whose calls an earlier one always takes.
    ///
    /// Rules that bypass closures are asked before all others, wherever they are in the file. A rule that asks a server may
    /// leave its calls to the others, and after one that asks for facts a condition on the contact may begin to hold.
    private static func shadowed(in rules: [LocatedRule], _ implication: inout Implication) -> [Problem] {
        let asked = rules.filter(\.rule.bypassesClosures) + rules.filter { !$0.rule.bypassesClosures }
        let always = asked.firstIndex { $0.rule.condition == .always && !$0.mayGoOn }
        var firstComparable = 0
        var problems: [Problem] = []
        for (place, later) in asked.enumerated() {
            let condition = later.rule.condition
            // Comparing each rule with all before it would take long for ten thousand; the budget bounds it.
            let earlier =
                implication.isSpent
                ? always.flatMap { $0 < place ? asked[$0] : nil }
                : asked[firstComparable..<place].first {
                    !$0.mayGoOn && implication.implies(condition, $0.rule.condition)
                }
            if let earlier { problems.append(later.shadowed(by: earlier)) }
            if later.givesFacts { firstComparable = place + 1 }
        }
        return problems
    }

    private var neverHolds: Problem {
        Problem(
            code: .neverHolds,
            message: "the rule `\(rule.name)` never holds: parts of its `when` exclude each other; use `any` if one is "
                + "enough", position: position)
    }

    private func shadowed(by earlier: LocatedRule) -> Problem {
        let bypasses = earlier.rule.bypassesClosures && !rule.bypassesClosures
        let (reason, advice) =
            if earlier.rule.condition == .always {
                ("always holds", bypasses ? "give it a `when`" : "move it below, or give it a `when`")
            } else if earlier.rule.condition == rule.condition {
                ("holds for the same calls", "remove one, or change its `when`")
            } else {
                ("holds whenever this one does", bypasses ? "narrow it" : "put the narrower rule first")
            }
        let order = bypasses ? "is asked first because it bypasses closures" : "comes first"
        return Problem(
            code: .neverReached,
            message:
                "the rule `\(rule.name)` is never reached: `\(earlier.rule.name)` on line \(earlier.position.line) "
                + "\(order) and \(reason); \(advice)", position: position)
    }
}
