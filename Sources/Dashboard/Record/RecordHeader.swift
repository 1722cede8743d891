// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen

extension DashboardState {
    /// The state of the lines as of a moment of a record.
    func stateRow(of record: RecordMoment) -> SegmentRow {
        let time = clock.local(record.at)
        var row = SegmentRow()
        row.add("RECORD", .paused, rank: 0)
        row.add(time.words, .title, rank: 0)
        if let status, record.knowsLines {
            let summary = LinesSummary(status, at: now)
            row.add(summary.stateWords, summary.role, rank: 1)
            if let words = summary.exceptionWords { row.add("\(glyphs.dot) \(words)", .text, rank: 4, gap: 1) }
        } else {
            row.add("lines unknown", .late, rank: 1)
        }
        row.addRight(record.revision.map { "rules \($0)" } ?? "rules unknown", .muted, rank: 5)
        row.addRight(record.file, .muted, rank: 2)
        return row
    }

    /// Which calls the counts are of.
    func countedWords(_ record: RecordMoment) -> String {
        switch record.counted {
        case .since(let start):
            let then = clock.local(start)
            let date = then.date == clock.local(record.at).date ? "" : "\(then.date) "
            return "since the start \(date)\(then.clock)"
        case .all: return "of the whole record"
        case .newest(let count): return "of the newest \(Text.number(count)) calls"
        }
    }

    /// What is unknown of the moment.
    var recordBars: [BarText] { (record?.remarks ?? []).map { BarText(head: $0, role: .paused) } }
}
