// SPDX-License-Identifier: Apache-2.0

/// Makes text from outside safe to show.
///
/// Terminals disagree about joined emoji and obey control and direction characters; what passes here is shown by
/// all of them alike and cannot move anything but itself.
package enum CleanText {
    /// Replaces a character that a terminal would obey.
    package static let standIn = "·"

    /// The text with nothing left in it that a terminal would obey or that has no agreed width.
    package static func clean(_ text: String) -> String {
        if isPlain(text) { return text }
        return DisplayGlyph.glyphs(of: text).reduce(into: "") { $0 += $1.text }
    }

    /// The text with its line breaks and tabs, and nothing else left in it that a terminal would obey.
    ///
    /// For output that is not laid out in cells: what only has no agreed width stays.
    package static func lines(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isObeyed) else { return text }
        var cleaned = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar != "\r" {
            cleaned.append(contentsOf: isObeyed(scalar) ? standIn.unicodeScalars : String(scalar).unicodeScalars)
        }
        return String(cleaned)
    }

    private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\n", "\t": false
        case "\r", "\u{85}": true
        // What is a stand-in and was none before.
        default: shown(scalar)?.value == 0xB7 && scalar.value != 0xB7
        }
    }

    /// The cleaned text, cut to the width, with the ellipsis at its end when something had to go.
    ///
    /// A wide glyph is never split; the result may then be a column short.
    package static func cut(_ text: String, to width: Int, ellipsis: String) -> String {
        let glyphs = DisplayGlyph.glyphs(of: text)
        guard glyphs.reduce(0, { $0 + $1.width }) > width else {
            return glyphs.reduce(into: "") { $0 += $1.text }
        }
        let mark = prefix(of: DisplayGlyph.glyphs(of: ellipsis), width: max(0, width))
        return prefix(of: glyphs, width: width - DisplayWidth.of(mark)) + mark
    }
}

extension CleanText {
    /// Printable ASCII alone: nothing to clean, one column a byte.
    static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }

    /// The scalar as the screen shows it, or `nil` when it is left out.
    static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x20...0x7E: scalar
        case 0x09, 0x0A, 0x0D, 0x85, 0xA0: " "
        case 0x00...0x1F, 0x7F...0x9F: "·"
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: "·"
        case 0xAD, 0x200B...0x200D, 0x2060...0x2065, 0x206A...0x206F, 0xFEFF, 0xFFF9...0xFFFB: nil
        case 0xFE00...0xFE0F, 0x1F3FB...0x1F3FF, 0xE0000...0xE0FFF: nil
        case 0x1F1E6...0x1F1FF: Unicode.Scalar(scalar.value - 0x1F1E6 + 0x41)
        case 0xFFFE, 0xFFFF, 0xFDD0...0xFDEF: "\u{FFFD}"
        default: scalar
        }
    }

    private static func prefix(of glyphs: [DisplayGlyph], width: Int) -> String {
        var text = ""
        var used = 0
        for glyph in glyphs {
            guard used + glyph.width <= width else { break }
            text += glyph.text
            used += glyph.width
        }
        return text
    }
}

/// What fills one cell, or two when it is wide: a base scalar and the marks that sit on it.
struct DisplayGlyph: Hashable {
    /// A terminal cell holds five scalars.
    static let mostMarks = 4

    var text: String
    let width: Int
}

extension DisplayGlyph {
    /// Printable ASCII, which is nearly all that is written.
    private static let plain = (0x20...0x7E).map { DisplayGlyph(text: String(Unicode.Scalar(UInt8($0))), width: 1) }

    /// The glyphs of the text in order, cleaned.
    ///
    /// Marks without a base and marks past the fourth are left out.
    static func glyphs(of text: String) -> [DisplayGlyph] {
        if CleanText.isPlain(text) { return text.utf8.map { plain[Int($0 - 0x20)] } }
        var glyphs: [DisplayGlyph] = []
        glyphs.reserveCapacity(text.utf8.count)
        var marks = 0
        for scalar in text.unicodeScalars {
            guard let shown = CleanText.shown(scalar) else { continue }
            let width = DisplayWidth.of(shown)
            if width > 0 {
                glyphs.append(DisplayGlyph(text: String(shown), width: width))
                marks = 0
            } else if !glyphs.isEmpty, marks < mostMarks {
                glyphs[glyphs.count - 1].text.unicodeScalars.append(shown)
                marks += 1
            }
        }
        return glyphs
    }
}
