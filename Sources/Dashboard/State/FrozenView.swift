// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog

/// What a frozen list shows: the log of one moment, and that moment, for all that counts the time since.
struct FrozenView: Sendable {
    let log: LogSnapshot
    let at: Instant
}
