// SPDX-License-Identifier: Apache-2.0

import Calls

/// A webhook that was let in: its bytes, and when they came.
struct Arrived: Sendable {
    /// The raw bytes.
    let body: [UInt8]
    let now: Instant
    /// The tick at which the first byte came.
    let startedAt: UInt64
}
