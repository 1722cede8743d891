// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

/// What matters of the desk, to be read from across the room: it fits its screen and does not scroll.
enum WallPage {
    /// The columns of a line's name and state.
    private static let cell = 40

    static func lines(_ state: DashboardState) -> [StyledLine] {
        let width = state.size.columns - 2
        let rows = state.layout.body.size.rows
        var lines = [head(state, width: width)]
        let wrong =
            state.awaitsCalls
            ? [StyledLine(DashboardState.readingCalls, .muted)] : wrong(state, width: width)
        // What is wrong has its place before the digits get theirs.
        if !state.awaitsCalls { lines += counts(state, width: width, rows: max(1, rows - 1 - wrong.count)) }
        if rows - lines.count > wrong.count + 1 { lines.append(blank) }
        lines += wrong
        if rows - lines.count > 2 { lines.append(blank) }
        lines += phoneLines(state, width: width, rows: rows - lines.count)
        return Array(lines.prefix(max(1, rows)))
    }

    private static let blank = StyledLine("", .text)

    /// The state of all lines, and the clock.
    private static func head(_ state: DashboardState, width: Int) -> StyledLine {
        let clock = state.clock.local(state.now).clockWithSeconds
        let room = max(0, width - clock.count - 1)
        guard let status = state.status, state.record?.knowsLines != false else {
            let words = state.status == nil ? "starting" : "lines unknown"
            return StyledLine(words, .muted).padded(to: room + 1).appending(StyledLine(clock, .title))
        }
        let summary = LinesSummary(status, at: state.now)
        let words = CleanText.cut(summary.stateWords, to: room, ellipsis: state.glyphs.ellipsis)
        return StyledLine(words, summary.role).padded(to: room + 1).appending(StyledLine(clock, .title))
    }
}

extension WallPage {
    private struct Count {
        let name: String
        let value: Int
        let role: Role
    }

    private static func counted(_ state: DashboardState) -> [Count] {
        let sinceStart = state.log.totals.outcomes
        let today = state.status?.day.flatMap { $0.isWhole ? $0.today(sinceStart) : nil }
        let counts = today ?? sinceStart
        return [
            Count(name: "live now", value: counts.live, role: .live),
            Count(name: today == nil ? "since start" : "calls today", value: counts.calls, role: .title),
            Count(name: "failed", value: counts.failed, role: counts.failed > 0 ? .failed : .text),
            Count(name: "rejected", value: counts.rejected, role: .text),
        ]
    }

    /// The counts next to each other, as large as there is room for.
    private static func counts(_ state: DashboardState, width: Int, rows: Int) -> [StyledLine] {
        let counts = counted(state)
        // Half of the rows at most, so that lines and what is wrong have the rest.
        let most = min(rows, max(BigDigits.smallestHeight + 1, rows / 2))
        for scale in BigDigits.Scale.all where scale.height + 1 <= most {
            let digits = BigDigits(size: scale, glyphs: state.glyphs)
            let widths = counts.map { max(digits.width(of: short($0.value)), DisplayWidth.of($0.name)) }
            let spare = width - widths.reduce(0, +)
            guard spare >= 3 * (counts.count - 1) else { continue }
            let rooms = widths.map { $0 + spare / counts.count }
            let texts = counts.map { digits.rows(of: short($0.value)) }
            return (0..<scale.height).map { row in
                side(counts.indices.map { (texts[$0][row], counts[$0].role, rooms[$0]) })
            } + [side(counts.indices.map { (counts[$0].name, .muted, rooms[$0]) })]
        }
        let room = width / counts.count
        let numbers = side(counts.map { (Text.number($0.value), $0.role, room) })
        return rows > 1 ? [numbers, side(counts.map { ($0.name, .muted, room) })] : [numbers]
    }

    private static func side(_ cells: [(text: String, role: Role, room: Int)]) -> StyledLine {
        cells.reduce(StyledLine([])) { line, cell in
            line.appending(StyledLine(cell.text, cell.role).padded(to: cell.room))
        }
    }

    /// At most five characters.
    private static func short(_ value: Int) -> String {
        switch abs(value) {
        case ..<10_000: String(value)
        case ..<1_000_000: "\(value / 1000)k"
        case ..<1_000_000_000: "\(value / 1_000_000)M"
        default: "\(value / 1_000_000_000)G"
        }
    }
}

extension WallPage {
    /// What wants somebody; closures and warnings are in the bars above it.
    private static func wrong(_ state: DashboardState, width: Int) -> [StyledLine] {
        var words = (state.log.totals.outcomes.facts.filter(\.isAlarm)).map { fact in
            "\(Text.number(fact.count)) \(fact.word)"
        }
        let refused = state.log.totals.refusedInAll
        if refused > 0 { words.append("\(Text.count(refused, "request")) refused") }
        guard !words.isEmpty || state.silentLines != nil else {
            let long = "none failed, late, not applied or without news since the start"
            return [StyledLine(long.count <= width ? long : "nothing wrong since the start", .muted)]
        }
        let dot = " \(state.glyphs.dot) "
        if let first = words.first { words[0] = "since the start: \(first)" }
        let text = ([state.silentLines].compactMap(\.self) + words).joined(separator: dot)
        return TextWrap.lines(text, width: width, most: 2).prefix(2).map {
            StyledLine($0, .failed)
        }
    }

    /// Every line with its state, in as many columns as there are; those that are not open come first if not all fit.
    private static func phoneLines(_ state: DashboardState, width: Int, rows: Int) -> [StyledLine] {
        guard rows > 0, state.record?.knowsLines != false else { return [] }
        let all = state.status?.lines ?? []
        let columns = max(1, width / cell)
        let fits = all.count <= columns * rows
        let sorted = fits ? all : all.filter { $0.state != .open } + all.filter { $0.state == .open }
        let shown = fits ? sorted[...] : sorted.prefix(columns * rows - 1)
        let room = width / columns
        let words = shown.map { self.words($0, state) }
        // Names and states are in columns of their own; the end of a long state gives way to the name.
        let stateWidth = min(words.map { DisplayWidth.of($0) }.max() ?? 0, max(11, room - 24))
        var cells = zip(shown, words).map { line, words in
            self.cell(of: line, words, stateWidth: stateWidth, state, width: room - 2)
        }
        if !fits { cells.append(StyledLine("and \(Text.number(all.count - shown.count)) more", .muted)) }
        // Down the columns, as a list is read.
        let height = (cells.count + columns - 1) / columns
        return (0..<height).map { row in
            stride(from: row, to: cells.count, by: max(1, height)).reduce(StyledLine([])) { line, place in
                line.appending(cells[place].padded(to: room))
            }
        }
    }

    private static func words(_ line: LineStatus, _ state: DashboardState) -> String {
        line.state.words + (line.stateChange.map { " until \($0.time(now: state.now, on: state.clock))" } ?? "")
    }

    private static func cell(
        of line: LineStatus, _ words: String, stateWidth: Int, _ state: DashboardState, width: Int
    ) -> StyledLine {
        let live = state.log.lines[line: line.number]?.live ?? 0
        let calls = live > 0 ? " \(Text.number(live)) \(state.glyphs.live)" : ""
        let shown = DisplayWidth.of(words) <= stateWidth ? words : line.state.words
        let room = max(8, width - stateWidth - 6)
        let name = CleanText.cut(line.shownName, to: room, ellipsis: state.glyphs.ellipsis)
        return StyledLine([
            Span(name.padded(to: room + 1), .text), Span(shown, line.state.role),
            Span(String(repeating: " ", count: max(0, stateWidth - DisplayWidth.of(shown))), .text), Span(calls, .live),
        ]).cut(to: width, glyphs: state.glyphs)
    }
}
