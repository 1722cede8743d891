// SPDX-License-Identifier: Apache-2.0

package import Calls

/// When the screen may be drawn again: at once for a key, at most thirty times a second for calls, and half as often while
/// nobody has it in front.
package struct FramePace: Sendable {
    /// The shortest time between two frames without a key, in microseconds.
    package static let interval: Int64 = 33_000

    /// Whether the terminal's window has lost the focus.
    package var isInBackground = false
    private var lastFrame: Instant?
    private var isDirty = true

    package init() {}

    /// Notes a change that the screen does not show yet.
    package mutating func touch() {
        isDirty = true
    }

    /// Whether to draw now; a key does not wait for the next frame.
    package mutating func mayDraw(at now: Instant, urgently isUrgent: Bool) -> Bool {
        guard isDirty, isUrgent || wait(at: now) == 0 else { return false }
        isDirty = false
        lastFrame = now
        return true
    }

    /// Whether something waits to be drawn.
    package var isWaiting: Bool { isDirty }

    /// Returns the microseconds until the next frame may be drawn; 0 when it may be now.
    package func wait(at now: Instant) -> Int64 {
        guard let lastFrame else { return 0 }
        // A clock that is set back must not freeze the screen.
        let interval = isInBackground ? 2 * Self.interval : Self.interval
        return max(0, min(interval, interval - now.microseconds(since: lastFrame)))
    }
}
