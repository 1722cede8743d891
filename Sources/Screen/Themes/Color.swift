// SPDX-License-Identifier: Apache-2.0

/// A colour as a theme writes it: one value for each depth that the author cared for.
package struct Color: Hashable, Sendable {
    package var rgb: RGB?
    /// An index into the 256 colours of xterm.
    package var x256: Int?
    /// 0 to 15 for the terminal's own colours, `Color.unset` for its default.
    package var ansi: Int?

    package init(rgb: RGB? = nil, x256: Int? = nil, ansi: Int? = nil) {
        self.rgb = rgb
        self.x256 = x256
        self.ansi = ansi
    }
}

extension Color {
    /// The terminal's own foreground or background.
    package static let unset = -1

    /// The index to show where 256 colours are.
    var indexOf256: Int {
        if let x256 { return x256 }
        if let rgb { return XtermPalette.nearest(to: rgb) }
        return ansi ?? Color.unset
    }

    /// The index to show where 16 colours are, or `nil` when the author gave none.
    ///
    /// It is never derived: the nearest of sixteen colours is too often a wrong one.
    var indexOf16: Int? {
        if let ansi { return ansi }
        guard let x256, x256 < 16 else { return nil }
        return x256
    }
}
