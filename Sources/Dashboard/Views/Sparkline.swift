// SPDX-License-Identifier: Apache-2.0

import Screen

/// A row of small columns, the highest one as high as the row.
enum Sparkline {
    static func text(_ counts: [Int], glyphs: Glyphs) -> String {
        let most = counts.max() ?? 0
        guard most > 0, let lowest = glyphs.spark.first else { return "" }
        return counts.map { count in
            count == 0 ? lowest : glyphs.spark[max(1, count * (glyphs.spark.count - 1) / most)]
        }.joined()
    }
}
