// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Dashboard
import EventLog
import Screen
import TestSupport

extension DashboardState {
    /// A dashboard in Amsterdam, a few seconds after the newest of its calls.
    static func sample(
        size: Size = Size(columns: 80, rows: 24), glyphs: Glyphs = .unicode, isReadOnly: Bool = false,
        isAttached: Bool = false, operatorHere: Operator? = nil,
        calls: [CallSample] = [], keep: Int = 10_000, status: ServerStatus? = .sample(),
        clock: LocalClock = .fixed(7200)
    ) -> DashboardState {
        var state = DashboardState(
            size: size, glyphs: glyphs, isReadOnly: isReadOnly, isAttached: isAttached, operatorHere: operatorHere,
            clock: clock,
            proposedExportPath: "calls-2026-07-01.jsonl", now: .sample)
        let newest = calls.map(\.at).max() ?? 0
        state.receive(.tick(.sample.advanced(bySeconds: Int64(newest) + 64)))
        if let status { state.receive(.status(status)) }
        let log = EventLog.sample(calls, keep: keep)
        log.sweep(at: .sample.advanced(bySeconds: Int64(newest) + 64))
        state.receive(.logChanged(log.snapshot()))
        return state
    }

    /// Takes a message that must ask for nothing.
    mutating func receive(_ message: DashboardMessage) {
        _ = update(with: message)
    }

    /// Presses keys, written as they are typed, with `<enter>`, `<esc>`, `<tab>`, `<^l>` and the like among them.
    @discardableResult
    mutating func type(_ keys: String) -> [DashboardEffect] {
        Key.typed(keys).flatMap { update(with: .key($0)) }
    }

    /// The screen as lines of text, without the blanks at their ends.
    var screen: [String] {
        let grid = view()
        return (0..<grid.size.rows).map { row in
            let cells = grid.cells(inRow: row)
            // The second cell of a wide character is empty.
            let end = cells.lastIndex { $0.glyph != " " && !$0.glyph.isEmpty } ?? cells.startIndex - 1
            return cells[...end].map(\.glyph).joined()
        }
    }

    /// The whole screen as one text.
    var text: String { screen.joined(separator: "\n") }

    /// The whole screen as one line, without frames, so that wrapped sentences can be found.
    var plain: String { text.split { " \n│".contains($0) }.joined(separator: " ") }

    /// The row of the cursor's call, as text.
    var selectedRow: String? { screen.first { $0.hasPrefix("▸") } }

    /// The number of the cursor's call, if it has one.
    var selectedCaller: String? {
        selectedRow?.split(separator: " ").first { $0.hasPrefix("+") }.map(String.init)
    }
}
