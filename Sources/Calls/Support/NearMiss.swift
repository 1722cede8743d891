// SPDX-License-Identifier: Apache-2.0

/// Finds the word that was probably meant.
package enum NearMiss {
    /// Returns the candidate with the fewest edits, if those are few for its length.
    package static func word(nearest word: String, among candidates: some Sequence<String>) -> String? {
        let lowered = word.prefix(64).lowercased()
        let ranked = candidates.map { (edits: distance(lowered, $0.lowercased()), word: $0) }
        guard let best = ranked.min(by: { ($0.edits, $0.word) < ($1.edits, $1.word) }) else { return nil }
        return best.edits <= max(1, min(best.word.count, lowered.count) / 3) ? best.word : nil
    }

    /// Returns how many letters must be added, dropped, changed or swapped with their neighbour.
    package static func distance(_ left: String, _ right: String) -> Int {
        let (from, to) = (Array(left), Array(right))
        var rows = [Array(0...to.count)]
        for (i, letter) in from.enumerated() {
            var row = [i + 1]
            for (j, other) in to.enumerated() {
                var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (letter == other ? 0 : 1))
                if i > 0, j > 0, letter == to[j - 1], from[i - 1] == other { best = min(best, rows[i - 1][j - 1] + 1) }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[from.count][to.count]
    }
}
