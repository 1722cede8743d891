// SPDX-License-Identifier: Apache-2.0

import Screen

/// Digits five rows high or more, made of full cells.
struct BigDigits {
    let size: Scale
    let glyphs: Glyphs

    /// How many columns and rows a dot of a digit has.
    struct Scale: Hashable {
        let columns: Int
        let rows: Int

        /// From large to small.
        static let all = [
            Scale(columns: 6, rows: 3), Scale(columns: 4, rows: 2), Scale(columns: 3, rows: 2),
            Scale(columns: 2, rows: 1), Scale(columns: 1, rows: 1),
        ]

        var height: Int { BigDigits.dots * rows }
    }

    /// The rows of the smallest digits.
    static var smallestHeight: Int { dots }

    /// The dots of a digit from the top.
    private static let dots = 5

    /// The columns of a text.
    func width(of text: String) -> Int {
        let dots = text.reduce(0) { $0 + (Self.shapes[$1]?.first?.count ?? 3) + 1 }
        return max(0, dots - 1) * size.columns
    }

    /// The rows of a text, all as wide as ``width(of:)``.
    func rows(of text: String) -> [String] {
        let full = glyphs.spark.last ?? "#"
        return (0..<Self.dots).flatMap { row in
            let line = text.enumerated().map { place, character in
                let shape = Self.shapes[character] ?? Self.unknown
                let dots = shape[row].map { dot in
                    String(repeating: dot == "#" ? full : " ", count: size.columns)
                }
                return (place > 0 ? String(repeating: " ", count: size.columns) : "") + dots.joined()
            }
            return Array(repeating: line.joined(), count: size.rows)
        }
    }

    private static let unknown = ["   ", "   ", "###", "   ", "   "]

    private static let shapes: [Character: [String]] = [
        "0": ["###", "# #", "# #", "# #", "###"], "1": [" # ", "## ", " # ", " # ", "###"],
        "2": ["###", "  #", "###", "#  ", "###"], "3": ["###", "  #", " ##", "  #", "###"],
        "4": ["# #", "# #", "###", "  #", "  #"], "5": ["###", "#  ", "###", "  #", "###"],
        "6": ["###", "#  ", "###", "# #", "###"], "7": ["###", "  #", "  #", " # ", " # "],
        "8": ["###", "# #", "###", "# #", "###"], "9": ["###", "# #", "###", "  #", "###"],
        ":": [" ", "#", " ", "#", " "], ".": [" ", " ", " ", " ", "#"], " ": [" ", " ", " ", " ", " "],
        "k": ["#  ", "# #", "## ", "# #", "# #"], "M": ["# #", "###", "###", "# #", "# #"],
        "G": ["###", "#  ", "# #", "# #", "###"],
    ]
}
