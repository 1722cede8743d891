// SPDX-License-Identifier: Apache-2.0

import Calls

/// Words in the status bar, until the clock or the next key takes them away.
struct StatusMessage: Hashable, Sendable {
    let words: String
    let isAlert: Bool
    /// When the words go by themselves; an alert stays until a key is pressed.
    let until: Instant?

    /// How long a notice stays, in seconds.
    static let seconds: Int64 = 6
}
