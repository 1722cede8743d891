// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen

/// The replicas of the desk, one row each; above them what the desk obeys.
struct ReplicaTable {
    private let shared: SharedDeskStatus
    private let clock: LocalClock
    private let now: Instant

    /// `nil` for a server of its own.
    init?(_ state: DashboardState) {
        guard let shared = state.status?.shared else { return nil }
        self.shared = shared
        clock = state.clock
        now = state.now
    }

    /// A column: its head, its text, and the screens that are wide enough for it.
    private struct Column {
        let head: String
        var isRight = false
        /// From this width of the screen on.
        var from = 0
        let text: (ReplicaStatus) -> String
    }

    private var columns: [Column] {
        [
            Column(head: "replica") { $0.name == shared.replica ? "\($0.name) (this one)" : $0.name },
            Column(head: "overrides") { $0.versionWords },
            Column(head: "state", text: state),
            Column(head: "calls/s", isRight: true) { Text.number($0.callsPerSecond) },
            Column(head: "rules", from: 70) { $0.rules },
            Column(head: "clock", isRight: true, from: 80) { replica in
                replica.clockOffset.map { "\($0 > 0 ? "+" : "")\($0) ms" } ?? "unknown"
            },
            Column(head: "version", from: 100) { $0.program },
            Column(head: "last answer", from: 110) { replica in
                replica.lastAnswerAt.map { Text.since($0, on: clock, now: now) } ?? "none"
            },
        ]
    }

    private func state(of replica: ReplicaStatus) -> String {
        if !replica.isHeard { return "last heard \(Text.since(replica.lastHeard, on: clock, now: now))" }
        if replica.obeys { return "obeys" }
        return replica.problem == nil ? "does not obey yet" : "does not obey"
    }

    func lines(width: Int) -> [StyledLine] {
        let columns = columns.filter { $0.from <= width }
        let cells = shared.replicas.map { replica in columns.map { CleanText.clean($0.text(replica)) } }
        let widths = columns.indices.map { index in
            ([columns[index].head] + cells.map { $0[index] }).map(DisplayWidth.of).max() ?? 0
        }
        func row(_ texts: [String]) -> String {
            "  "
                + zip(columns.indices, texts).map { index, text in
                    let gap = String(repeating: " ", count: max(0, widths[index] - DisplayWidth.of(text)))
                    return columns[index].isRight ? gap + text : text + gap
                }.joined(separator: "  ")
        }
        let rows = zip(shared.replicas, cells).map { replica, texts in
            StyledLine(row(texts), replica.obeys ? .text : .failed)
        }
        return [StyledLine(CleanText.clean(shared.words), .header), StyledLine(row(columns.map(\.head)), .muted)] + rows
            + [StyledLine("", .text)]
    }
}
