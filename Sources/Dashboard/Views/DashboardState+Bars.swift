// SPDX-License-Identifier: Apache-2.0

import Calls
import Screen

extension DashboardState {
    /// From this height on a bar may take a second row.
    private static let tallRows = 20

    /// The rows of the full-width bars: every switch in force or on its way, whatever else is on the screen.
    var bars: [Span] {
        var bars: [BarWords] = []
        if let pending { bars.append(pending.words(dash: glyphs.dash)) }
        if let closure = desk?.closure { bars.append(bar(closure)) }
        if let greeting = desk?.greeting { bars.append(bar(greeting)) }
        let most = size.rows >= Self.tallRows ? 2 : 1
        return bars.flatMap { $0.rows(width: size.columns - 2, most: most, ellipsis: glyphs.ellipsis) }
    }

    func drawBars(on grid: inout Grid, from row: Int) {
        for (row, bar) in zip(row..., bars) where row < size.rows {
            grid.fill(Rect(row: row, column: 0, columns: size.columns, rows: 1), as: bar.role)
            grid.write(bar.text, row: row, column: 1, as: bar.role)
        }
    }

    private func bar(_ override: Override) -> BarWords {
        let dash = glyphs.dash
        let scope = Words.scope(override.scope)
        // Where it is narrow, what callers hear matters more than since when and by whom.
        let since = size.columns < 70 ? "" : " since \(clock.local(override.since).clock), \(override.who.user)"
        switch override.kind {
        case .closed(let text), .inform(let text):
            let caveat = " \(dash) if this server stops, callers reach the normal assistant"
            return BarWords(head: "CLOSED \(scope): ", quote: text, tail: since, caveat: caveat, role: .closed)
        case .forcedOpen:
            let words = "FORCED OPEN \(scope)\(since) \(dash) hours are skipped, rules answer"
            return BarWords(head: words, role: .forced)
        case .greeting(let text):
            return BarWords(head: "FORCED GREETING \(scope): ", quote: text, tail: since, role: .forced)
        }
    }
}
