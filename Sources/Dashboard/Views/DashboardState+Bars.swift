// SPDX-License-Identifier: Apache-2.0

import Calls
import Screen

extension DashboardState {
    /// The full-width bars: every switch that is in force or on its way, whatever else is on the screen.
    var bars: [Span] {
        var bars: [Span] = []
        if let pending { bars.append(Span(pending.words(dash: glyphs.dash), .alertBar)) }
        if let closure = desk?.closure { bars.append(bar(closure)) }
        if let greeting = desk?.greeting { bars.append(bar(greeting)) }
        return bars
    }

    func drawBars(on grid: inout Grid, from row: Int) {
        for (row, bar) in zip(row..., bars) where row < size.rows {
            grid.fill(Rect(row: row, column: 0, columns: size.columns, rows: 1), as: bar.role)
            let text = CleanText.cut(bar.text, to: size.columns - 2, ellipsis: glyphs.ellipsis)
            grid.write(text, row: row, column: 1, as: bar.role)
        }
    }

    private func bar(_ override: Override) -> Span {
        let dash = glyphs.dash
        let scope = Words.scope(override.scope)
        // Where it is narrow, what callers hear matters more than since when and by whom.
        let since = size.columns < 70 ? "" : " since \(clock.local(override.since).clock) by \(override.who)"
        switch override.kind {
        case .closed(let text):
            let words = "CLOSED \(scope)\(since) \(dash) callers hear: \"\(text)\""
            let caveat = " \(dash) if this server stops, they reach the normal assistant"
            let isRoomy = DisplayWidth.of(words + caveat) <= size.columns - 2
            return Span(isRoomy ? words + caveat : words, .closed)
        case .forcedOpen:
            return Span("FORCED OPEN \(scope)\(since) \(dash) hours are skipped, rules answer", .forced)
        case .greeting(let text):
            return Span("FORCED GREETING \(scope)\(since) \(dash) callers hear: \"\(text)\"", .forced)
        }
    }
}
