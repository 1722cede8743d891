// SPDX-License-Identifier: Apache-2.0

import Screen

/// The text of a field broken into rows at its blanks, and where its cursor then is.
///
/// One column is kept for the cursor behind the last letter of a row.
struct FieldLines {
    private(set) var lines: [String] = []
    private(set) var cursor = (row: 0, column: 0)

    /// Breaks the text; a field of a single row shows as much as there is room for, wherever its words end.
    init(_ field: TextField, width: Int, atWords: Bool = true) {
        let starts = Self.starts(field.characters, width: max(1, width - 1), atWords: atWords)
        for (row, start) in starts.enumerated() {
            let end = row + 1 < starts.count ? starts[row + 1] : field.characters.count
            lines.append(String(field.characters[start..<end]))
            guard start <= field.cursor else { continue }
            let left = DisplayWidth.of(String(field.characters[start..<field.cursor]))
            cursor = (row, min(left, max(0, width - 1)))
        }
    }

    /// Where each row begins; blanks that do not fit hang at the end of their row.
    private static func starts(_ characters: [Character], width: Int, atWords: Bool) -> [Int] {
        var starts = [0]
        var used = 0
        var word = (start: 0, width: 0)
        for (index, character) in characters.enumerated() {
            let step = DisplayWidth.of(String(character))
            if atWords, character == " " {
                used += step
                word = (index + 1, 0)
                continue
            }
            if used + step > width, used > 0 {
                let isWhole = atWords && word.start > starts[starts.count - 1] && word.width + step <= width
                starts.append(isWhole ? word.start : index)
                used = isWhole ? word.width : 0
                if !isWhole { word = (index, 0) }
            }
            used += step
            word.width += step
        }
        return starts
    }
}
