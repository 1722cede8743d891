// SPDX-License-Identifier: Apache-2.0

import Calls
import Screen

/// The help, generated from the table of commands.
enum HelpPage {
    /// From this width on there are two columns.
    private static let twoColumns = 110
    /// The columns of the key names.
    private static let indent = 12

    static func lines(_ state: DashboardState) -> [StyledLine] {
        let isWide = state.size.columns >= twoColumns
        let width = isWide ? state.size.columns / 2 - 2 : state.size.columns - 2
        let chapters = chapters(state, width: width)
        guard isWide else { return Array(chapters.joined()) }
        let (left, right) = columns(of: chapters)
        return (0..<max(left.count, right.count)).map { row in
            let start = row < left.count ? left[row] : StyledLine([])
            let end = row < right.count ? right[row] : StyledLine([])
            return start.padded(to: width + 2).appending(end)
        }
    }

    /// The chapters in two columns of about the same height.
    private static func columns(of chapters: [[StyledLine]]) -> (left: [StyledLine], right: [StyledLine]) {
        let splits = (1...chapters.count).map { (Array(chapters[..<$0].joined()), Array(chapters[$0...].joined())) }
        return splits.min { max($0.0.count, $0.1.count) < max($1.0.count, $1.1.count) } ?? ([], [])
    }

    private static func chapters(_ state: DashboardState, width: Int) -> [[StyledLine]] {
        let hidden: Set<CommandGroup> = [
            state.isReadOnly ? .overrides : nil, state.record == nil ? .record : nil,
            state.record == nil ? nil : .dialog, state.record == nil ? nil : .trying,
        ].compactMap(\.self).reduce(into: []) { $0.insert($1) }
        var chapters = state.helpOrder.filter { !hidden.contains($0) }.map { group in
            chapter(
                group.rawValue,
                Command.allCases.filter { isListed($0, state) }
                    .filter { $0.binding.group == group }.map { (state.keymap.text(of: $0), $0.binding.help) },
                width: width)
        }
        if state.record != nil {
            chapters.insert(
                [StyledLine("A record: nothing is live, and nothing can be changed.", .paused), blank], at: 0)
        } else if state.isReadOnly {
            chapters.insert([StyledLine("Read-only: overrides cannot be changed.", .paused), blank], at: 0)
        } else {
            chapters.insert(incident(state, width: width), at: 0)
        }
        chapters.append(chapter("Signs", signs(state.glyphs), width: width))
        chapters.append(
            chapter("Notes", state.record == nil ? [lifetime(state)] + facts : recordFacts, width: width))
        return chapters
    }

    /// Whether a key is worth knowing here: others may work at another moment.
    private static func isListed(_ command: Command, _ state: DashboardState) -> Bool {
        if case .remarks = command, state.isReadOnly { return false }
        let isOnlyHere = state.record != nil || command == .explain(.testCall)
        return !isOnlyHere || state.isOffered(command)
    }

    private static let blank = StyledLine("", .text)

    private static func chapter(_ title: String, _ entries: [(String, String)], width: Int) -> [StyledLine] {
        [StyledLine(title, .header)]
            + entries.flatMap { key, words in
                let indent = key.isEmpty ? 2 : indent
                var lines = TextWrap.lines(words, width: width - indent).map { line in
                    StyledLine(String(repeating: " ", count: indent) + line, .text)
                }
                if !key.isEmpty { lines[0].replaceIndent(with: Span("  \(key)", .key)) }
                return lines
            } + [blank]
    }

    /// The way to close lines, above all else: whoever reads the help in an incident looks for it.
    private static func incident(_ state: DashboardState, width: Int) -> [StyledLine] {
        func key(_ command: Command) -> String {
            state.keymap.text(of: command).split(separator: " ").first.map(String.init) ?? ""
        }
        let (close, lines) = (key(.overrides(.close)), key(.list(.lines)))
        let ways = [
            "Close all lines now: \(close), the word close, Enter.",
            "Close one line: \(lines), select it, \(close), y.",
            "Open again: \(key(.overrides(.open))). Undo the last change: \(key(.overrides(.undo))).",
        ]
        return ways.flatMap { TextWrap.lines($0, width: width).map { StyledLine($0, .text) } } + [blank]
    }

    private static func signs(_ glyphs: Glyphs) -> [(String, String)] {
        [
            (glyphs.check, "before an answer: accepted"),
            (glyphs.cross, "before an answer: rejected"),
            (glyphs.ringing, "ringing"), (glyphs.live, "live: the call is in progress"), (glyphs.ended, "ended"),
            (glyphs.failed, "failed: it ended with an error"),
            (glyphs.dash, "rejected, or no news for too long; before an answer: not asked"),
            (glyphs.applied, "after an answer: applied, the platform confirmed it"),
            ("?", "after an answer: unconfirmed so far"),
            (glyphs.cross, "after an answer: not applied, the platform used another one"),
            (glyphs.marked, "in the margin: marked by an operator"), (glyphs.note, "in the margin: has a note"),
            (glyphs.ellipsis, "cut; Enter shows all of it"),
        ]
    }

    /// What becomes of the server when this terminal closes.
    private static func lifetime(_ state: DashboardState) -> (String, String) {
        let words =
            if state.isAttached {
                "If this terminal closes, only this dashboard ends; the server continues."
            } else if state.endsWithTerminal {
                "If this terminal closes, the server stops. One that stays: run `switchboard serve --headless` as a "
                    + "service, and `switchboard attach` for its dashboard."
            } else {
                "If this terminal closes, the server continues; `switchboard attach` opens a dashboard again."
            }
        return ("", words)
    }

    private static let facts = [
        (
            "",
            "Counts are today's once the whole day is known, else since this server started. No news: a call that rang for "
                + "two minutes without a webhook, or was in progress for longer than its answer allows."
        ),
        (
            "",
            "Calls per minute are the mean of the last five minutes, or since the first call."
        ),
        ("", "The platform waits \(Text.number(PlatformLimits.answerMilliseconds)) ms for an answer."),
        ("", "The platform fails open: if this server stops, is too slow or refuses a request, \(failsOpen)"),
    ]

    private static let recordFacts = [
        ("", "Everything is as it was at the time in the header; what came later is not shown."),
        ("", "An export has the calls as they were then."),
    ]

    private static let failsOpen = "callers reach the platform's default assistant, even while lines are closed."
}

extension DashboardState {
    /// The chapters of the help, those of the view that one is in first.
    fileprivate var helpOrder: [CommandGroup] {
        let first: [CommandGroup] =
            switch page?.previous {
            case .audit, .messages: [.audit]
            case .statistics, .replicas, .wall: [.statistics]
            case .line, .group: [.lines]
            case .explanation: [.trying]
            case .help, nil:
                detail != nil
                    ? [.detail] : showsLines ? [.lines] : columns.picker != nil ? [.columns, .calls] : [.calls]
            }
        return first + CommandGroup.allCases.filter { !first.contains($0) }
    }
}
