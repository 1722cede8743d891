// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen

extension DashboardState {
    /// From this height on a bar may take a second row.
    private static let tallRows = 20

    /// The rows of the full-width bars: warnings, pending commands, and every override in force; at most a third of the
    /// screen, the rest only counted.
    var barRows: [Span] {
        guard let contactBar else { return serverRows(most: max(1, size.rows / 3)) }
        let contact = rows(of: [contactBar], in: size.rows >= Self.tallRows ? 2 : 1)
        let rest = serverRows(most: max(1, size.rows / 3 - contact.count))
        return contact + rest.map { Span($0.text, .muted) }
    }

    /// The bars about what the server said.
    private func serverRows(most: Int) -> [Span] {
        let urgent =
            recordBars + deskBars + rulesBar + probeBar + journalBar + warningBars
            + pending.map { $0.bar(dash: glyphs.dash) }
        // Beyond what is shown, overrides are only counted.
        let callers = [status?.callers.bar(now: now, clock: clock)].compactMap(\.self)
        let bars = urgent + overrideBars(most: max(0, most - urgent.count)) + callers
        let count = urgent.count + (status?.overrides.count ?? 0) + callers.count
        guard count > most else { return rows(of: bars, in: most) }
        let rest = count - (most - 1)
        let hidden = status?.byImportance.dropFirst(max(0, most - 1 - urgent.count)) ?? []
        let closures = hidden.count { $0.kind.closes && status?.isIdle($0) == false }
        let closed = closures > 0 ? ", \(closures) CLOSED" : ""
        let role = closures > 0 ? .closed : bars[most - 1].role
        return rows(of: Array(bars.prefix(most - 1)), in: most - 1)
            + [Span("and \(rest) more\(closed)\(wayToTheRest)", role)]
    }

    func drawBars(on grid: inout Grid, from row: Int) {
        for (row, bar) in zip(row..., bars) where row < size.rows {
            grid.fill(Rect(row: row, column: 0, columns: size.columns, rows: 1), as: bar.role)
            grid.write(bar.text, row: row, column: 1, as: bar.role)
        }
    }

    /// At least one row each; the upper bars get a second one first.
    private func rows(of bars: [BarText], in most: Int) -> [Span] {
        var spare = size.rows >= Self.tallRows ? most - bars.count : 0
        return bars.flatMap { bar in
            let rows = bar.rows(width: size.columns - 2, most: spare > 0 ? 2 : 1, ellipsis: glyphs.ellipsis)
            spare -= rows.count - 1
            return rows
        }
    }

    private var wayToTheRest: String {
        switch screenContext {
        case .list, .dialog: ": \(keymap.text(of: .list(.lines)).prefix { $0 != " " })"
        case .lines: ": see the lines"
        case .columns, .detail, .page: ": \(glyphs.marker) :lines"
        }
    }

    /// A rules file with errors, until it is mended.
    private var rulesBar: [BarText] {
        guard let words = status?.rules.words({ Text.since($0, on: clock, now: now) }) else { return [] }
        return [BarText(head: words, shortHead: status?.rules.shortWords, role: .alertBar)]
    }

    /// The public address, while the probe of it fails.
    private var probeBar: [BarText] {
        let words = status?.probe?.alarm { Text.since($0, on: clock, now: now) }
        return words.map { [BarText(head: $0, role: .alertBar)] } ?? []
    }

    /// The record of calls on disk, while it cannot be written.
    private var journalBar: [BarText] {
        let words = status?.journal?.alarm { Text.since($0, on: clock, now: now) }
        return words.map { [BarText(head: $0, role: .alertBar)] } ?? []
    }

    /// Other replicas of the desk, while something about them is not as it should be.
    private var deskBars: [BarText] {
        let alarms = status?.shared?.alarms { Text.since($0, on: clock, now: now) } ?? []
        return alarms.map { BarText(head: $0, role: .alertBar) }
    }

    /// Two warnings at most, so that they never push the overrides out; the rest is among the messages.
    private var warningBars: [BarText] {
        let warnings = status?.warnings ?? []
        return warnings.prefix(2).enumerated().map { index, warning in
            let rest = index == 1 && warnings.count > 2 ? " (and \(warnings.count - 2) more: \(messagesKey))" : ""
            return BarText(head: warning, tail: rest, role: .alertBar)
        }
    }

    private var messagesKey: Substring { keymap.text(of: .program(.messages)).prefix { $0 != " " } }

    private func overrideBars(most: Int) -> [BarText] {
        guard let status, most > 0, !status.overrides.isEmpty else { return [] }
        let isNarrow = size.columns < 70
        return status.byImportance.prefix(most).map { override in
            OverrideText(override, status: status, now: now, clock: clock, glyphs: glyphs)
                .bar(isNarrow: isNarrow, isOfRecord: record != nil)
        }
    }
}

/// The text of a full-width bar, in as many rows as it may take; what callers hear is cut first.
///
/// What limits it is never dropped: where there is no room for all of it, a few words say how far it reaches.
struct BarText: Hashable {
    var head: String
    /// The head in front of limits in a few words; `nil` for the same.
    var briefHead: String?
    /// The head where there is no room for the limits after that either; `nil` for the same.
    var shortHead: String?
    /// What callers hear, if anything.
    var quote: String?
    /// What makes it less than the head says, the most important one first.
    var limits: [Limit] = []
    /// Reason, start and operator.
    var tail = ""
    /// The same where there is no room for all of it.
    var shortTail = ""
    /// Added one after the other while there is room left.
    var caveats: [String] = []
    let role: Role
    /// The quote keeps at least this many columns before the tail gets any.
    var leastQuote = 16

    /// Something that must be on the bar, however narrow it is.
    struct Limit: Hashable {
        /// As it is written after the quote, or after everything else.
        let text: String
        var isLast = false
        /// A few words for it, which are put into brackets; empty where the short head says it.
        let short: String
    }

    /// Everything in one sentence.
    var whole: String { words(quote, long(tail)) }

    /// A tail between the limits, all of them in full.
    private func long(_ tail: String) -> String {
        let (last, first) = (limits.filter(\.isLast), limits.filter { !$0.isLast })
        return first.map(\.text).joined() + tail + last.map(\.text).joined()
    }

    private var shortLimits: String {
        let parts = limits.map(\.short).filter { !$0.isEmpty }
        return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    }

    /// The text in rows, at most `most` of them.
    func rows(width: Int, most: Int, ellipsis: String) -> [Span] {
        if let rows = fitting(whole, width: width, most: most) {
            var (text, best) = (whole, rows)
            for caveat in caveats {
                guard let longer = fitting(text + caveat, width: width, most: rows.count) else { break }
                (text, best) = (text + caveat, longer)
            }
            return best
        }
        let tails = [tail, shortTail, ""]
        for tail in tails.map(long) {
            if let rows = cut(before: tail, width: width, most: most, ellipsis: ellipsis) { return rows }
        }
        if !limits.isEmpty {
            var brief = self
            brief.head = briefHead ?? head
            for tail in tails.map({ shortLimits + $0 }) {
                if let rows = brief.cut(before: tail, width: width, most: most, ellipsis: ellipsis) { return rows }
            }
        }
        guard shortHead == nil && limits.isEmpty else { return [shortened(width: width, ellipsis: ellipsis)] }
        return broken(words(quote, ""), width: width, most: most, ellipsis: ellipsis)
    }

    /// A single row with the limits in a few words; the head is cut for them.
    private func shortened(width: Int, ellipsis: String) -> Span {
        let head = shortHead ?? head
        let room = width - DisplayWidth.of(shortLimits)
        let fit = DisplayWidth.of(head) <= room ? head : CleanText.cut(head, to: max(1, room), ellipsis: ellipsis)
        return Span(CleanText.cut(fit + shortLimits, to: width, ellipsis: ellipsis), role)
    }

    /// The text with as much of the quote as fits before a tail, if that is enough.
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
