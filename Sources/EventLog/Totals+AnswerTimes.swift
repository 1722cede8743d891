// SPDX-License-Identifier: Apache-2.0

import Latencies

extension Totals {
    /// The percentiles that people are shown.
    package var answerTimes: AnswerTimes {
        AnswerTimes(
            count: latency.count, p50: latency.microseconds(atPercentile: 50),
            p99: latency.microseconds(atPercentile: 99), longest: latency.longestMicroseconds)
    }
}
