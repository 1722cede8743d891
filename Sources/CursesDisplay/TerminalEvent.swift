// SPDX-License-Identifier: Apache-2.0

package import Screen

/// What a terminal session has to tell.
package enum TerminalEvent: Hashable, Sendable {
    case key(Key)
    /// Text that was pasted, cleaned, in one piece; line breaks are spaces.
    case paste(String)
    case resized(Size)
    /// Somebody signalled the session's `Wake`.
    case woken
    /// The terminal is gone; said once, and nothing is read or written after it.
    case hungUp
}
