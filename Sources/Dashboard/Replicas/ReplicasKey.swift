// SPDX-License-Identifier: Apache-2.0

import Screen

/// The servers that are one desk.
enum ReplicasKey: CaseIterable, Sendable {
    case show

    var binding: Binding {
        switch self {
        case .show:
            Binding(
                [.character("R")], "R", "replicas",
                "replicas: which servers are this desk, what each obeys, and how it does",
                in: .statistics, contexts: InputContext.screens, word: "replicas")
        }
    }
}

extension DashboardState {
    mutating func runReplicas(_ key: ReplicasKey) {
        switch key {
        case .show: toggle(.replicas)
        }
    }
}
