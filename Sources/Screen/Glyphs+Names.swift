// SPDX-License-Identifier: Apache-2.0

extension Glyphs {
    /// The signs that a theme may replace, by their names in theme files.
    package static let replaceable = Array(paths.keys).sorted()

    /// Replaces a sign; says no when there is none of that name or when the new one does not take one column.
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
            "dash": \.dash, "failed": \.failed,
            "ellipsis": \.ellipsis, "dot": \.dot,
        ]
    }
}
