// SPDX-License-Identifier: Apache-2.0

package import Calls
import Synchronization

/// Hands out decision ids that no other run of the program hands out.
package final class DecisionIDs: Sendable {
    private let run: String
    private let count = Atomic<UInt64>(0)

    /// The start of the run, to the millisecond, keeps runs apart.
    package init(startedAt: Instant) {
        run = "d-" + String(startedAt.microseconds / 1000, radix: 36) + "-"
    }

    /// Returns one of 15 letters at most for the first million, which Swift keeps without memory of their own.
    func next() -> String {
        run + String(count.add(1, ordering: .relaxed).newValue, radix: 36)
    }
}
