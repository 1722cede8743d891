// SPDX-License-Identifier: Apache-2.0

import Screen

extension DashboardState {
    /// The command or the query while it is being typed, with what there is to say of it.
    func drawPrompt(on grid: inout Grid, row: Int) {
        if let commandLine {
            let words = commandLine.completions(among: commandWords)
            let facts = words.isEmpty ? "no such command" : words.joined(separator: " ")
            drawPrompt(":", commandLine.field, facts, words.isEmpty ? .failed : .muted, on: &grid, row: row)
        } else if let search {
            let facts = search.query.isEmpty ? "search (Esc: back)" : matches(search)
            let role: Role = search.matches.isEmpty && !search.query.isEmpty ? .failed : .muted
            drawPrompt("/", search.field, facts, role, on: &grid, row: row)
        }
    }

    private func drawPrompt(
        _ sign: String, _ field: TextField, _ facts: String, _ role: Role, on grid: inout Grid, row: Int
    ) {
        let end = size.columns - 1
        let facts = CleanText.cut(facts, to: max(0, end - 20), ellipsis: glyphs.ellipsis)
        let room = end - DisplayWidth.of(facts) - 5
        grid.write(sign, row: row, column: 1, as: .key)
        grid.write(field, in: Rect(row: row, column: 2, columns: max(4, room), rows: 1))
        grid.write(facts, row: row, endingAt: end, as: role)
    }
}
