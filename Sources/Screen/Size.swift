// SPDX-License-Identifier: Apache-2.0

/// The size of a terminal or of a part of it, in cells.
package struct Size: Hashable, Sendable {
    package let columns: Int
    package let rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }
}
