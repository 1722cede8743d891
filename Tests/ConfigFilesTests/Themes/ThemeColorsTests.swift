// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Screen
import TestSupport
import Testing

/// What each role of a theme comes to at each depth, as golden files; the pictures in `docs/screens` take their colours from these.
@Suite struct ThemeColorsTests {
    @Test(arguments: ThemeLibrary.shippedNames)
    func everyRoleHasTheColoursOfTheGoldenFile(name: String) throws {
        let theme = ThemeLibrary.shipped.load(name).theme
        let depths = ColorDepth.allCases.reversed().map { Self.table(of: theme, depth: $0) }
        try expectText(depths.joined(separator: "\n"), matches: "Colors/\(name).colors")
    }

    /// What the terminal has for its own letters and background is not known, so no number is claimed.
    @Test(arguments: Role.allCases)
    func aContrastWithAColourOfTheTerminalIsUnknown(role: Role) {
        let style = Theme.base.style(for: role, depth: .full)
        let isKnown = style.foreground != Color.unset && style.background != Color.unset
        #expect((Theme.base.contrast(of: role, selected: false, depth: .full) != nil) == isKnown)
    }

    private static func table(of theme: Theme, depth: ColorDepth) -> String {
        let rows = Role.allCases.flatMap { role in
            [false, true].map { isSelected in row(of: role, isSelected, theme, depth) }
        }
        return (["\(theme.id), \(depth.heading)"] + rows).joined(separator: "\n") + "\n"
    }

    /// The letter of the role in golden screens, its name, the letters, what is behind them, their contrast, the attributes.
    private static func row(of role: Role, _ isSelected: Bool, _ theme: Theme, _ depth: ColorDepth) -> String {
        let style = theme.style(for: role, selected: isSelected, depth: depth)
        let name = "\(role.letter) \(role.rawValue)\(isSelected ? ", selected" : "")"
        let hasColors = depth > .mono
        let colors = hasColors ? [style.foreground.colorName, style.background.colorName] : []
        let contrast = theme.contrast(of: role, selected: isSelected, depth: depth).map { "\(Int($0 * 10))" }
        let tenths = contrast.map { "\($0.dropLast()).\($0.suffix(1))" } ?? "unknown"
        let cells = [name.padded(28)] + colors.map { $0.padded(9) } + (hasColors ? [tenths.padded(8)] : [])
        return (cells + [style.attributes.words]).joined(separator: " ")
    }
}

extension ColorDepth {
    fileprivate var heading: String {
        switch self {
        case .exact: "every colour: letters, background, contrast, attributes"
        case .full: "256 colours"
        case .sixteen: "16 colours"
        case .eight: "8 colours"
        case .mono: "no colours"
        case .never: "no colours and no attribute but reverse"
        }
    }
}

extension Int {
    /// A number of a style, as themes write colours.
    fileprivate var colorName: String {
        if self == Color.unset { return "default" }
        guard self > 255 else { return "\(self)" }
        let digits = String(self - 256, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
}

extension Style.Attributes {
    fileprivate var words: String {
        let words = Self.names.filter { contains($0.value) }.keys.sorted().joined(separator: " ")
        return words.isEmpty ? "plain" : words
    }
}

extension String {
    fileprivate func padded(_ width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}
