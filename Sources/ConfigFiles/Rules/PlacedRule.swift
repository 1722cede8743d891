// SPDX-License-Identifier: Apache-2.0

import Rules

/// A rule with its place in the file.
struct PlacedRule {
    let rule: Rule
    let position: SourcePosition

    /// Returns the rules that are never asked, each with the one above it that takes its calls.
    static func unreachable(in rules: [PlacedRule]) -> [(later: PlacedRule, earlier: PlacedRule)] {
        rules.enumerated().compactMap { index, later in
            rules[..<index].first { $0.takesEverything(from: later) }.map { (later, $0) }
        }
    }

    /// Whether a rule above another one leaves no call to it.
    ///
    /// One that bypasses closures is asked before all that do not, so it loses no call to one of those above it.
    private func takesEverything(from later: PlacedRule) -> Bool {
        guard rule.bypassesClosures || !later.rule.bypassesClosures else { return false }
        return rule.condition == .always || rule.condition == later.rule.condition
    }
}
