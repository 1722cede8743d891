// SPDX-License-Identifier: Apache-2.0

package import Calls
import Synchronization

/// Hands out decision ids that no other run of the program hands out.
package final class DecisionIDs: Sendable {
    private let run: String
    private let count = Atomic<UInt64>(0)

    /// The start of the run, to the microsecond, keeps runs apart.
    package init(startedAt: Instant) {
        run = "d-" + String(startedAt.microseconds, radix: 36) + "-"
    }

    func next() -> String {
        run + String(count.add(1, ordering: .relaxed).newValue)
    }
}
