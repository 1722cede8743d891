// SPDX-License-Identifier: Apache-2.0

package import Calls

/// The result of a command in words, for the command line and the dashboard.
package struct OverrideResultText {
    private let result: OverrideResult
    private let now: Instant
    /// The desk's clock.
    private let clock: (Instant) -> LocalTime

    package init(_ result: OverrideResult, at now: Instant, on clock: @escaping (Instant) -> LocalTime) {
        self.result = result
        self.now = now
        self.clock = clock
    }

    /// What was done and what holds now, as one sentence without a full stop.
    package var headline: String {
        guard let reach = result.reach, reach.isComplete else { return deed }
        return "\(deed); \(reach.words)"
    }

    private var deed: String {
        guard let effect = result.effect else { return began ?? beganOnCallers ?? result.words }
        switch effect.act {
        case .begin: return began ?? beganOnCallers ?? result.words
        case .open:
            guard !effect.before.isEmpty else { return result.words }
            let count = effect.before.count { line in
                result.ended.contains { $0.kind.closes && $0.scope.covers(line) }
            }
            return "closures lifted on \(CountText.words(count, "line"))\(lines(effect))"
        case .followHours, .clearGreeting, .end: return result.words + lines(effect)
        case .clearCaller: return result.words
        case .note, .mark, .unmark, .rewriteNote, .removeNote, .removeNotes: return result.words
        case .undo: return "\(result.words)\(lines(effect)); \(inForce(effect))"
        }
    }

    /// What else to know, a sentence each: limits of what was begun, who is still let in, warnings.
    package var notes: [String] {
        guard let effect = result.effect else { return [] }
        let letIn = [effect.bypasses.onClosed(effect.after).words].compactMap(\.self)
        guard effect.act == .begin else { return letIn }
        let reaches = result.begun.compactMap { override in
            OverrideReach(override, lines: effect.after, overrides: effect.overrides, at: now)
                .words { !isSaid($0, of: override) }
                .map { words in if case .greeting = override.kind { "not heard: \(words)" } else { words } }
        }
        return replaced + reaches + letIn
    }

    /// Whether a caveat says already what limits an override.
    private func isSaid(_ cause: OverrideReach.Cause, of override: Override) -> Bool {
        guard !result.caveats.isEmpty else { return false }
        return switch (override.kind, cause) {
        case (.inform, .rejected), (.forcedOpen, .closed(by: .override)): true
        case (.closed, _), (.inform, _), (.forcedOpen, _), (.greeting, _): false
        }
    }

    /// What ended since something else took its place; it does not come back by itself.
    private var replaced: [String] {
        let ended =
            result.ended.map { "\($0.words), \(end(of: $0))" }
            + result.callers.ended.map { "\($0.words), \($0.until.map { "until \(time($0))" } ?? "without an end")" }
        return ended.isEmpty ? [] : ["it replaces \(ended.shortList)"]
    }

    private func end(of override: Override) -> String {
        override.until.map { "until \(time($0))" } ?? override.kind.withoutEnd
    }

    /// What was begun, until when, and what callers hear.
    private var began: String? {
        guard let first = result.begun.first else { return nil }
        let text = first.kind.text.map { "; callers hear \"\($0)\"" } ?? ""
        return "\(result.words) \(Self.end(first.until, at: now, on: clock))\(text)"
    }

    /// Who was blocked or allowed, until when, and what that means for them.
    private var beganOnCallers: String? {
        guard let first = result.callers.begun.first, result.effect?.act != .undo else { return nil }
        let meaning =
            switch first.kind {
            case .blocked(let text): "; they hear \"\(text)\""
            case .allowed: "; closures and hours do not apply to them, rules do"
            }
        return "\(result.words) \(Self.end(first.until, at: now, on: clock))\(meaning)"
    }

    /// The end of an override: `until 17:30 (in 2 h 12 min)`.
    package static func end(_ until: Instant?, at now: Instant, on clock: (Instant) -> LocalTime) -> String {
        guard let until else { return "until an operator removes it" }
        let time = clock(until).upcoming(from: clock(now))
        return "until \(time) (in \(DurationText.words(seconds: until.microseconds(since: now) / 1_000_000)))"
    }

    private func time(_ instant: Instant) -> String { clock(instant).upcoming(from: clock(now)) }

    /// What the lines do now: those that stay closed by what closes them, or that all are open.
    private func lines(_ effect: OverrideEffect) -> String {
        let closed = effect.after.filter { !$0.isOpen }
        guard !effect.after.isEmpty else { return "" }
        guard !closed.isEmpty else {
            return effect.after.count == 1
                ? "; \(effect.after[0].shownName) is open" : "; all \(effect.after.count) are open"
        }
        let was = Dictionary(effect.before.map { ($0.number, $0.isOpen) }, uniquingKeysWith: { first, _ in first })
        return closed.grouped { Closed(by: $0.by, wasOpen: was[$0.number] ?? false) }.map { closed, lines in
            "; " + closed.words(lines, named: named(lines))
        }.joined()
    }

    /// Why lines are closed.
    private struct Closed: Hashable {
        let by: Decider
        let wasOpen: Bool

        func words(_ lines: [LineStatus], named names: String) -> String {
            let verb =
                switch (wasOpen, lines.count == 1) {
                case (true, true): "is now"
                case (true, false): "are now"
                case (false, true): "stays"
                case (false, false): "stay"
                }
            let their = lines.count == 1 ? "its" : "their"
            let cause =
                switch by {
                case .hours: "\(their) hours"
                case .override(let scope): "the closure of \(scope.words)"
                case .rule, .arm, .block, .unknownLine, .noNumber, .otherwise, .deadline: by.description
                }
            return "\(lines.count) \(verb) closed by \(cause): \(names)"
        }
    }

    /// The names of lines with the time at which each opens: `Front desk, Sales (mon 08:30)`.
    private func named(_ lines: [LineStatus]) -> String {
        lines.grouped { $0.turn?.at }.map { at, lines in
            lines.map(\.shownName).shortList + (at.map { " (\(time($0)))" } ?? "")
        }.joined(separator: ", ")
    }

    /// The overrides in force, with their ends.
    private func inForce(_ effect: OverrideEffect) -> String {
        let callers = effect.callerCount > 0 ? ["overrides on \(CountText.words(effect.callerCount, "caller"))"] : []
        guard !effect.overrides.isEmpty || !callers.isEmpty else { return "no override is in force" }
        let names =
            effect.overrides.map { override in
                "\(override.words) \(end(of: override))"
            } + callers
        return "in force now: \(names.shortList)"
    }
}

/// A command that was only tried out.
extension OverrideResultText {
    /// Line by line what changes and what does not; lines of which the same is true share a row.
    package var comparison: [String] {
        guard let effect = result.effect else { return [] }
        let pairs = zip(effect.before, effect.after).map { (before: $0, after: $1) }
        return pairs.map { (words: difference($0.before, $0.after), line: $0.after) }
            .grouped { $0.words }
            .map { words, entries in "\(entries.map(\.line.shownName).shortList): \(words)" }
    }

    private func difference(_ before: LineStatus, _ after: LineStatus) -> String {
        let isSame =
            before.state == after.state && before.by == after.by && before.says == after.says
            && before.turn?.at == after.turn?.at
        guard !isSame else { return "no change, \(after.state.rawValue) by \(after.by)\(turn(of: after))" }
        let state =
            before.state == after.state
            ? "stays \(after.state.rawValue)\(before.by == after.by ? "" : ", by \(after.by) instead of \(before.by)")"
            : "\(before.state.rawValue) -> \(after.state.rawValue)"
        let text = before.says == after.says ? "same text" : "callers hear \(after.says)"
        return "\(state), \(text)\(turn(of: after))"
    }

    private func turn(of line: LineStatus) -> String {
        guard let turn = line.turn else { return "" }
        return ", \(line.isOpen ? "closes" : "opens") \(time(turn.at))"
    }
}
