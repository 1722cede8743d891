// SPDX-License-Identifier: Apache-2.0

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
