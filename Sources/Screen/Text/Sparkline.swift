// SPDX-License-Identifier: Apache-2.0

/// A row of small columns, the highest one as high as the row.
package enum Sparkline {
    /// Counts as signs: the first level is nothing, and the least that is something has a level of its own.
    ///
    /// Empty if all counts are 0.
    package static func text(_ counts: [Int], levels: [String]) -> String {
        let most = counts.max() ?? 0
        guard most > 0, let nothing = levels.first else { return "" }
        return counts.map { count in
            count == 0 ? nothing : levels[max(1, count * (levels.count - 1) / most)]
        }.joined()
    }
}
