// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Latencies

/// The lines that are printed when the server stops.
struct Summary {
    let totals: Totals
    let startedAt: Instant
    let stoppedAt: Instant
    /// Real callers do not notice the end of a demo.
    let isDemo: Bool

    var text: String {
        let rejected = totals.outcomes.rejected
        let calls = "\(CountText.words(totals.calls - totals.resumed, "call")), \(rejected) rejected"
        let refused = "\(CountText.words(totals.refusedInAll, "request")) refused"
        let name = isDemo ? "switchboard demo" : "switchboard"
        return
            (["\(name) stopped after \(duration): \(calls), \(refused)."] + [answers, consequence].compactMap(\.self))
            .joined(separator: "\n")
    }

    /// How long answers took; `nil` where there were none.
    private var answers: String? {
        guard totals.answerTimes.count > 0 else { return nil }
        let times = [50, 99].map { "p\($0) \(milliseconds(totals.latency.microseconds(atPercentile: Double($0))))" }
        let longest = "max \(milliseconds(totals.latency.longestMicroseconds))"
        return "answers \((times + [longest]).joined(separator: ", ")) ms."
    }

    /// Callers of a demo were simulated, so that nothing changes for anybody.
    private var consequence: String? {
        isDemo ? nil : "Callers now reach the platform's default assistant."
    }

    private var duration: String {
        DurationText.words(seconds: stoppedAt.microseconds(since: startedAt) / 1_000_000)
    }

    /// Milliseconds with one decimal.
    private func milliseconds(_ microseconds: UInt64) -> String {
        let tenths = (microseconds + 50) / 100
        return "\(tenths / 10).\(tenths % 10)"
    }
}
