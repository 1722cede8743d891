// SPDX-License-Identifier: Apache-2.0

import Screen

/// What many calls come to, as plots and numbers.
enum StatisticsKey: CaseIterable, Sendable {
    case show

    var binding: Binding {
        switch self {
        case .show:
            Binding(
                [.character("i")], "i", "statistics",
                "statistics: answer times, calls per minute; by line, decider, answer and outcome",
                in: .statistics, contexts: InputContext.screens, bar: 9, word: "statistics")
        }
    }
}

extension DashboardState {
    mutating func runStatistics(_ key: StatisticsKey) {
        switch key {
        case .show: toggle(.statistics)
        }
    }
}
