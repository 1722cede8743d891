// SPDX-License-Identifier: Apache-2.0

import Latencies

extension Totals {
    /// How many answers took no longer than a time.
    package func answers(within microseconds: UInt64) -> Int { latency.count(within: microseconds) }

    /// The time that all answers took together, in microseconds.
    package var answeringMicroseconds: UInt64 { latency.sum }

    /// The percentiles that people are shown.
    package var answerTimes: AnswerTimes {
        AnswerTimes(
            count: latency.count, p50: latency.microseconds(atPercentile: 50),
            p99: latency.microseconds(atPercentile: 99), longest: latency.longestMicroseconds)
    }
}
