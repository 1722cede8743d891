// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Screen

extension DashboardState {
    /// Says where calls are waited for and how the first one gets here; whole sentences, as many as there are rows for.
    func drawEmpty(on grid: inout Grid, in area: Rect) {
        let rows = area.rows.dropFirst(area.size.rows < 10 ? 1 : 2)
        var lines: [Span] = []
        for (index, sentence) in invitation.enumerated() {
            let wrapped = TextWrap.lines(sentence, width: area.size.columns - 2)
            guard index == 0 || lines.count + wrapped.count <= rows.count else { break }
            lines += wrapped.map { Span($0, index == 0 ? .text : .muted) }
        }
        for (row, line) in zip(rows, lines) { grid.write(line.text, row: row, column: 1, as: line.role) }
    }

    private var invitation: [String] {
        guard let desk else { return ["Starting."] }
        let called = desk.lines.first?.number.description ?? "NUMBER"
        return [
            "Waiting for calls on \(desk.webhookURL).",
            "Put a proxy or a tunnel in front of it and give its address to the platform as webhook_url.",
            "Try: switchboard call --from +31612345678 --to \(called)",
        ]
    }
}
