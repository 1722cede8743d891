// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

/// Everything about one phone line, and the overrides that apply to it.
enum PhoneLinePage {
    /// The columns of the names of the facts.
    private static let indent = 10
    /// More changes than this are left out.
    private static let mostChanges = 4

    static func lines(_ number: PhoneNumber, _ state: DashboardState) -> [StyledLine] {
        let width = state.size.columns - 2
        guard let status = state.status, let line = status.lines.first(where: { $0.number == number }) else {
            return wrapped(gone(number), width: width, as: .failed)
        }
        var lines = facts(line, status, state).flatMap { name, text, role in
            fact(name, text, width: width, as: role)
        }
        let counts = state.log.lines[line: number] ?? OutcomeCounts()
        let none = state.awaitsCalls ? DashboardState.readingCalls : "none since the start"
        lines += fact(
            "calls", counts.calls > 0 ? counts.words : none, width: width,
            as: counts.facts.contains(where: \.isAlarm) ? .failed : .text)
        if let silence = state.silence(of: line) {
            lines += fact("silence", silence.words, width: width, as: silence.isUnusual ? .late : .text)
        }
        return lines + overrides(status.overrides(on: line), of: [line], status, state, width: width)
    }

    static func gone(_ number: PhoneNumber) -> String { "\(number) is no longer a line of the rules file." }

    /// The overrides that apply to lines, each with everything that is known of it.
    static func overrides(
        _ overrides: [Override], of members: [LineStatus], _ status: ServerStatus, _ state: DashboardState, width: Int
    ) -> [StyledLine] {
        var lines = [
            StyledLine("", .text), StyledLine(overrides.isEmpty ? "No override applies." : "Overrides", .header),
        ]
        for override in overrides {
            let words = OverrideText(
                override, status: status, now: state.now, clock: state.clock, glyphs: state.glyphs)
            lines += wrapped("\(words.title) \(words.until)", width: width, as: .title)
            if let text = override.kind.text { lines += fact("text", "\"\(text)\"", width: width, as: .text) }
            let reach = OverrideReach(override, lines: members, overrides: status.overrides, at: state.now)
            if let limit = reach.words { lines += fact("but", status.naming(limit), width: width, as: .text) }
            if !override.reason.isEmpty { lines += fact("reason", override.reason, width: width, as: .text) }
            let since = Text.since(override.since, on: state.clock, now: state.now)
            lines += fact("since", "\(since), \(override.who)", width: width, as: .muted)
        }
        return lines
    }

    private static func facts(
        _ line: LineStatus, _ status: ServerStatus, _ state: DashboardState
    ) -> [(String, String, Role)] {
        var facts: [(String, String, Role)] = [
            ("line", line.name, .title), ("number", line.number.description, .text),
            ("group", line.group ?? "none", .text),
            ("state", line.stateText(now: state.now, on: state.clock), line.state.role),
            ("by", line.by.description, .text),
        ]
        for (place, change) in line.changes.prefix(mostChanges).enumerated() {
            let time = change.time(now: state.now, on: state.clock)
            facts.append((place == 0 ? "then" : "", "\(time): \(change.state.words), \(change.by)", .text))
        }
        facts.append(("hears", line.says.description, .text))
        if !line.isOpen, let letIn = status.bypasses(in: .line(line.number)).words {
            facts.append(("", letIn, .text))
        }
        return facts
    }

    static func fact(_ name: String, _ text: String, width: Int, as role: Role) -> [StyledLine] {
        var lines = wrapped(text, width: width, indent: indent, as: role)
        lines[0].replaceIndent(with: Span(name, .muted))
        return lines
    }

    static func wrapped(_ text: String, width: Int, indent: Int = 0, as role: Role) -> [StyledLine] {
        TextWrap.lines(text, width: width - indent).map { line in
            StyledLine([Span(String(repeating: " ", count: indent), .text), Span(line, role)])
        }
    }
}
