// SPDX-License-Identifier: Apache-2.0

/// What a follower of the log missed since its cursor.
package struct EventBatch: Sendable {
    package let events: [LoggedEvent]
    /// The cursor for the next call.
    package let next: UInt64
    /// How many events were gone before they were read.
    package let dropped: UInt64
}
