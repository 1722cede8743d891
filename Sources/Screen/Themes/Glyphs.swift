// SPDX-License-Identifier: Apache-2.0

/// The signs that views draw with, for terminals that show Unicode and for those that do not.
package struct Glyphs: Hashable, Sendable {
    package var horizontal: String
    package var vertical: String
    package var topLeft: String
    package var topRight: String
    package var bottomLeft: String
    package var bottomRight: String
    /// Marks a place on an axis.
    package var tick: String
    /// Marks the selected row, at its left edge.
    package var marker: String
    package var check: String
    /// Our answer was echoed back.
    package var applied: String
    package var cross: String
    package var ringing: String
    package var live: String
    package var ended: String
    package var dash: String
    package var failed: String
    /// An operator marked the call.
    package var marked: String
    /// An operator wrote a note on the call.
    package var note: String
    package var ellipsis: String
    /// Separates two facts in one line.
    package var dot: String
    /// Replaces a character that is not safe to show.
    package var standIn: String
    /// From the lowest level to the highest.
    package var spark: [String]
    /// The end of a bar, from the shortest part of a cell to a full one.
    package var bar: [String]
    /// Before the unit of a millionth.
    package var micro: String
}

extension Glyphs {
    package static let unicode = Glyphs(
        horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└", bottomRight: "┘",
        tick: "┬",
        marker: "▸", check: "✓", applied: "✓", cross: "✗", ringing: "·", live: "●", ended: "○", dash: "–", failed: "!",
        marked: "★", note: "¶",
        ellipsis: "…", dot: "·", standIn: CleanText.standIn,
        spark: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], bar: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"], micro: "µ")

    package static let ascii = Glyphs(
        horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
        tick: "+",
        marker: ">", check: "+", applied: "=", cross: "x", ringing: "~", live: "*", ended: "o", dash: "-", failed: "!",
        marked: "#", note: "\"",
        ellipsis: "...", dot: "-", standIn: "?",
        spark: [" ", ".", ":", "-", "=", "+", "*", "#"], bar: ["#"], micro: "u")
}

extension Glyphs {
    /// The signs that a theme may replace, by their names in theme files.
    package static let replaceable = Array(paths.keys).sorted()

    /// Replaces a sign; returns `false` if no sign has that name or the new one is not one column wide.
    @discardableResult
    package mutating func replace(_ name: String, with sign: String) -> Bool {
        guard let path = Glyphs.paths[name], DisplayWidth.of(sign) == 1 else { return false }
        self[keyPath: path] = CleanText.clean(sign)
        return true
    }

    private static var paths: [String: WritableKeyPath<Glyphs, String>] {
        [
            "horizontal": \.horizontal, "vertical": \.vertical, "marker": \.marker, "check": \.check,
            "applied": \.applied, "cross": \.cross, "ringing": \.ringing, "live": \.live, "ended": \.ended,
            "dash": \.dash, "failed": \.failed, "marked": \.marked, "note": \.note,
            "ellipsis": \.ellipsis, "dot": \.dot,
        ]
    }
}

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

    /// The signs where nothing but ASCII may be shown, whatever the theme wants.
    package var asciiGlyphs: Glyphs {
        own.filter { $0.value.allSatisfy(\.isASCII) }.reduce(into: Glyphs.ascii) { glyphs, entry in
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
