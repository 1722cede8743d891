// SPDX-License-Identifier: Apache-2.0

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
