// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A run of dates, both ends included.
package struct DateSpan: Hashable, Sendable {
    package let first: CivilDate
    package let last: CivilDate

    /// Creates a span; the last date must not lie before the first.
    package init(first: CivilDate, last: CivilDate) {
        precondition(first <= last, "a span runs forward")
        self.first = first
        self.last = last
    }

    package func contains(_ date: CivilDate) -> Bool { first <= date && date <= last }
}

extension DateSpan: CustomStringConvertible {
    package var description: String { first == last ? first.description : "\(first)..\(last)" }
}
