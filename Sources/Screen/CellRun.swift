// SPDX-License-Identifier: Apache-2.0

/// Neighbouring cells of one row.
package struct CellRun: Hashable, Sendable {
    package let row: Int
    package let columns: Range<Int>

    package init(row: Int, columns: Range<Int>) {
        self.row = row
        self.columns = columns
    }
}
