// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
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

/// The words of a full-width bar, in as many rows as it may take; what callers hear is cut before anything else is.
struct BarText: Hashable {
    let head: String
    /// What callers hear, if they hear anything.
    var quote: String?
    /// Why, since when and by whom.
    var tail = ""
    /// The same where there is no room for all of it.
    var shortTail = ""
    /// What is said where the rows of everything else have room for it.
    var caveat = ""
    let role: Role
    /// With fewer columns of it than this, what callers hear matters more than the tail.
    var leastQuote = 16

    /// Everything in one sentence.
    var whole: String { words(quote, tail) }

    /// The words in rows, at most `most` of them.
    func rows(width: Int, most: Int, ellipsis: String) -> [Span] {
        if let rows = fitting(whole, width: width, most: most) {
            return fitting(whole + caveat, width: width, most: rows.count) ?? rows
        }
        for tail in [tail, shortTail, ""] {
            if let rows = cut(before: tail, width: width, most: most, ellipsis: ellipsis) { return rows }
        }
        return broken(words(quote, ""), width: width, most: most, ellipsis: ellipsis)
    }

    /// The words with as much of what callers hear as there is room for before a tail, if that is enough of it.
    private func cut(before tail: String, width: Int, most: Int, ellipsis: String) -> [Span]? {
        guard let quote else { return fitting(words(nil, tail), width: width, most: most) }
        var room = width * most - DisplayWidth.of(words("", tail))
        let least = min(leastQuote, DisplayWidth.of(quote))
        while room >= least {
            let cut = words(CleanText.cut(quote, to: room, ellipsis: ellipsis), tail)
            if let rows = fitting(cut, width: width, most: most) { return rows }
            room -= 1
        }
        return nil
    }

    private func words(_ quote: String?, _ tail: String) -> String {
        head + (quote.map { "\"\($0)\"" } ?? "") + tail
    }

    private func fitting(_ text: String, width: Int, most: Int) -> [Span]? {
        let lines = TextWrap.lines(text, width: width, most: most + 1)
        return lines.count <= most ? lines.map { Span($0, role) } : nil
    }

    private func broken(_ text: String, width: Int, most: Int, ellipsis: String) -> [Span] {
        guard most > 1 else { return [Span(CleanText.cut(text, to: width, ellipsis: ellipsis), role)] }
        let first = TextWrap.lines(text, width: width, most: 1).first ?? ""
        let rest = CleanText.clean(text).dropFirst(first.count).drop { $0 == " " }
        return [Span(first, role), Span(CleanText.cut(String(rest), to: width, ellipsis: ellipsis), role)]
    }
}
