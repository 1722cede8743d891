// SPDX-License-Identifier: Apache-2.0

import Screen

/// Which rows of the screen belong to what; computed once per message.
struct Layout: Hashable {
    /// Below this there is room for one sentence only.
    static let smallest = Size(columns: 50, rows: 10)
    /// From this height on there is room for rules and for a row of keys below the status bar.
    private static let roomyRows = 16
    /// From this height on the list stays visible above an open call.
    private static let splitRows = 34
    /// From this width on it stays visible next to it.
    private static let besideColumns = 140

    let isTooSmall: Bool
    let bars: Range<Int>
    /// The rows that list, detail or page have to themselves.
    let body: Rect
    let status: Int
    /// The row of keys; `nil` where the status bar shares its row.
    let keys: Int?
    /// The rule above the body, where there is room for one.
    let rule: Int?
    /// Whether an open call is to the right of the list, with a rule between them.
    let isBeside: Bool
    /// The list with its head.
    let list: Rect
    /// The open call.
    let detail: Rect

    /// Lays the screen out.
    ///
    /// - Parameters:
    ///   - size: The size of the screen.
    ///   - count: How many rows the bars below the header take.
    ///   - showsDetail: Whether a call is open.
    init(size: Size, bars count: Int, showsDetail: Bool) {
        isTooSmall = size.columns < Self.smallest.columns || size.rows < Self.smallest.rows
        let isRoomy = size.rows >= Self.roomyRows
        bars = 2..<2 + count
        rule = isRoomy ? bars.upperBound : nil
        let top = bars.upperBound + (isRoomy ? 1 : 0)
        keys = isRoomy ? size.rows - 1 : nil
        status = isRoomy ? size.rows - 2 : size.rows - 1
        body = Rect(row: top, column: 0, columns: size.columns, rows: status - top)
        isBeside = showsDetail && size.columns >= Self.besideColumns
        let isBelow = showsDetail && !isBeside && size.rows >= Self.splitRows
        let listRows = isBelow ? max(8, body.size.rows * 2 / 5) : body.size.rows
        let listColumns = isBeside ? max(64, size.columns * 9 / 20) : size.columns
        list = Rect(row: top, column: 0, columns: listColumns, rows: listRows)
        detail =
            isBeside
            ? Rect(
                row: top, column: listColumns + 1, columns: size.columns - listColumns - 1, rows: body.size.rows)
            : isBelow
                ? Rect(row: top + listRows, column: 0, columns: size.columns, rows: body.size.rows - listRows) : body
    }

    /// Whether the list is above an open call, with a rule between them.
    var isBelow: Bool { detail.row > list.row }

    /// Whether list and detail are both on the screen.
    var isSplit: Bool { isBelow || isBeside }

    /// How many calls the list shows.
    var listRows: Int { max(1, list.size.rows - 1) }

    /// How many lines of a call's page are shown, below its rule, its title and its tabs.
    var detailRows: Int { max(1, detail.size.rows - (isBelow ? 3 : 2)) }
}
