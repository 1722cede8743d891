// SPDX-License-Identifier: Apache-2.0

package import Calls
import Overrides

/// What is different after a reload, in words.
package struct RulesChanges: Equatable, Sendable {
    /// In the order in which they are shown.
    package private(set) var entries: [Entry] = []

    package typealias Entry = RulesChange
    package typealias Kind = RulesChange.Kind

    package mutating func add(_ entries: [Entry]) { self.entries += entries }

    /// Whether one of them looks like a mistake.
    package var isAlert: Bool { entries.contains(where: \.isAlert) }

    /// One line for people, such as `1 rule changed, 2 lines answer differently within 7 days`.
    package var summary: String {
        let parts = Kind.allCases.compactMap { kind in
            let names = Set(entries.filter { $0.kind == kind }.map(\.name))
            return names.isEmpty ? nil : kind.words(max(1, names.subtracting([""]).count))
        }
        return parts.isEmpty ? "no rule, answer, hours, line or list changed" : parts.joined(separator: ", ")
    }

    /// The most that are shown, a line each; the rest is only counted.
    private static let mostLines = 150

    /// All of them, a line each.
    package var lines: [String] {
        let rest = entries.count - Self.mostLines
        return entries.prefix(Self.mostLines).map(\.description) + (rest > 0 ? ["and \(rest) more changes"] : [])
    }
}

extension RulesChange.Kind {
    fileprivate func words(_ count: Int) -> String {
        switch self {
        case .file: "\(CountText.words(count, "file")) changed"
        case .lineNow: "\(count) line\(count == 1 ? " answers" : "s answer") differently now"
        case .lineLater: "\(count) line\(count == 1 ? " answers" : "s answer") differently within 7 days"
        case .rule: "\(CountText.words(count, "rule")) changed"
        case .answer: "\(CountText.words(count, "answer")) changed"
        case .hours: "\(CountText.words(count, "hours table")) changed"
        case .line: "\(CountText.words(count, "line")) changed"
        case .other: "other settings changed"
        case .restart: "a restart is needed"
        }
    }
}

extension RulesChanges {
    /// The differences between the rules in use before and now; `callers` are those whose arms of a split are compared.
    package init(
        from old: CallPolicy, to new: CallPolicy, at now: Instant, callers: some Collection<PhoneNumber>,
        files: [Entry] = []
    ) {
        entries = files
        let (before, after) = (old.compiled.rules, new.compiled.rules)
        guard !after.isSame(as: before) else { return }
        add(before.listChanges(to: after))
        let present = CallPolicy.differences(from: old, to: new, at: now)
        add(.lineNow, present.map(\.change))
        let weeks = LineWeeks(from: old.compiled, to: new.compiled, at: now, reported: Set(present.map(\.line)))
        let later = weeks.changes
        add(.lineLater, later)
        if !later.isEmpty, !(new.overrides.closures.isEmpty && new.overrides.greetings.isEmpty) {
            entries.append(Entry(.lineLater, "", "overrides in force still come first"))
        }
        add(.rule, before.ruleChanges(to: after, callers: callers))
        add(.answer, before.answerChanges(to: after))
        add(.hours, before.hoursChanges(to: after))
        add(.line, before.lineChanges(to: after))
        add(.other, before.otherChanges(to: after))
        if entries.isEmpty { entries = [Entry(.other, "", "something else in the file changed")] }
    }

    private mutating func add(_ kind: Kind, _ changes: [NamedChange]) {
        entries += changes.map { Entry(kind, $0.name, $0.words) }
    }
}

extension RuleSet {
    /// Whether it answers every call as another does; comments and layout do not count.
    func isSame(as other: RuleSet) -> Bool {
        var other = other
        other.revision = revision
        return self == other
    }
}
