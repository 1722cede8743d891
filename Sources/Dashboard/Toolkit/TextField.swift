// SPDX-License-Identifier: Apache-2.0

import Screen

/// One line of text that is being typed, with its cursor.
struct TextField: Hashable, Sendable {
    private(set) var characters: [Character]
    /// Where the next character is inserted.
    private(set) var cursor: Int
    /// Whether the text is as the program filled it in.
    private(set) var isGiven = false
    /// Whether a word also ends at `/` and `.`, so that the ending of a file's name is one.
    private var isPath = false

    /// More than any text or path may have, so that a paste that was cut is refused instead of used.
    static let longest = 5000

    init(_ text: String = "") {
        characters = Array(text.prefix(Self.longest))
        cursor = characters.count
    }

    /// A text with the cursor before its end.
    init(_ text: String, before rest: String) {
        self.init(text + rest)
        cursor = min(text.count, characters.count)
    }

    init(path: String) {
        self.init(path)
        isPath = true
    }

    /// A text that the program fills in.
    init(given text: String) {
        self.init(text)
        isGiven = true
    }

    var text: String { String(characters) }

    /// The text without blanks at its ends.
    var trimmed: String {
        let kept = characters.drop(while: \.isWhitespace)
        let blanks = kept.reversed().prefix(while: \.isWhitespace).count
        return String(kept.dropLast(blanks))
    }

    /// Takes an editing key; returns whether it was one.
    mutating func take(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        case .left, .control("b"): cursor = max(0, cursor - 1)
        case .right, .control("f"): cursor = min(characters.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = characters.count
        case .backspace, .control("h"): remove(max(0, cursor - 1)..<cursor)
        case .delete, .control("d"): remove(cursor..<min(characters.count, cursor + 1))
        case .control("u"): remove(0..<cursor)
        case .control("k"): remove(cursor..<characters.count)
        case .control("w"): remove(startOfWord..<cursor)
        case .control, .enter, .escape, .tab, .backTab, .up, .down, .pageUp, .pageDown, .function: return false
        }
        return true
    }

    /// Inserts typed or pasted text: line breaks become blanks, control and direction characters are dropped.
    mutating func insert(_ text: String) {
        // A combining mark joins the character before it, so the text left of the cursor is split again.
        let left = Array(String(characters[..<cursor]) + Self.plain(text))
        let room = Self.longest - (characters.count - cursor)
        let kept = left.prefix(max(0, room))
        characters = Array(kept) + characters[cursor...]
        cursor = kept.count
        isGiven = false
    }

    private mutating func remove(_ range: Range<Int>) {
        characters.removeSubrange(range)
        cursor = range.lowerBound
        isGiven = false
    }

    private var startOfWord: Int {
        var start = cursor
        while start > 0, endsWord(characters[start - 1]) { start -= 1 }
        while start > 0, !endsWord(characters[start - 1]) { start -= 1 }
        return start
    }

    private func endsWord(_ character: Character) -> Bool {
        character.isWhitespace || isPath && (character == "/" || character == ".")
    }

    private static func plain(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .lineSeparator, .paragraphSeparator: scalars.append(" ")
            case .control where scalar == "\n" || scalar == "\t": scalars.append(" ")
            case .control, .surrogate, .unassigned: break
            case .format where !isJoiner(scalar): break
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    /// Joiners are part of the spelling of some scripts and emoji; other format characters only hide things.
    private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{200D}" || scalar == "\u{200C}"
    }
}

/// The text of a field broken into rows at its blanks, and the place of its cursor.
///
/// One column is kept for the cursor after the last letter of a row.
struct FieldLines {
    private(set) var lines: [String] = []
    private(set) var cursor = (row: 0, column: 0)

    /// Breaks the text; a field of one row is not broken at words.
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

    /// Where each row begins; blanks that do not fit stay at the end of their row.
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

extension Grid {
    /// Writes a text field over one or more rows so that its cursor is visible, and puts the terminal's cursor there.
    ///
    /// Without the focus it begins at its beginning, and an ellipsis is where it is cut.
    mutating func write(_ field: TextField, in area: Rect, isFocused: Bool = true, ellipsis: String = "") {
        fill(area, as: .field)
        let lines = FieldLines(field, width: area.size.columns, atWords: area.size.rows > 1)
        // The rows around the cursor, or the first ones without the focus.
        let first = isFocused ? max(0, lines.cursor.row - area.size.rows + 1) : 0
        let shown = lines.lines.dropFirst(first)
        for (row, line) in zip(area.rows, shown) {
            let isCut = !isFocused && row == area.rows.upperBound - 1 && shown.count > area.size.rows
            let text =
                isCut
                ? CleanText.cut(
                    shown.dropFirst(area.size.rows - 1).joined(), to: area.size.columns - 1, ellipsis: ellipsis) : line
            write(text, row: row, column: area.column, width: area.size.columns, as: .field)
        }
        guard isFocused else { return }
        let column = min(area.column + lines.cursor.column, size.columns - 1)
        cursor = Cursor(row: area.row + lines.cursor.row - first, column: column)
    }
}
