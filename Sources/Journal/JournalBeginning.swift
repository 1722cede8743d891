// SPDX-License-Identifier: Apache-2.0

package import Calls
import GRDB

/// Where a journal begins that has not all calls that it ever had, or that its server knew.
package struct JournalBeginning: Hashable, Sendable {
    /// Until when the calls were heard of that it has no more.
    package let removedUntil: Instant
    /// When the oldest call began that it has; `nil` if it has none.
    package let oldest: Instant?

    package init(removedUntil: Instant, oldest: Instant?) {
        self.removedUntil = removedUntil
        self.oldest = oldest
    }

    /// Whether calls of a period may be among those that it has no more.
    package func lacksCalls(of period: Period) -> Bool {
        guard let since = period.since else { return true }
        // A call that was in progress may have been heard of until long after the next ones began.
        return since <= min(removedUntil, oldest ?? removedUntil)
    }
}

extension JournalReader {
    /// Where the journal begins; `nil` if it has all calls that it ever had.
    package func beginning() throws(JournalProblem) -> JournalBeginning? {
        guard let removedUntil = try removedUntil() else { return nil }
        let oldest = try callTime(after: Instant(microseconds: .min), isForward: true)
        return JournalBeginning(removedUntil: removedUntil, oldest: oldest)
    }
}
