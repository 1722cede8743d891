// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Overrides
import Screen

/// The replicas of a desk as lines of plain text, one each: for a page of the screen, and for the output of commands.
package struct ReplicaTable {
    private let shared: SharedDeskStatus
    private let clock: LocalClock
    private let now: Instant

    package init(_ shared: SharedDeskStatus, clock: LocalClock, now: Instant) {
        self.shared = shared
        self.clock = clock
        self.now = now
    }

    /// A replica, in one line.
    package struct Row: Hashable, Sendable {
        package let text: String
        /// Whether it was heard just now and has the overrides that are in force at this server.
        package let obeys: Bool
    }

    private struct Column {
        let head: String
        var isNumber = false
        let text: (ReplicaStatus) -> String
    }

    /// The most important ones first: a narrow screen has as many as fit.
    private var columns: [Column] {
        [
            Column(head: "replica") { $0.name == shared.replica ? "\($0.name) (this one)" : $0.name },
            Column(head: "overrides") { $0.version.map { "v\($0)" } ?? "none" },
            Column(head: "state", text: state),
            Column(head: "calls/s", isNumber: true) { Text.number($0.callsPerSecond) },
            Column(head: "clock", isNumber: true) { replica in
                replica.clockOffset.map { "\($0 > 0 ? "+" : "")\($0) ms" } ?? "unknown"
            },
            Column(head: "rules") { $0.rules },
            Column(head: "version") { $0.program },
            Column(head: "last heard") { $0.isHeard ? "just now" : since($0.lastHeard) },
            Column(head: "last answer") { $0.lastAnswerAt.map(since) ?? "none" },
        ]
    }

    private func since(_ instant: Instant) -> String { Text.since(instant, on: clock, now: now) }

    private func state(of replica: ReplicaStatus) -> String {
        if !replica.isHeard { return "silent" }
        if replica.obeys { return "obeys" }
        return replica.problem == nil ? "does not obey yet" : "does not obey"
    }

    /// The heads of the columns that fit a width, and the rows below them, by name.
    package func lines(width: Int) -> (head: String, rows: [Row]) {
        let cells = shared.replicas.map { replica in columns.map { CleanText.clean($0.text(replica)) } }
        var shown: [(place: Int, width: Int)] = []
        var end = 0
        for (place, column) in columns.enumerated() {
            let wide = ([column.head] + cells.map { $0[place] }).map(DisplayWidth.of).max() ?? 0
            let start = shown.isEmpty ? 0 : end + 2
            // The name is there on the narrowest screen, and is cut off there.
            guard start + wide <= width || shown.isEmpty else { break }
            shown.append((place, wide))
            end = start + wide
        }
        func line(_ texts: [String]) -> String {
            let padded = shown.map { place, width in
                let gap = String(repeating: " ", count: max(0, width - DisplayWidth.of(texts[place])))
                return columns[place].isNumber ? gap + texts[place] : texts[place] + gap
            }
            return padded.joined(separator: "  ").trimmed(after: " ")
        }
        let rows = zip(shared.replicas, cells).map { Row(text: line($1), obeys: $0.obeys) }
        return (line(columns.map(\.head)), rows)
    }
}

extension String {
    fileprivate func trimmed(after end: Character) -> String {
        String(self[..<(lastIndex { $0 != end }.map(index(after:)) ?? startIndex)])
    }
}
