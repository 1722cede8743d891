// SPDX-License-Identifier: Apache-2.0

extension Grid {
    /// The cells that differ from the older grid, in reading order; all of them when the sizes differ.
    package func changes(since older: Grid) -> [CellRun] {
        guard size.columns > 0 else { return [] }
        guard older.size == size else {
            return (0..<size.rows).map { CellRun(row: $0, columns: 0..<size.columns) }
        }
        return cells.withUnsafeBufferPointer { new in
            older.cells.withUnsafeBufferPointer { old in
                (0..<size.rows).reduce(into: []) { $0 += changes(inRow: $1, from: old, to: new) }
            }
        }
    }

    private func changes(
        inRow row: Int, from old: UnsafeBufferPointer<Cell>, to new: UnsafeBufferPointer<Cell>
    ) -> [CellRun] {
        var runs: [CellRun] = []
        var start: Int?
        for column in 0..<size.columns {
            let differs = new[row * size.columns + column] != old[row * size.columns + column]
            if differs, start == nil {
                start = column
            } else if !differs, let first = start {
                runs.append(CellRun(row: row, columns: first..<column))
                start = nil
            }
        }
        if let first = start { runs.append(CellRun(row: row, columns: first..<size.columns)) }
        return runs
    }
}
