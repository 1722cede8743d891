// SPDX-License-Identifier: Apache-2.0

/// The signs that views draw with, for terminals that show Unicode and for those that do not.
package struct Glyphs: Hashable, Sendable {
    package var horizontal: String
    package var vertical: String
    package var topLeft: String
    package var topRight: String
    package var bottomLeft: String
    package var bottomRight: String
    /// Stands before the selected row.
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
    package var ellipsis: String
    /// Stands between two facts in one line.
    package var dot: String
    /// Stands for a character that is not safe to show.
    package var standIn: String
    /// From the lowest level to the highest.
    package var spark: [String]
}

extension Glyphs {
    package static let unicode = Glyphs(
        horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└", bottomRight: "┘",
        marker: "▸", check: "✓", applied: "✓", cross: "✗", ringing: "·", live: "●", ended: "○", dash: "–", failed: "!",
        ellipsis: "…", dot: "·", standIn: CleanText.standIn,
        spark: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"])

    package static let ascii = Glyphs(
        horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
        marker: ">", check: "+", applied: "=", cross: "x", ringing: "~", live: "*", ended: "o", dash: "-", failed: "!",
        ellipsis: "...", dot: "-", standIn: "?",
        spark: [" ", ".", ":", "-", "=", "+", "*", "#"])
}
