// SPDX-License-Identifier: Apache-2.0

extension Duration {
    /// The time in whole nanoseconds; nothing for a time below zero, and at most some three hundred years.
    package var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return UInt64(clamping: min(seconds, 9_000_000_000) * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
