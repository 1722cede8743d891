// SPDX-License-Identifier: Apache-2.0

/// What every role looks like.
package struct Theme: Hashable, Sendable {
    /// The name in `--theme`; a file's name without its ending.
    package var id: String
    /// The name for people.
    package var name: String
    package var appearance: Appearance
    package var palette: [String: RoleStyle.Paint]
    /// By dotted name; a theme may name more roles than there are.
    package var roles: [String: RoleStyle]
    package var glyphs: GlyphChoice

    package init(
        id: String, name: String, appearance: Appearance = .any, palette: [String: RoleStyle.Paint] = [:],
        roles: [String: RoleStyle] = [:], glyphs: GlyphChoice = GlyphChoice()
    ) {
        self.id = id
        self.name = name
        self.appearance = appearance
        self.palette = palette
        self.roles = roles
        self.glyphs = glyphs
    }

    /// The terminals a theme is made for.
    package enum Appearance: String, CaseIterable, Hashable, Sendable {
        case dark, light, any
    }
}

extension Theme {
    /// The theme with everything that it leaves out taken from the parent.
    ///
    /// A role that it names is its own, but for the mono value: what can be told apart in the parent stays so.
    package func inheriting(from parent: Theme) -> Theme {
        var theme = self
        theme.palette = parent.palette.merging(palette) { _, own in own }
        theme.roles = parent.roles.merging(roles) { inherited, own in
            var style = own
            style.mono = own.mono ?? inherited.mono
            return style
        }
        theme.glyphs = glyphs.inheriting(from: parent.glyphs)
        return theme
    }
}

/// What a theme says of one role, before a colour depth is known.
package struct RoleStyle: Hashable, Sendable {
    package var foreground: Paint?
    package var background: Paint?
    package var attributes: Style.Attributes
    /// Replaces the attributes where there is no colour.
    package var mono: Style.Attributes?

    package init(
        _ foreground: Paint? = nil, on background: Paint? = nil, _ attributes: Style.Attributes = [],
        mono: Style.Attributes? = nil
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
        self.mono = mono
    }

    /// A colour, or the palette's name for one.
    ///
    /// Names are looked up last, so that a child's palette recolours its parent's roles.
    package enum Paint: Hashable, Sendable {
        case named(String)
        case color(Color)
    }
}
