// SPDX-License-Identifier: Apache-2.0

/// How well letters stand out, from 1 to 21, as the guidelines for accessible pages define it (WCAG 2, contrast ratio).
package enum Contrast {
    package static func between(_ foreground: RGB, _ background: RGB) -> Double {
        let (one, other) = (luminance(foreground), luminance(background))
        return (max(one, other) + 0.05) / (min(one, other) + 0.05)
    }

    /// What a number of a ``Style`` looks like, the first sixteen as xterm has them; `nil` for the terminal's own colour.
    package static func color(_ index: Int) -> RGB? {
        usual.indices.contains(index) ? usual[index] : XtermPalette.color(at: index) ?? RGB(index: index)
    }

    private static let usual: [RGB] = [
        "#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
        "#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff",
    ].compactMap { RGB($0) }

    private static func luminance(_ color: RGB) -> Double {
        0.2126 * OKLab.linear(color.red) + 0.7152 * OKLab.linear(color.green) + 0.0722 * OKLab.linear(color.blue)
    }
}

extension Theme {
    /// How the letters of a role stand out at a depth; `nil` where one of the colours is the terminal's own.
    package func contrast(of role: Role, selected: Bool, depth: ColorDepth) -> Double? {
        let style = style(for: role, selected: selected, depth: depth)
        guard let foreground = Contrast.color(style.foreground), let background = Contrast.color(style.background)
        else { return nil }
        return Contrast.between(foreground, background)
    }

    /// The least contrast with which letters of a role can be read at a depth.
    package static func leastContrast(of role: Role, depth: ColorDepth) -> Double {
        // A rule has no letters; of eight colours few pairs have more.
        role == .border ? 1.5 : depth == .eight ? 3 : 4.5
    }
}
