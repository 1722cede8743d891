// SPDX-License-Identifier: Apache-2.0

import Screen

/// The screen that is read from across the room.
enum WallKey: CaseIterable, Sendable {
    case show

    var binding: Binding {
        switch self {
        case .show:
            Binding(
                [.character("w")], "w", "wall", "wall: big counts, every line and what is wrong, for across the room",
                in: .statistics, contexts: InputContext.screens, bar: 10, word: "wall")
        }
    }
}

extension DashboardState {
    mutating func runWall(_ key: WallKey) {
        switch key {
        case .show: toggle(.wall)
        }
    }
}
