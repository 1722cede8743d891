// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Tells the wall-clock time of any instant where the operator sits.
package struct LocalClock: Sendable {
    private let offset: @Sendable (Instant) -> Int

    /// Creates a clock from a function that says by how many seconds it is ahead of UTC at an instant.
    package init(offset: @escaping @Sendable (Instant) -> Int) {
        self.offset = offset
    }

    /// A clock that is always the same number of seconds ahead of UTC.
    package static func fixed(_ offset: Int) -> LocalClock {
        LocalClock { _ in offset }
    }

    /// Returns what the clock shows at an instant.
    func local(_ instant: Instant) -> LocalTime {
        instant.local(offset: offset(instant))
    }
}
