// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Screen

extension DashboardState {
    /// From this height on a bar may take a second row.
    private static let tallRows = 20

    /// The rows of the full-width bars, whatever else is on the screen: what is wrong, what is on its way, and every
    /// override in force; at most a third of the screen, the rest by its number.
    var bars: [Span] {
        let most = max(1, size.rows / 3)
        let urgent = warningBars + pending.map { $0.words(dash: glyphs.dash) }
        // Beyond what is shown, overrides are only counted.
        let bars = urgent + overrideBars(most: max(0, most - urgent.count))
        let count = urgent.count + (desk?.overrides.count ?? 0)
        guard count > most else { return rows(of: bars, in: most) }
        let rest = count - (most - 1)
        let role = bars[most - 1].role
        return rows(of: Array(bars.prefix(most - 1)), in: most - 1) + [Span("and \(rest) more\(wayToTheRest)", role)]
    }

    func drawBars(on grid: inout Grid, from row: Int) {
        for (row, bar) in zip(row..., bars) where row < size.rows {
            grid.fill(Rect(row: row, column: 0, columns: size.columns, rows: 1), as: bar.role)
            grid.write(bar.text, row: row, column: 1, as: bar.role)
        }
    }

    /// Each bar in one row at least; those above take a second one first.
    private func rows(of bars: [BarText], in most: Int) -> [Span] {
        var spare = size.rows >= Self.tallRows ? most - bars.count : 0
        return bars.flatMap { bar in
            let rows = bar.rows(width: size.columns - 2, most: spare > 0 ? 2 : 1, ellipsis: glyphs.ellipsis)
            spare -= rows.count - 1
            return rows
        }
    }

    private var wayToTheRest: String {
        switch place {
        case .list: ": Tab"
        case .lines: ": see the lines"
        case .detail, .page: ": \(glyphs.marker) :lines"
        }
    }

    /// Warnings never push the switches out: two at most, the rest stands with the messages.
    private var warningBars: [BarText] {
        let warnings = desk?.warnings ?? []
        return warnings.prefix(2).enumerated().map { index, warning in
            let rest = index == 1 && warnings.count > 2 ? " (and \(warnings.count - 2) more: !)" : ""
            return BarText(head: warning, tail: rest, role: .alertBar)
        }
    }

    private func overrideBars(most: Int) -> [BarText] {
        guard let desk, most > 0, !desk.overrides.isEmpty else { return [] }
        let isNarrow = size.columns < 70
        return desk.byImportance.prefix(most).map { override in
            OverrideText(override, desk: desk, now: now, clock: clock, glyphs: glyphs).bar(isNarrow: isNarrow)
        }
    }
}
