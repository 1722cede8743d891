// SPDX-License-Identifier: Apache-2.0

import Screen

/// Numbers as columns next to each other, with the greatest number at the left.
///
/// They are made of blocks: dots in braille have twice the columns, but half the levels, and look like a haze on most terminals.
struct ColumnPlot {
    /// One for each column.
    let values: [Int]
    let height: Int
    let glyphs: Glyphs

    /// The columns of the number at the left and the axis after it.
    static let margin = 8

    /// How many values a plot of this width has room for.
    static func room(in width: Int) -> Int { max(10, width - margin) }

    /// The rows from the top; each column is at least a mark high if it is not zero.
    func rows(role: (Int) -> Role) -> [StyledLine] {
        let most = values.max() ?? 0
        let levels = glyphs.spark.count
        let heights = values.map { value in
            value == 0 || most == 0
                ? 0 : max(1, Int((Double(value) / Double(most) * Double(height * levels)).rounded()))
        }
        return (0..<height).map { row in
            let floor = (height - 1 - row) * levels
            var spans = [Span(label(most, row: row), .muted), Span(glyphs.vertical, .border)]
            for (column, height) in heights.enumerated() {
                spans.append(Span(sign(min(levels, max(0, height - floor))), role(column)))
            }
            return StyledLine(spans).joined
        }
    }

    private func label(_ most: Int, row: Int) -> String {
        let text = row == 0 ? Text.number(most) : row == height - 1 && height > 1 ? "0" : ""
        let cut = DisplayWidth.of(text) > Self.margin - 1 ? Text.short(most) : text
        return String(repeating: " ", count: max(0, Self.margin - 1 - DisplayWidth.of(cut))) + cut
    }

    private func sign(_ level: Int) -> String {
        guard level > 0 else { return " " }
        // The lowest sign of the ASCII set is a blank.
        return glyphs.spark.dropFirst(level - 1).first { $0 != " " } ?? "#"
    }

    /// The axis with words at some of its columns; a word that would touch the one before it is left out.
    func axis(_ words: [(column: Int, text: String)]) -> [StyledLine] {
        let line = String(repeating: " ", count: Self.margin - 1) + glyphs.bottomLeft
        let ticks = Set(words.map(\.column))
        let rule = values.indices.map { ticks.contains($0) ? glyphs.tick : glyphs.horizontal }.joined()
        var text = ""
        for word in words.sorted(by: { $0.column < $1.column }) {
            let width = DisplayWidth.of(word.text)
            // Centred on its column, within the plot.
            let last = Self.margin + values.count - width
            let start = min(max(Self.margin, Self.margin + word.column - width / 2), max(Self.margin, last))
            guard start > DisplayWidth.of(text) || text.isEmpty else { continue }
            text = text.padded(to: start) + word.text
        }
        return [StyledLine(line + rule, .border), StyledLine(text, .muted)]
    }
}

extension Text {
    /// A number in at most six columns, such as `12k` or `3.4M`.
    static func short(_ value: Int) -> String {
        switch abs(value) {
        case ..<100_000: number(value)
        case ..<1_000_000: "\(value / 1000)k"
        case ..<1_000_000_000: "\(value / 1_000_000).\(value / 100_000 % 10)M"
        default: "\(value / 1_000_000_000)G"
        }
    }
}

extension StyledLine {
    /// The same with neighbours of one role joined.
    var joined: StyledLine {
        var joined: [Span] = []
        for span in spans {
            if let last = joined.last, last.role == span.role {
                joined[joined.count - 1] = Span(last.text + span.text, span.role)
            } else {
                joined.append(span)
            }
        }
        return StyledLine(joined)
    }
}
