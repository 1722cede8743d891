// SPDX-License-Identifier: Apache-2.0

import Histogram

/// How long answers took since the start: percentiles to within 1 %, in a few kilobytes whatever the count.
package struct LatencyHistogram: Sendable {
    private var histogram: Histogram<UInt32>
    /// All times together, in microseconds.
    package private(set) var sum: UInt64 = 0

    package init() {
        histogram = Histogram(
            lowestDiscernibleValue: 1, highestTrackableValue: Self.longest, numberOfSignificantValueDigits: .two)
    }

    /// The largest value that is kept, in microseconds; a longer one counts as this.
    ///
    /// One minute: twelve times as long as the platform waits.
    private static let longest: UInt64 = 60_000_000

    /// How many answers were recorded.
    package var count: Int { Int(histogram.totalCount) }

    /// Adds one answer's time, in microseconds.
    package mutating func record(microseconds: UInt64) {
        _ = histogram.record(min(microseconds, Self.longest))
        sum &+= microseconds
    }

    /// Returns how many answers took no longer than a time, in microseconds.
    package func count(within microseconds: UInt64) -> Int {
        count == 0 ? 0 : Int(histogram.count(within: 0...min(microseconds, Self.longest)))
    }

    /// How many answers took about as long.
    package struct Share: Hashable, Sendable {
        /// The longest time that counts as this one, 60 seconds at most.
        package let microseconds: UInt64
        package let count: Int

        package init(microseconds: UInt64, count: Int) {
            self.microseconds = microseconds
            self.count = count
        }
    }

    /// Every time that was recorded, shortest first; a histogram of these shares shows the same percentiles.
    package var shares: [Share] {
        var shares = histogram.recordedValues().map { Share(microseconds: $0.value, count: Int($0.count)) }
        // The longest one is known exactly, and bounds every percentile.
        if let last = shares.popLast() { shares.append(Share(microseconds: histogram.maxRecorded, count: last.count)) }
        return shares
    }

    /// A histogram made of the shares of another one and the sum of its times.
    package init(_ shares: some Sequence<Share>, sum: UInt64) {
        self.init()
        self.sum = sum
        for share in shares {
            let value = min(share.microseconds, Self.longest)
            let room = UInt32.max - histogram.countForValue(value)
            let count = min(UInt32(clamping: share.count), room)
            if count > 0 { _ = histogram.record(value, count: count) }
        }
    }

    /// Returns the time within which that share of answers was ready, in microseconds; 0 without answers.
    ///
    /// The percentile is a number from 0 to 100.
    package func microseconds(atPercentile percentile: Double) -> UInt64 {
        count == 0 ? 0 : histogram.valueAtPercentile(percentile)
    }

    /// The longest time, in microseconds; 0 without answers.
    package var longestMicroseconds: UInt64 { count == 0 ? 0 : histogram.max }
}
