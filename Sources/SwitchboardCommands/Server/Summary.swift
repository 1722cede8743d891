// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Latencies

/// The two lines that are printed when the server stops.
struct Summary {
    let totals: Totals
    let startedAt: Instant
    let stoppedAt: Instant
    /// Real callers do not notice the end of a demo.
    let isDemo: Bool

    var text: String {
        let rejected = totals.outcomes.rejected
        let calls = "\(totals.calls) call\(totals.calls == 1 ? "" : "s"), \(rejected) rejected"
        let refused = "\(totals.refusedInAll) request\(totals.refusedInAll == 1 ? "" : "s") refused"
        let times = [50, 99].map { "p\($0) \(milliseconds(totals.latency.microseconds(atPercentile: Double($0))))" }
        let longest = "max \(milliseconds(totals.latency.longestMicroseconds))"
        return """
            switchboard stopped after \(duration): \(calls), \(refused).
            answers \((times + [longest]).joined(separator: ", ")) ms.\(consequence)
            """
    }

    private var consequence: String {
        isDemo ? "" : " Callers now reach the platform's default assistant."
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
