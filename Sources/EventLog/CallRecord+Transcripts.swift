// SPDX-License-Identifier: Apache-2.0

import Calls

extension CallRecord {
    /// The call without what was said on it.
    package var withoutTranscript: CallRecord {
        var record = CallRecord(
            sequence: sequence, id: id, caller: caller, called: called, calledName: calledName,
            firstHeardAt: firstHeardAt, answered: answered, state: state, confirmation: confirmation,
            timeline: timeline.map(\.withoutTranscript), droppedEntries: droppedEntries,
            report: report?.withoutSummary, asSent: asSent, remarks: remarks, remarkChanges: remarkChanges)
        record.replica = replica
        record.parts = parts.map(\.withoutTranscript)
        return record
    }
}

extension TimelineEntry {
    fileprivate var withoutTranscript: TimelineEntry {
        guard case .report(let report) = event else { return self }
        return TimelineEntry(
            at: at, event: .report(report.withoutSummary), isRepeat: isRepeat, confirmation: confirmation, body: [],
            leftOut: leftOut)
    }
}

extension CallReport {
    fileprivate var withoutSummary: CallReport { CallReport(seconds: seconds, summary: "", endReason: endReason) }
}
