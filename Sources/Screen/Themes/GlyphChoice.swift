// SPDX-License-Identifier: Apache-2.0

/// Which signs a theme wants, and its own in their place.
package struct GlyphChoice: Hashable, Sendable {
    /// `nil` asks what the terminal can show.
    package var set: GlyphSet?
    /// By the name that `Glyphs` gives the sign.
    package var own: [String: String]

    package init(set: GlyphSet? = nil, own: [String: String] = [:]) {
        self.set = set
        self.own = own
    }

    package func glyphs(unicode: Bool) -> Glyphs {
        let wanted = set ?? (unicode ? .unicode : .ascii)
        return own.reduce(into: wanted == .unicode ? .unicode : .ascii) { glyphs, entry in
            glyphs.replace(entry.key, with: entry.value)
        }
    }

    func inheriting(from parent: GlyphChoice) -> GlyphChoice {
        GlyphChoice(set: set ?? parent.set, own: parent.own.merging(own) { _, mine in mine })
    }

    /// The two sets there are.
    package enum GlyphSet: String, CaseIterable, Hashable, Sendable {
        case unicode, ascii
    }
}
