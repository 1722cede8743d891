// SPDX-License-Identifier: Apache-2.0

import Screen

/// The help, made from the table of commands.
enum HelpPage {
    /// From this width on two columns stand side by side.
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

    /// The chapters in two columns that are as low as can be.
    private static func columns(of chapters: [[StyledLine]]) -> (left: [StyledLine], right: [StyledLine]) {
        let splits = (1...chapters.count).map { (Array(chapters[..<$0].joined()), Array(chapters[$0...].joined())) }
        return splits.min { max($0.0.count, $0.1.count) < max($1.0.count, $1.1.count) } ?? ([], [])
    }

    private static func chapters(_ state: DashboardState, width: Int) -> [[StyledLine]] {
        var chapters = CommandGroup.allCases.filter { !(state.isReadOnly && $0 == .switches) }.map { group in
            chapter(
                group.rawValue,
                Command.allCases.map(\.binding).filter { $0.group == group }.map { ($0.keyWords, $0.help) },
                width: width)
        }
        if state.isReadOnly {
            chapters.insert([StyledLine("Read-only: the switches cannot be thrown from here.", .paused), blank], at: 0)
        } else {
            chapters.insert(chapter("In a dialog", dialog, width: width), at: 1)
        }
        chapters.append(chapter("Signs", signs(state.glyphs), width: width))
        chapters.append(chapter("Good to know", facts, width: width))
        return chapters
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

    /// The way through a dialog, as short as it is in an incident.
    private static let dialog = [
        ("", "Close all lines now: c, Tab, the word close, Enter. One line: Tab, go to it, c, y."),
        ("Tab S-Tab", "the next field or button, and back"),
        ("l k t u r", "from the buttons: to lines, kind, text, until, reason"),
        ("Arrows", "another choice, or another text of the rules file"),
        ("", "Letters find a line by its name, digits begin a time."),
        ("Enter", "from a field to Cancel, which changes nothing; from the word: confirm"),
        ("y", "confirm; what more than one line feels wants its word typed first"),
    ]

    private static func signs(_ glyphs: Glyphs) -> [(String, String)] {
        [
            (glyphs.check, "before an answer: the caller is let in"),
            (glyphs.cross, "before an answer: the caller is rejected"),
            (glyphs.ringing, "ringing"), (glyphs.live, "live: the call is going on"), (glyphs.ended, "ended"),
            (glyphs.failed, "failed: it ended with an error"),
            (glyphs.dash, "over: rejected, or no news for two minutes; before an answer: not asked"),
            (glyphs.applied, "behind a state: applied, our answer was echoed back"),
            ("?", "behind a state: unconfirmed, no echo came yet"),
            (glyphs.ellipsis, "the text goes on: Enter shows all of it"),
        ]
    }

    private static let facts = [
        (
            "",
            "Calls a minute are the mean of the last five minutes, or of those since the first call."
        ),
        ("", "An answer must be out within 5 000 ms; the platform waits no longer."),
        ("", "The platform fails open: if this server stops, is too slow or refuses a request, \(whatThen)"),
    ]

    private static let whatThen = "callers reach the normal assistant, also while lines are closed."
}
