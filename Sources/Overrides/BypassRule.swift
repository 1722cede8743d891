// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A rule with `bypass_closures` that lets callers in while lines are closed.
package struct BypassRule: Hashable, Sendable {
    package let rule: String
    /// Which callers, in words: `3 numbers`.
    package let callers: String
    /// The lines on which it can hold; `nil` for any.
    package let lines: [PhoneNumber]?

    package init(rule: String, callers: String, lines: [PhoneNumber]?) {
        self.rule = rule
        self.callers = callers
        self.lines = lines
    }
}

extension ServerStatus {
    /// The rules that let callers of some of these lines in while they are closed.
    package func bypasses(in scope: Scope) -> [BypassRule] { holding(bypasses, in: scope) }

    /// Who is rejected by rules before a closure of these lines decides, in words; `nil` for nobody.
    package func bypassRejections(in scope: Scope) -> String? {
        let rules = holding(bypassRejections, in: scope)
        return rules.isEmpty
            ? nil : "Hear the words of a rule instead: " + rules.map { "rule \($0.rule) (\($0.callers))" }.shortList
    }

    private func holding(_ rules: [BypassRule], in scope: Scope) -> [BypassRule] {
        let covered = Set(lines(in: scope).map(\.number))
        return rules.filter { bypass in
            bypass.lines.map { !covered.isDisjoint(with: $0) } ?? true
        }
    }
}

extension ServerStatus {
    /// The rules that let callers in on lines that are closed now.
    package var bypassesNow: [BypassRule] { bypasses.onClosed(lines) }
}

extension [BypassRule] {
    /// Those that can hold on one of the lines that is closed.
    package func onClosed(_ lines: [LineStatus]) -> [BypassRule] {
        let closed = Set(lines.filter { !$0.isOpen }.map(\.number))
        guard !closed.isEmpty else { return [] }
        return filter { bypass in bypass.lines.map { !closed.isDisjoint(with: $0) } ?? true }
    }

    /// Who still gets through in a few words: `except rule vip`, `except 3 rules`; `nil` for nobody.
    package var shortWords: String? {
        guard let first else { return nil }
        return count == 1 && first.rule.count <= Self.shortName
            ? "except rule \(first.rule)"
            : "except \(CountText.words(count, "rule"))"
    }

    /// A rule with a longer name, in characters, is only counted.
    private static var shortName: Int { 12 }

    /// Who still gets through: `Still let in: rule vip (3 numbers)`; `nil` for nobody.
    package var words: String? {
        guard !isEmpty else { return nil }
        return "Still let in: " + map { "rule \($0.rule) (\($0.callers))" }.shortList
    }
}
