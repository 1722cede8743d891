// SPDX-License-Identifier: Apache-2.0

package import Rules

extension RulesFile {
    /// Warns of splits that give more callers another arm than they have to, compared with other rules.
    package func regroupings(since former: RuleSet) -> [Diagnostic] {
        rules.regroupings(since: former).map { change in
            let position = rulePositions[change.rule] ?? .start
            return Diagnostic(
                .warning, .movedCallers, file: files[position.file], at: position, change.words)
        }
    }
}

extension Regrouping {
    fileprivate var words: String {
        let share = "about \(moved) % of callers change their arm"
        let enough = needed > 0 ? ", where \(needed) % would do" : ", though the shares stay the same"
        switch cause {
        case .sum(let was, let now):
            let advice = kept.map { "keep the sum, such as \($0)" } ?? "keep the sum at \(was)"
            return "the weights of `\(rule)` add up to \(now) instead of \(was), so \(share)\(enough); \(advice)"
        case .order:
            return "the arms of `\(rule)` are in another order, so \(share)\(enough); keep the order"
        case .name(let was):
            return "`\(rule)` was named `\(was)`, so \(share)\(enough); keep the name"
        }
    }
}
