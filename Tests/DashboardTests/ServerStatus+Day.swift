// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import TestSupport

extension ServerStatus {
    /// A server that was started this morning; before that, ten calls had ended on the first line and two failed.
    static var countingToday: ServerStatus {
        var status = ServerStatus.sample()
        var counts = OutcomeCounts()
        counts[.ended] = 10
        counts[.failed] = 2
        var yesterday = counts
        yesterday[.rejected(.hours)] = 120
        yesterday[.ended] = 871
        var other = OutcomeCounts()
        other[.ended] = 640
        status.day = DayCounts(
            since: .sample.advanced(bySeconds: -50_400), isWhole: true, outcomes: counts,
            lines: ["+31850835037": counts], yesterday: yesterday,
            yesterdayByLine: ["+31850835037": yesterday - other, "+31201234567": other],
            answers: AnswerCounts(
                kinds: [.greeting: 9, .standard: 3], deciders: ["rule vip": 9, "otherwise": 3]),
            yesterdaysAnswers: AnswerCounts(
                kinds: [.greeting: 700, .standard: 173, .rejected: 120],
                deciders: ["rule vip": 700, "otherwise": 173, "hours office": 120]))
        return status
    }
}
