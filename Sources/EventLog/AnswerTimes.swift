// SPDX-License-Identifier: Apache-2.0

/// How long answers took since the start, in microseconds; zeros without answers.
package struct AnswerTimes: Hashable, Sendable {
    package let count: Int
    package let p50: UInt64
    package let p99: UInt64
    package let longest: UInt64
}
