// SPDX-License-Identifier: Apache-2.0

import Screen

/// The platform's patience, and how an answer's time stands against it.
enum Latency {
    /// The platform stops waiting after this long (contract, section 3).
    static let budgetMilliseconds = 5000

    static func role(microseconds: UInt64) -> Role {
        switch microseconds {
        case ..<1_000_000: .fast
        case ..<4_000_000: .slow
        default: .late
        }
    }

    /// How many of the cells of a bar a time fills; any time at all fills one.
    static func cells(microseconds: UInt64, of width: Int) -> Int {
        guard microseconds > 0 else { return 0 }
        let share = Double(microseconds) / Double(budgetMilliseconds * 1000)
        return min(width, max(1, Int((share * Double(width)).rounded(.up))))
    }
}
