// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Latencies

/// What is said when the server stops: two lines.
struct Summary {
    let totals: Totals
    let startedAt: Instant
    let stoppedAt: Instant

    var text: String {
        let rejected = totals.kinds[.rejected, default: 0]
        let calls = "\(totals.calls) call\(totals.calls == 1 ? "" : "s"), \(rejected) rejected"
        let refused = "\(totals.refusedInAll) request\(totals.refusedInAll == 1 ? "" : "s") turned away"
        let times = [50, 99].map { "p\($0) \(milliseconds(totals.latency.microseconds(atPercentile: Double($0))))" }
        let longest = "max \(milliseconds(totals.latency.longestMicroseconds))"
        return """
            switchboard stopped after \(duration): \(calls), \(refused).
            answers \((times + [longest]).joined(separator: ", ")) ms. Callers now reach the normal assistant.
            """
    }

    private var duration: String {
        let seconds = stoppedAt.microseconds(since: startedAt) / 1_000_000
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
        return "\(seconds / 3600) h \(seconds / 60 % 60) min"
    }

    /// Milliseconds with one decimal.
    private func milliseconds(_ microseconds: UInt64) -> String {
        let tenths = (microseconds + 50) / 100
        return "\(tenths / 10).\(tenths % 10)"
    }
}
