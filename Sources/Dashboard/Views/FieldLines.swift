// SPDX-License-Identifier: Apache-2.0

import Screen

/// The text of a field broken into full rows, and where its cursor then is.
struct FieldLines {
    private(set) var lines = [""]
    private(set) var cursor = (row: 0, column: 0)

    init(_ field: TextField, width: Int) {
        var used = 0
        for (index, character) in field.characters.enumerated() {
            let step = DisplayWidth.of(String(character))
            if used + step > width, used > 0 {
                lines.append("")
                used = 0
            }
            if index == field.cursor { cursor = (lines.count - 1, used) }
            lines[lines.count - 1].append(character)
            used += step
        }
        guard field.cursor == field.characters.count else { return }
        if used >= width { lines.append("") }
        cursor = (lines.count - 1, used >= width ? 0 : used)
    }
}
