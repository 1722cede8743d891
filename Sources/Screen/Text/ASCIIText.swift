// SPDX-License-Identifier: Apache-2.0

/// The nearest ASCII to a text, for terminals that are to get nothing else.
///
/// It takes as many columns as the text: letters lose their accents, and every column of anything else is a stand-in.
package enum ASCIIText {
    package static func of(_ text: String) -> String {
        if CleanText.isPlain(text) { return text }
        return DisplayGlyph.glyphs(of: text).reduce(into: "") { ascii, glyph in
            ascii += signs(of: glyph.text, columns: glyph.width).joined()
        }
    }

    /// A sign for each column of a glyph.
    static func signs(of glyph: String, columns: Int) -> [String] {
        guard let base = glyph.unicodeScalars.first else { return [] }
        let sign = sign(of: base)
        // A full-width letter is followed by a blank.
        let rest = sign == standIn ? standIn : " "
        return (0..<columns).map { String($0 == 0 ? sign : rest) }
    }

    private static let standIn: Character = "?"

    private static func sign(of scalar: Unicode.Scalar) -> Character {
        switch scalar.value {
        case 0x20...0x7E: Character(scalar)
        case 0xC0...0x17F: latin[Int(scalar.value - 0xC0)]
        case 0x218, 0x219: scalar.value == 0x218 ? "S" : "s"
        case 0x21A, 0x21B: scalar.value == 0x21A ? "T" : "t"
        case 0x2010...0x2015, 0x2212: "-"
        case 0x2018...0x201B: "'"
        case 0x201C...0x201F, 0xAB, 0xBB: "\""
        case 0x2026: "."
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0).map(Character.init) ?? standIn
        default: standIn
        }
    }

    /// U+00C0 to U+017F: Latin letters with marks, and those that are made of two by their first.
    private static let latin = Array(
        "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTs" + "aaaaaaaceeeeiiiidnooooo/ouuuuyty"
            + "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHh"
            + "IiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs")
}

extension Grid {
    /// Leaves nothing but ASCII in the cells; what is in which column stays.
    package mutating func reduceToASCII() {
        for index in cells.indices where !CleanText.isPlain(cells[index].glyph) {
            let next = index + 1
            let isWide = next % max(1, size.columns) != 0 && next < cells.count && cells[next].glyph.isEmpty
            let signs = ASCIIText.signs(of: cells[index].glyph, columns: isWide ? 2 : 1)
            for (column, sign) in zip(index..., signs) { cells[column].glyph = sign }
        }
    }
}
