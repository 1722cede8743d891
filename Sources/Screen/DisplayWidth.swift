// SPDX-License-Identifier: Apache-2.0

/// How many columns text takes on the screen; the one width rule of the program.
package enum DisplayWidth {
    /// The columns that the text takes once it is cleaned.
    ///
    /// `Grid.write` uses exactly as many when nothing cuts it.
    package static func of(_ text: String) -> Int {
        if CleanText.isPlain(text) { return text.utf8.count }
        return DisplayGlyph.glyphs(of: text).reduce(0) { $0 + $1.width }
    }

    /// The columns of one scalar that was cleaned: 0, 1 or 2.
    static func of(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        if WidthTable.wide.contains(scalar.value) { return 2 }
        return WidthTable.zero.contains(scalar.value) ? 0 : 1
    }
}
