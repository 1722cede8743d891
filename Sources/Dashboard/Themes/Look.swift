// SPDX-License-Identifier: Apache-2.0

package import Screen

/// How the dashboard looks: its theme, and the signs that the theme and the terminal have.
package struct Look: Hashable, Sendable {
    package let theme: Theme
    let glyphs: Glyphs
    /// Whether the terminal shows more than ASCII, and may be asked to.
    private let showsUnicode: Bool
    /// Whether the terminal is to get nothing but ASCII: no other sign of the theme, and no other letter of a text.
    let isASCII: Bool

    package init(theme: Theme, showsUnicode: Bool, isASCII: Bool = false) {
        self.theme = theme
        self.showsUnicode = showsUnicode
        self.isASCII = isASCII
        glyphs = isASCII ? theme.glyphs.asciiGlyphs : theme.glyphs.glyphs(unicode: showsUnicode)
    }

    /// The terminal's own colours with these signs.
    init(glyphs: Glyphs) {
        theme = .base
        showsUnicode = glyphs != .ascii
        isASCII = glyphs == .ascii
        self.glyphs = glyphs
    }

    /// The same terminal with another theme.
    func with(_ theme: Theme) -> Look { Look(theme: theme, showsUnicode: showsUnicode, isASCII: isASCII) }
}

/// A theme that can be chosen.
package struct ThemeOffer: Hashable, Sendable {
    /// What `--theme` takes.
    package let name: String
    package let theme: Theme
    /// The user's own file, and not a built-in theme.
    package let isOwn: Bool
    /// What is wrong with it.
    package let problems: [String]
    /// Whether its file could be read as a theme.
    package let isReadable: Bool

    package init(name: String, theme: Theme, isOwn: Bool, problems: [String], isReadable: Bool = true) {
        self.isReadable = isReadable
        self.name = name
        self.theme = theme
        self.isOwn = isOwn
        self.problems = problems
    }
}
