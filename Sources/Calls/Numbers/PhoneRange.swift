// SPDX-License-Identifier: Apache-2.0

/// Numbers of one length from a first to a last one, both included, such as `+31201234500-99`.
package struct PhoneRange: Hashable, Sendable {
    package let first: PhoneNumber
    package let last: PhoneNumber

    /// Creates a range; `nil` if the ends have different lengths or the last lies before the first.
    package init?(first: PhoneNumber, last: PhoneNumber) {
        guard first.length == last.length, first.digits <= last.digits else { return nil }
        self.first = first
        self.last = last
    }

    /// How many numbers it has.
    package var count: UInt64 { last.digits - first.digits + 1 }

    /// Its numbers, in order.
    package var numbers: some Sequence<PhoneNumber> {
        (first.digits...last.digits).lazy.map { PhoneNumber(digits: $0, length: first.length) }
    }

    package func contains(_ number: PhoneNumber) -> Bool {
        number.length == first.length && first.digits <= number.digits && number.digits <= last.digits
    }

    /// Whether every number of the other range is in this one.
    package func contains(_ other: PhoneRange) -> Bool { contains(other.first) && contains(other.last) }

    package func overlaps(_ other: PhoneRange) -> Bool {
        first.length == other.first.length && first.digits <= other.last.digits && other.first.digits <= last.digits
    }

    /// Whether a number of the range begins with the prefix.
    package func overlaps(_ prefix: PhonePrefix) -> Bool {
        guard prefix.length <= first.length else { return false }
        return (first.prefix(prefix.length).digits...last.prefix(prefix.length).digits).contains(prefix.digits)
    }

    /// The digits with which every number of the range begins; `nil` if there are none.
    package var commonPrefix: PhonePrefix? {
        for length in stride(from: first.length, to: 0, by: -1) where first.prefix(length) == last.prefix(length) {
            return first.prefix(length)
        }
        return nil
    }
}

extension PhoneRange: CustomStringConvertible {
    package var description: String { "\(first)-\(last)" }
}
