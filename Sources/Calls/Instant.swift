// SPDX-License-Identifier: Apache-2.0

/// A point in time, in microseconds since 1970-01-01T00:00:00Z.
package struct Instant: Hashable, Comparable, Sendable {
    package let microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Creates an instant from whole Unix seconds.
    package init(seconds: Int64) {
        self.init(microseconds: seconds * 1_000_000)
    }

    /// Whole seconds since 1970, rounded towards the past.
    package var seconds: Int64 { microseconds.flooredDivision(by: 1_000_000) }

    /// Returns the instant that many seconds later, or earlier for a negative number.
    package func advanced(bySeconds seconds: Int64) -> Instant {
        Instant(microseconds: microseconds + seconds * 1_000_000)
    }

    /// Returns how many microseconds passed since an earlier instant; negative when that one is later.
    package func microseconds(since earlier: Instant) -> Int64 {
        microseconds - earlier.microseconds
    }

    /// The instant without what is finer than a millisecond.
    package var inWholeMilliseconds: Instant {
        Instant(microseconds: microseconds.flooredDivision(by: 1000) * 1000)
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension Int64 {
    /// Divides and rounds towards negative infinity, as calendar arithmetic needs before 1970.
    package func flooredDivision(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
