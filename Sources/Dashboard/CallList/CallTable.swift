// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
import Screen

/// The call list as lines of plain text, for the output of commands: the columns of the screen that fit a width.
package struct CallTable {
    private let columns: [CallColumns.Placed]
    private let glyphs: Glyphs
    private let clock: LocalClock
    private let now: Instant
    /// The margin of the screen, where the selected call is marked.
    private static let margin = 2

    package init(width: Int, isUnicode: Bool, clock: LocalClock, now: Instant) {
        self.init(
            CallColumns(width: max(width, 40) + Self.margin), glyphs: isUnicode ? .unicode : .ascii, clock: clock,
            now: now)
    }

    init(_ columns: CallColumns, glyphs: Glyphs, clock: LocalClock, now: Instant) {
        self.columns = columns.placed
        self.glyphs = glyphs
        self.clock = clock
        self.now = now
    }

    /// The titles, of those columns that have room for one.
    package var head: String { line { DisplayWidth.of($0.column.name) <= $0.width ? $0.column.name : "" } }

    package func row(_ call: CallRecord) -> String {
        let text = CallText(call, on: clock)
        return line { place in
            let context = CallColumn.CellContext(
                text: text, width: place.width, glyphs: glyphs, clock: clock, now: now)
            return place.column.cell(call, context).text
        }
    }

    private func line(_ cell: (CallColumns.Placed) -> String) -> String {
        var line = ""
        for place in columns {
            let text = CleanText.cut(cell(place), to: place.width, ellipsis: glyphs.ellipsis)
            let start = place.start - Self.margin
            let space = place.column.isNumber ? place.width - DisplayWidth.of(text) : 0
            line += String(repeating: " ", count: max(0, start + space - DisplayWidth.of(line))) + text
        }
        return line
    }
}
