// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Overrides
import Screen
import TestSupport

extension RecordFrame {
    /// The times that the record has.
    static let extent = Instant.sample...Instant.sample.advanced(bySeconds: 7200)

    /// A moment of a record, some seconds after its start.
    static func sample(
        at second: Int64 = 600, calls: [CallSample] = .varied, status: ServerStatus? = .sample(),
        revision: String? = "0a1b2c3d", counted: RecordMoment.Counted = .since(.sample), knowsLines: Bool = true,
        remarks: [String] = []
    ) -> RecordFrame {
        let moment = Instant.sample.advanced(bySeconds: second)
        let log = EventLog.sample(calls).snapshot()
        return RecordFrame(
            moment: RecordMoment(
                file: "calls.sqlite", at: moment, extent: extent, revision: revision, counted: counted,
                knowsLines: knowsLines, remarks: remarks),
            log: LogSnapshot(.init(at: moment, calls: log.sequences.compactMap { log[$0] })), status: status)
    }

    /// A moment of which the record has calls and nothing else.
    static let unknown = sample(
        at: 30, status: nil, revision: nil, counted: .newest(12), knowsLines: false,
        remarks: ["the rules of that time are not in the record"])
}

extension DashboardState {
    /// A dashboard in Amsterdam that shows a moment of a record.
    static func sample(
        size: Size = Size(columns: 80, rows: 24), glyphs: Glyphs = .unicode, showing frame: RecordFrame
    ) -> DashboardState {
        var state = DashboardState(
            size: size, glyphs: glyphs, clock: .fixed(7200), proposedExportPath: "calls.jsonl", showing: frame)
        state.receive(.resized(size))
        return state
    }
}
