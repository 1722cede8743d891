// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen

/// The replicas of the desk, one row each, and below them what somebody should know.
enum ReplicasPage {
    static func lines(_ state: DashboardState) -> [StyledLine] {
        let width = state.size.columns - 2
        func wrapped(_ words: String, _ role: Role) -> [StyledLine] {
            TextWrap.lines(CleanText.clean(words), width: width).map { StyledLine($0, role) }
        }
        guard let shared = state.status?.shared else {
            let isKnown = state.status != nil
            return wrapped(isKnown ? SharedDeskStatus.absence : "Nothing is known of the server yet.", .muted)
        }
        let table = ReplicaTable(shared, clock: state.clock, now: state.now).lines(width: width)
        let alarms = shared.alarms { Text.since($0, on: state.clock, now: state.now) }
        return wrapped(shared.words, .header) + [StyledLine("", .text), StyledLine(table.head, .muted)]
            + table.rows.map { StyledLine($0.text, $0.obeys ? .text : .failed) } + [StyledLine("", .text)]
            + alarms.flatMap { wrapped("\($0).", .failed) }
    }
}
