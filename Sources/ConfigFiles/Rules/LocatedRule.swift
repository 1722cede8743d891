// SPDX-License-Identifier: Apache-2.0

import Rules

/// A rule with its place in the file.
struct LocatedRule {
    let rule: Rule
    let position: SourcePosition

    /// A rule that is never asked, and the one that takes its calls.
    struct Shadow {
        let rule: LocatedRule
        let caster: LocatedRule
    }

    /// Returns the rules that are never asked, each with the first one that takes all its calls.
    ///
    /// Those that bypass closures are asked before all that do not, wherever they stand.
    static func shadowed(in rules: [LocatedRule], _ implication: inout Implication) -> [Shadow] {
        let asked = rules.filter(\.rule.bypassesClosures) + rules.filter { !$0.rule.bypassesClosures }
        let always = asked.firstIndex { $0.rule.condition == .always }
        var shadows: [Shadow] = []
        for (place, later) in asked.enumerated() {
            let condition = later.rule.condition
            // Each rule is compared with all before it, which for ten thousand would take long.
            let caster =
                implication.isSpent
                ? always.flatMap { $0 < place ? asked[$0] : nil }
                : asked[..<place].first { implication.implies(condition, $0.rule.condition) }
            if let caster { shadows.append(Shadow(rule: later, caster: caster)) }
        }
        return shadows
    }
}

extension LocatedRule.Shadow {
    /// Says what takes the rule's calls, and what to do.
    var words: String {
        let first = caster.rule
        let bypasses = first.bypassesClosures && !rule.rule.bypassesClosures
        let place = "`\(first.name)` in line \(caster.position.line) "
        let (reason, advice) =
            if first.condition == .always {
                ("always holds", bypasses ? "give it a `when`" : "move it below, or give it a `when`")
            } else if first.condition == rule.rule.condition {
                ("holds for the same calls", "remove one, or tell them apart")
            } else {
                ("holds whenever this one does", bypasses ? "narrow it" : "put the narrower rule first")
            }
        return "the rule `\(rule.rule.name)` is never reached: \(place)"
            + (bypasses ? "bypasses closures, so it is asked first, and " : "comes first and ") + "\(reason); \(advice)"
    }
}
