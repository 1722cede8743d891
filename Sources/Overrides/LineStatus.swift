// SPDX-License-Identifier: Apache-2.0

package import Calls

/// How a line stands: what the next caller gets, who says so, until when, and what comes after.
///
/// The next caller is somebody of whom nothing is known; a rule may know more of a real one.
package struct LineStatus: Hashable, Sendable, ScopedLine {
    package let number: PhoneNumber
    package let name: String
    package let group: String?
    package let state: State
    package let by: Decider
    package let says: FirstMessage
    /// When this changes by itself; `nil` when nothing will change it within a year.
    package let until: Instant?
    /// Seconds by which the line's clock is ahead of UTC at `until`, so that it can be shown as the line reads it.
    package let untilOffset: Int
    /// What holds from `until` on.
    package let next: Next?
    /// When its hours next open or close it, whatever an operator has set; `nil` for a line that they do not close.
    package let nextChange: Instant?

    package init(
        number: PhoneNumber, name: String, group: String?, state: State, by: Decider, says: FirstMessage,
        until: Instant?,
        untilOffset: Int, next: Next?, nextChange: Instant? = nil
    ) {
        self.number = number
        self.name = name
        self.group = group
        self.state = state
        self.by = by
        self.says = says
        self.until = until
        self.untilOffset = untilOffset
        self.next = next
        self.nextChange = nextChange
    }

    /// What becomes of a call, as one word (design, section 2: `status --json`).
    package enum State: String, CaseIterable, Hashable, Sendable {
        case open
        /// The call is rejected.
        case closed
        /// The assistant tells that it is closed.
        case inform
        /// Open, since an operator skips the hours.
        case forcedOpen = "forced-open"
    }

    /// How the line will stand.
    package struct Next: Hashable, Sendable {
        package let state: State
        package let by: Decider

        package init(state: State, by: Decider) {
            self.state = state
            self.by = by
        }
    }

    /// Whether callers reach what they called for.
    package var isOpen: Bool {
        switch state {
        case .open, .forcedOpen: true
        case .closed, .inform: false
        }
    }
}
