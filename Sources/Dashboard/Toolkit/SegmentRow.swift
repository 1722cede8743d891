// SPDX-License-Identifier: Apache-2.0

import Screen

/// One row of facts, some at its left and some at its right; a narrow screen drops the least important ones.
struct SegmentRow {
    private(set) var left: [Segment] = []
    private(set) var right: [Segment] = []
    /// What goes before the first of the facts at the left that were added after it, as long as there is one.
    private var leading: (line: StyledLine, place: Int)?

    mutating func add(_ text: String, _ role: Role, rank: Int, gap: Int = 2) {
        add(StyledLine(text, role), rank: rank, gap: gap)
    }

    /// Adds what is only shown with the fact before it.
    mutating func append(_ line: StyledLine, rank: Int) {
        guard line.width > 0 else { return }
        left.append(Segment(line: line, rank: rank, gap: 1, place: left.count, isAppended: true))
    }

    /// The same at the right.
    mutating func appendRight(_ text: String, _ role: Role, rank: Int) {
        right.append(Segment(line: StyledLine(text, role), rank: rank, gap: 1, place: right.count, isAppended: true))
    }

    /// Adds a fact with a shorter form, which is tried before the fact is dropped.
    mutating func add(_ text: String, short: String, _ role: Role, rank: Int, gap: Int = 2) {
        let segment = Segment(
            line: StyledLine(text, role), rank: rank, gap: gap, place: left.count, short: StyledLine(short, role))
        if segment.line.width > 0 { left.append(segment) }
    }

    mutating func add(_ line: StyledLine, rank: Int, gap: Int = 2) {
        if line.width > 0 { left.append(Segment(line: line, rank: rank, gap: gap, place: left.count)) }
    }

    /// Puts words before what is added from now on; without anything to follow they go, too.
    mutating func lead(_ line: StyledLine) {
        leading = (line, left.count)
    }

    mutating func addRight(_ text: String, _ role: Role, rank: Int, gap: Int = 2) {
        if !text.isEmpty {
            right.append(Segment(line: StyledLine(text, role), rank: rank, gap: gap, place: right.count))
        }
    }

    /// Draws what fits between one blank at either edge of the screen, or of some of its columns.
    func draw(on grid: inout Grid, row: Int, columns: Range<Int>? = nil, glyphs: Glyphs) {
        let columns = columns ?? 0..<grid.size.columns
        let fitting = fitted(to: columns.count - 2)
        let (start, end) = (columns.lowerBound + 1, columns.upperBound - 1)
        var column = max(start, end - Self.width(of: fitting.right))
        let limit = fitting.right.isEmpty ? end : column - 2
        for (index, segment) in fitting.right.enumerated() {
            if index > 0 { column += segment.gap }
            column += grid.write(segment.line, row: row, column: column)
        }
        column = start
        let led = fitting.left.firstIndex(where: fitting.isLed)
        for (index, segment) in fitting.left.enumerated() {
            if index > 0 { column += segment.gap }
            if index == led, let leading {
                column += grid.write(leading.line, row: row, column: column) + segment.gap
            }
            column += grid.write(segment.line.cut(to: limit - column, glyphs: glyphs), row: row, column: column)
        }
    }

    /// The same with what fits: the least important facts give way, and come back where those that followed left room.
    private func fitted(to columns: Int) -> SegmentRow {
        var row = self
        while row.width > columns, let rank = row.highestRank, rank > 0 { row.drop(rank) }
        guard row.width <= columns else { return row }
        let all = left.map { ($0, \SegmentRow.left) } + right.map { ($0, \SegmentRow.right) }
        for (segment, side) in all.sorted(by: { $0.0.rank < $1.0.rank }) {
            if segment.isAppended, !row[keyPath: side].contains(where: { $0.place == segment.place - 1 }) { continue }
            for form in [segment, segment.shortened].compactMap(\.self) {
                var wider = row
                wider[keyPath: side].removeAll { $0.place == segment.place }
                let index = wider[keyPath: side].firstIndex { $0.place > segment.place }
                wider[keyPath: side].insert(form, at: index ?? wider[keyPath: side].endIndex)
                guard wider.width <= columns else { continue }
                row = wider
                break
            }
        }
        return row
    }

    private var width: Int {
        let gap = left.isEmpty || right.isEmpty ? 0 : 2
        let led = left.first(where: isLed).map { (leading?.line.width ?? 0) + $0.gap } ?? 0
        return Self.width(of: left) + led + gap + Self.width(of: right)
    }

    private func isLed(_ segment: Segment) -> Bool { leading.map { segment.place >= $0.place } ?? false }

    private static func width(of segments: [Segment]) -> Int {
        segments.enumerated().reduce(0) { width, item in
            width + item.element.line.width + (item.offset > 0 ? item.element.gap : 0)
        }
    }

    private var highestRank: Int? { (left + right).map(\.rank).max() }

    private mutating func drop(_ rank: Int) {
        if let index = right.lastIndex(where: { $0.rank == rank }) {
            right.remove(at: index)
        } else if let index = left.lastIndex(where: { $0.rank == rank }) {
            let dropped = left.remove(at: index)
            if let short = dropped.shortened { left.insert(short, at: index) }
        }
    }

    /// One fact.
    struct Segment {
        let line: StyledLine
        /// The fact with the highest rank is dropped first; rank 0 stays.
        let rank: Int
        /// The blanks between it and the fact before it.
        let gap: Int
        /// Where it is among those of its side.
        let place: Int
        var short: StyledLine?
        /// Whether it belongs to the fact before it, without which it means nothing.
        var isAppended = false

        /// The shorter form; `nil` if there is none.
        var shortened: Segment? {
            guard let short, short.width < line.width else { return nil }
            return Segment(line: short, rank: rank, gap: gap, place: place)
        }
    }
}
