// SPDX-License-Identifier: Apache-2.0

import Screen

/// Counts by name as bars, each with its numbers.
struct BarTable {
    let title: String
    /// The names of the numbers at the right, such as `today`; empty where there is one that needs no name.
    var heads: [String] = []
    var rows: [Row] = []
    /// What is said in place of rows.
    let empty: String
    /// More rows than this are added up in one.
    var most = 12

    struct Row {
        let name: String
        let count: Int
        /// The numbers after the first.
        var more: [Int] = []
        let role: Role

        var numbers: [Int] { [count] + more }
    }

    /// The columns of the widest name, of one that gives way to numbers, of a number and of a percentage, and the shortest bar.
    private static let columns = (name: 24, shortName: 16, number: 11, percent: 7, bar: 8)

    /// How many numbers there is room for next to short names and bars: the first always.
    func numbers(in width: Int) -> Int {
        let names = min(Self.columns.shortName, nameWidth(in: width))
        return widths.indices.last { Self.room(in: width, names: names, widths[...$0]) >= Self.columns.bar }.map {
            $0 + 1
        }
            ?? 1
    }

    private var widths: [Int] {
        heads.isEmpty ? [Self.columns.number] : heads.map { max(Self.columns.number, DisplayWidth.of($0) + 2) }
    }

    private func nameWidth(in width: Int) -> Int {
        min(Self.columns.name, max(10, width / 3), shownRows.map { DisplayWidth.of($0.name) }.max() ?? 0)
    }

    /// The columns that names and numbers leave to the bars.
    private static func room(in width: Int, names: Int, _ numbers: some Sequence<Int>) -> Int {
        width - 3 - names - columns.percent - numbers.reduce(0, +)
    }

    /// The table with this many numbers in each row, as far as there are as many.
    func lines(width: Int, numbers count: Int, glyphs: Glyphs) -> [StyledLine] {
        guard !rows.isEmpty else { return [StyledLine(title, .header), StyledLine("  \(empty)", .muted)] }
        let (shown, widths, whole) = (shownRows, widths, nameWidth(in: width))
        // Long names give way to more numbers.
        let lacking =
            count > 1 ? max(0, Self.columns.bar - Self.room(in: width, names: whole, widths.prefix(count))) : 0
        let name = max(min(whole, Self.columns.shortName), whole - lacking)
        let room = max(4, Self.room(in: width, names: name, widths.prefix(count)))
        let most = max(1, shown.map(\.count).max() ?? 1)
        let all = max(1, rows.reduce(0) { $0 + $1.count })
        let head = title.padded(to: 2 + name + 1 + room)
        // The percentage is next to the number that it is of.
        let gap = String(repeating: " ", count: Self.columns.percent)
        let names = zip(heads, widths).prefix(count).map { Self.right($0, in: $1) }
        let row = names.count > 1 ? names[0] + gap + names.dropFirst().joined() : names.joined()
        return [StyledLine(head + row, .header)]
            + shown.map { row in
                let text = CleanText.cut(row.name, to: name, ellipsis: glyphs.ellipsis).padded(to: name)
                let bar = Self.bar(row.count, of: most, width: room, glyphs: glyphs)
                let numbers = zip(row.numbers.map(Text.number), widths).prefix(count).map { Self.right($0, in: $1) }
                return StyledLine([
                    Span("  \(text) ", row.name == Self.rest ? .muted : .text), Span(bar.padded(to: room), row.role),
                    Span(numbers.first ?? "", .text), Span(Self.percent(row.count, of: all), .muted),
                    Span(numbers.dropFirst().joined(), .text),
                ])
            }
    }

    private static let rest = "all others"

    /// The greatest first, the rest added up.
    private var shownRows: [Row] {
        let sorted = rows.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
            .map(\.element)
        guard sorted.count > most else { return sorted }
        let rest = sorted[(most - 1)...]
        let more = heads.indices.dropLast().map { index in
            rest.reduce(0) { $0 + $1.more[index] }
        }
        let count = rest.reduce(0) { $0 + $1.count }
        return sorted.prefix(most - 1) + [Row(name: Self.rest, count: count, more: more, role: .muted)]
    }

    private static func right(_ text: String, in width: Int) -> String {
        String(repeating: " ", count: max(1, width - DisplayWidth.of(text))) + text
    }

    private static func percent(_ count: Int, of all: Int) -> String {
        let share = Double(count) / Double(all) * 100
        let text = count > 0 && share < 1 ? "<1 %" : "\(Int(share.rounded())) %"
        return right(text, in: columns.percent)
    }

    /// A bar in whole and partial cells; at least a mark if there is any.
    static func bar(_ count: Int, of most: Int, width: Int, glyphs: Glyphs) -> String {
        guard count > 0, let full = glyphs.bar.last else { return "" }
        let steps = glyphs.bar.count
        let filled = max(1, Int((Double(count) / Double(most) * Double(width * steps)).rounded()))
        let part = filled % steps
        return String(repeating: full, count: filled / steps) + (part > 0 ? glyphs.bar[part - 1] : "")
    }
}
