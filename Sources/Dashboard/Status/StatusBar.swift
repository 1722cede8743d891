// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

extension DashboardState {
    /// Draws the status bar and the keys, in one row where the screen is low.
    func drawStatus(on grid: inout Grid) {
        let isTyping = isPromptingBelow && dialog == nil
        guard let keys = layout.keys else {
            if isTyping {
                drawPrompt(on: &grid, row: layout.status)
            } else if hasNews {
                drawStatusBar(on: &grid, row: layout.status)
            } else {
                drawKeys(on: &grid, row: layout.status)
            }
            return
        }
        drawStatusBar(on: &grid, row: layout.status)
        if isTyping { drawPrompt(on: &grid, row: keys) } else { drawKeys(on: &grid, row: keys) }
    }

    private func drawStatusBar(on grid: inout Grid, row: Int) {
        grid.fill(Rect(row: row, column: 0, columns: size.columns, rows: 1), as: .statusBar)
        statusRow.draw(on: &grid, row: row, glyphs: glyphs)
    }

    /// Whether the status bar takes the row of the keys on a low screen.
    private var hasNews: Bool {
        guard statusMessage == nil, list.frozen == nil, search == nil, filter.inForce == nil else { return true }
        return screenContext == .list && listed.isByTime && list.newAbove(in: listed) > 0
    }

    private var statusRow: SegmentRow {
        var row = SegmentRow()
        if let message = statusMessage {
            // What its title does not say must be found on a narrow screen, too.
            let room = max(8, size.columns - 2 - DisplayWidth.of(message.more))
            let words = CleanText.cut(message.text, to: room, ellipsis: glyphs.ellipsis) + message.more
            row.add(words, message.isAlert ? .alertBar : .statusBar, rank: 0)
        }
        if let frozen = list.frozen {
            let new = Int(log.totals.calls) - Int(frozen.log.totals.calls)
            let way = hint(.list(.freeze)).map { " \(glyphs.dot) \($0): resume" } ?? ""
            row.add("FROZEN \(glyphs.dot) \(Text.number(new)) new\(way)", .paused, rank: 1)
        }
        if let inForce = filter.inForce {
            let way = search == nil && context == .list && !isPrompting ? " \(glyphs.dot) Esc: all" : ""
            row.add(shownWords + way, .paused, rank: 1)
            let words = CleanText.cut(inForce.text, to: max(12, size.columns / 3), ellipsis: glyphs.ellipsis)
            row.add("f \(words)", .paused, rank: 3)
        }
        if let search, !search.isOpen { row.add(found(search), .match, rank: 2) }
        // What came after the list was frozen is counted above already.
        let above = list.frozen == nil && listed.isByTime ? list.newAbove(in: listed) : 0
        if above > 0, isAmongCalls {
            let way = hint(.list(.follow)).map { " \(glyphs.dot) \($0): newest" } ?? ""
            row.add("\(Text.number(above)) new above\(way)", .statusBar, rank: 3)
        }
        if log.totals.unsigned > 0, statusMessage == nil, record == nil {
            let times = Text.count(log.totals.unsigned, "request")
            row.add("\(times) refused: callers among them reach the default assistant", .alertBar, rank: 4)
            if log.refusals.contains(where: \.refusal.isUnsigned), let key = hint(.program(.messages)) {
                row.add("\(key): why", .alertBar, rank: 5)
            }
        }
        if let order = listOrder, isAmongCalls {
            row.addRight("by \(order.column), \(order.words)", .statusBar, rank: 6)
        } else if list.isFollowing, list.frozen == nil, record == nil, isAmongCalls {
            row.addRight("following", .statusBar, rank: 6)
        }
        row.addRight(position, .statusBar, rank: 5)
        return row
    }

    private var position: String {
        if let page {
            // It fits every screen.
            guard page.kind != .wall else { return "" }
            let lines = page.lines.count
            let last = min(lines, page.scroll + layout.body.size.rows)
            return "\(page.scroll + 1)-\(last) of \(lines)"
        }
        if screenContext == .lines {
            let lines = status?.lines.count ?? 0
            // With the calls of the lines these are all.
            let other = log.lines.others(than: status?.lines.map(\.number) ?? []).calls
            let others = other > 0 && lines > 0 ? "\(Text.count(other, "call")) to other numbers \(glyphs.dot) " : ""
            return lines == 0
                ? "no lines"
                : others
                    + (lineList.position.map { "\(Text.number($0)) of \(Text.number(lines))" }
                        ?? Text.count(lines, "line"))
        }
        guard let place = list.position(in: listed) else { return isReadingCalls ? "reading the calls" : "no calls" }
        return "\(Text.number(place)) of \(Text.number(listed.count))"
    }

    private func found(_ search: Search) -> String {
        let keys = search.matches.isEmpty ? [] : [hint(.search(.next)), hint(.search(.previous))].compactMap(\.self)
        let way = keys.isEmpty ? "" : " \(glyphs.dot) \((keys + ["Esc"]).joined(separator: " "))"
        return "/\(search.field.text)  \(matches(search))\(way)"
    }

    func matches(_ search: Search) -> String {
        guard !search.matches.isEmpty else { return awaitsCalls ? "reading the calls" : "no call matches" }
        let rank = list.selected.flatMap(search.rank).map { "\(Text.number($0)) of " } ?? ""
        return "\(rank)\(Text.count(search.matches.count, "match", plural: "matches"))"
    }

    private func drawKeys(on grid: inout Grid, row: Int) {
        var keys = SegmentRow()
        if let dialog {
            for (key, name) in dialog.keys {
                keys.add(StyledLine([Span("\(key) ", .key), Span(name, .muted)]), rank: 0)
            }
            return keys.draw(on: &grid, row: row, glyphs: glyphs)
        }
        if filter.prompt != nil {
            for (key, name) in filterPromptKeys {
                keys.add(StyledLine([Span("\(key) ", .key), Span(name, .muted)]), rank: 0)
            }
            return keys.draw(on: &grid, row: row, glyphs: glyphs)
        }
        if menu != nil {
            for (key, name) in Menu.keys {
                keys.add(StyledLine([Span("\(key) ", .key), Span(name, .muted)]), rank: 0)
            }
            return keys.draw(on: &grid, row: row, glyphs: glyphs)
        }
        for command in Command.allCases where command.binding.contexts.contains(screenContext) && isOffered(command) {
            let binding = command.binding
            guard let rank = binding.barRank else { continue }
            guard let key = keymap.keys(of: command).isEmpty ? nil : keymap.hint(command, in: screenContext) else {
                continue
            }
            keys.add(StyledLine([Span("\(key) ", .key), Span(binding.name, .muted)]), rank: rank)
        }
        if screenContext == .list, let key = hint(.program(.back)) {
            keys.add(StyledLine([Span("\(key) ", .key), Span("quit", .muted)]), rank: 6)
        }
        if screenContext != .list, let key = hint(.program(.leave)) {
            keys.add(StyledLine([Span("\(key) ", .key), Span("back", .muted)]), rank: 0)
        }
        if isReadOnly, record == nil { keys.addRight("READ-ONLY", .paused, rank: 0) }
        keys.draw(on: &grid, row: row, glyphs: glyphs)
    }
}
