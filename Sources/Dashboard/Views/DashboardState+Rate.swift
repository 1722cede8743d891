// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog

extension DashboardState {
    /// Calls by minute, oldest first; the last minute is still running.
    func sampled(_ minutes: Int) -> [Int] {
        log.totals.perMinute.counts(until: now, minutes: minutes)
    }

    /// Calls a minute over the last five, or over the time since the first call if that is shorter.
    var perMinute: String {
        let counts = sampled(5).drop { $0 == 0 }
        let seconds = max(60, (counts.count - 1) * 60 + Int(now.seconds % 60))
        let tenths = (counts.reduce(0, +) * 600 + seconds / 2) / seconds
        return tenths < 1000 ? "\(tenths / 10).\(tenths % 10)" : Words.number(tenths / 10)
    }
}
