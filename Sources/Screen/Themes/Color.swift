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

    /// The colour itself, where every one can be shown; `Color.unset` for the terminal's own default.
    var exact: Int {
        if let rgb { return rgb.index }
        if let x256 { return x256 }
        return ansi ?? Color.unset
    }

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

extension RGB {
    /// The number of the colour in a ``Style``, after the 256 indexes.
    var index: Int { 256 + Int(red) << 16 + Int(green) << 8 + Int(blue) }

    /// The colour of such a number; `nil` for any other.
    init?(index: Int) {
        let value = index - 256
        guard (0..<1 << 24).contains(value) else { return nil }
        self.init(red: UInt8(value >> 16), green: UInt8(value >> 8 & 255), blue: UInt8(value & 255))
    }
}

extension Color {
    /// The names of the sixteen colours that every terminal has, in their order.
    package static let names = [
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
        "bright-black", "bright-red", "bright-green", "bright-yellow",
        "bright-blue", "bright-magenta", "bright-cyan", "bright-white",
    ]

    /// Reads `#rgb`, `#rrggbb`, `x256:203`, `default` or one of the sixteen names.
    package init?(_ text: String) {
        if let ansi = Color.ansiIndex(text) {
            self.init(ansi: ansi)
        } else if text.hasPrefix("x256:"), let index = Int(text.dropFirst(5)), (0...255).contains(index) {
            self.init(x256: index)
        } else if let rgb = RGB(text) {
            self.init(rgb: rgb)
        } else {
            return nil
        }
    }

    /// The index of a colour name, `Color.unset` for `default`.
    package static func ansiIndex(_ name: String) -> Int? {
        name == "default" ? unset : names.firstIndex(of: name)
    }
}

/// A colour as a screen mixes it.
package struct RGB: Hashable, Sendable {
    package let red: UInt8
    package let green: UInt8
    package let blue: UInt8

    package init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Reads `#rgb` or `#rrggbb`, or returns `nil` when the text is neither.
    package init?(_ text: some StringProtocol) {
        let digits = text.dropFirst()
        guard text.first == "#", digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16) else {
            return nil
        }
        switch digits.count {
        case 3:
            let parts = [value >> 8, value >> 4, value].map { UInt8(($0 & 15) * 17) }
            self.init(red: parts[0], green: parts[1], blue: parts[2])
        case 6:
            let parts = [value >> 16, value >> 8, value].map { UInt8($0 & 255) }
            self.init(red: parts[0], green: parts[1], blue: parts[2])
        default:
            return nil
        }
    }
}
