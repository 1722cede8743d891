// SPDX-License-Identifier: Apache-2.0

extension Theme {
    /// How cells of the role look at the depth.
    ///
    /// The role's own name is looked up first, then the name without its last part, and so on, then `text`. A colour
    /// that is not found there is taken from the next in that order. On a selected row `row.selected` is laid over it:
    /// it changes only what it names, so that a failed call stays red, and it leaves a background alone that is the
    /// role's own, such as that of a match, because the role's letters are made for it. An overlay that reverses makes
    /// one calm row instead: a cell's own colour would become the background of its letters.
    package func style(for role: Role, selected: Bool = false, depth: ColorDepth) -> Style {
        let layers = Theme.lookupNames(of: role).compactMap { roles[$0] }
        let overlay = selected ? roles[Role.selectedRow.rawValue] : nil
        switch depth {
        case .never:
            return Style(attributes: monoAttributes(layers, overlay).intersection(.reverse))
        case .mono:
            return Style(attributes: monoAttributes(layers, overlay))
        case .eight:
            return coloredStyle(layers, overlay, of: role, depth: .sixteen).foldedToEight()
        case .sixteen, .full, .exact:
            return coloredStyle(layers, overlay, of: role, depth: depth)
        }
    }

    /// Whether the theme says something of the role or of a shorter name of it.
    package func names(_ role: Role) -> Bool {
        Theme.lookupNames(of: role).dropLast().contains { roles[$0] != nil } || role == .text
    }
}

extension Theme {
    private static func lookupNames(of role: Role) -> [String] {
        let parts = role.rawValue.split(separator: ".")
        return (1...parts.count).reversed().map { parts.prefix($0).joined(separator: ".") } + [Role.text.rawValue]
    }

    private func monoAttributes(_ layers: [RoleStyle], _ overlay: RoleStyle?) -> Style.Attributes {
        let own = layers.first.map { $0.mono ?? $0.attributes } ?? []
        return own.union(overlay.map { $0.mono ?? $0.attributes } ?? [])
    }

    private func coloredStyle(
        _ layers: [RoleStyle], _ overlay: RoleStyle?, of role: Role, depth: ColorDepth
    ) -> Style {
        let plain = color(roles[Role.text.rawValue]?.background)
        let own = layers.lazy.compactMap { color($0.background) }.first
        if let overlay, overlay.reversesRow {
            return reversedRow(layers, overlay, hasOwnBackground: own != plain && role != .text, depth: depth)
                ?? coloredStyle(layers, nil, of: role, depth: depth)
        }
        let covers = overlay?.background != nil && (own == plain || role == .text)
        let foreground = color(overlay?.foreground) ?? layers.lazy.compactMap { color($0.foreground) }.first
        let background = covers ? color(overlay?.background) : own
        var attributes = layers.first?.attributes ?? []
        attributes.formUnion(overlay?.attributes ?? [])
        guard depth == .sixteen else {
            let index = depth == .exact ? \Color.exact : \.indexOf256
            return Style(
                foreground: foreground?[keyPath: index] ?? Color.unset,
                background: background?[keyPath: index] ?? Color.unset, attributes: attributes)
        }
        let style = Style(
            foreground: foreground.map { $0.indexOf16 ?? Theme.builtIn(role).foreground } ?? Color.unset,
            background: background.map { $0.indexOf16 ?? Theme.builtIn(role).background } ?? Color.unset,
            attributes: attributes)
        let losesOverlay = covers && style.background == Color.unset
        guard losesOverlay else { return style.withoutDefaultOnColor() }
        return reversedRow(layers, overlay, hasOwnBackground: false, depth: depth) ?? style
    }

    /// A cell of a selected row that is reversed as a whole: the text's own colours turned round, nothing dim.
    ///
    /// `nil` for a role with a background of its own: what was made to stand out does so here too.
    private func reversedRow(
        _ layers: [RoleStyle], _ overlay: RoleStyle?, hasOwnBackground: Bool, depth: ColorDepth
    ) -> Style? {
        guard !hasOwnBackground else { return nil }
        var style = self.style(for: .text, depth: depth)
        style.attributes = layers.first?.attributes ?? []
        style.attributes.formUnion(overlay?.attributes ?? [])
        style.attributes.remove(.dim)
        style.attributes.insert(.reverse)
        return style
    }

    private func color(_ paint: RoleStyle.Paint?) -> Color? {
        var paint = paint
        for _ in 0..<8 {
            switch paint {
            case .none: return nil
            case .color(let color): return color
            case .named(let name): paint = palette[name]
            }
        }
        return nil
    }

    /// The built-in style of a role, used for a colour without a value for sixteen colours.
    private static func builtIn(_ role: Role) -> Style {
        base.style(for: role, depth: .sixteen)
    }
}

extension RoleStyle {
    /// Whether it marks a row by reversing it, and by nothing else that has a colour.
    fileprivate var reversesRow: Bool {
        attributes.contains(.reverse) && foreground == nil && background == nil
    }
}

extension Style {
    /// The terminal's own foreground on a colour may be light on light; turned round it is that colour on the
    /// terminal's own background, which a theme's author can rely on.
    fileprivate func withoutDefaultOnColor() -> Style {
        guard foreground == Color.unset, background != Color.unset else { return self }
        return Style(foreground: background, background: foreground, attributes: attributes.union(.reverse))
    }

    /// The bright eight as the plain eight: bold as a foreground, plain as a background.
    fileprivate func foldedToEight() -> Style {
        var style = self
        if foreground >= 8 {
            style.foreground -= 8
            style.attributes.insert(.bold)
        }
        if background >= 8 { style.background -= 8 }
        return style
    }
}
