// SPDX-License-Identifier: Apache-2.0

import Screen

/// One line of text that is being typed, with its cursor.
struct TextField: Hashable, Sendable {
    private(set) var characters: [Character]
    /// The place before which the next character goes.
    private(set) var cursor: Int

    /// More than the desk takes of any text, and the system of a path: what a long paste is cut to is refused, not used.
    static let longest = 5000

    init(_ text: String = "") {
        characters = Array(text.prefix(Self.longest))
        cursor = characters.count
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

    /// Inserts typed or pasted text: line breaks become blanks, control and direction characters go.
    mutating func insert(_ text: String) {
        // A combining mark joins the character before it, so what is left of the cursor is read anew.
        let left = Array(String(characters[..<cursor]) + Self.plain(text))
        let room = Self.longest - (characters.count - cursor)
        let kept = left.prefix(max(0, room))
        characters = Array(kept) + characters[cursor...]
        cursor = kept.count
    }

    private mutating func remove(_ range: Range<Int>) {
        characters.removeSubrange(range)
        cursor = range.lowerBound
    }

    private var startOfWord: Int {
        var start = cursor
        while start > 0, characters[start - 1].isWhitespace { start -= 1 }
        while start > 0, !characters[start - 1].isWhitespace { start -= 1 }
        return start
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

    /// Joiners belong to the spelling of some scripts and emoji; every other format character only hides things.
    private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{200D}" || scalar == "\u{200C}"
    }
}
