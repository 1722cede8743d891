// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// How long before their arrival the newest signed webhooks were signed: the difference of two clocks, and the way.
///
/// A webhook may be late, and a clock may be set, so the smallest of the newest four counts.
package final class SignedAges: Sendable {
    /// Four ages of 16 bits, the newest in the lowest bits.
    private let newest = Atomic<UInt64>(unknown << 48 | unknown << 32 | unknown << 16 | unknown)
    /// Stands for a webhook that did not arrive yet; no age is as large.
    private static let unknown = UInt64(UInt16(bitPattern: Int16.min))

    init() {}

    /// Notes the age of a webhook in seconds, but for a probe, which may be signed by this machine.
    func note(_ age: Int64) {
        let word = UInt64(UInt16(bitPattern: max(Int16(clamping: age), Int16.min + 1)))
        let known = newest.load(ordering: .relaxed)
        let next = known << 16 | word
        // Usually all four are the same; writing that again would take the word from the other event loops each time.
        guard next != known else { return }
        // Two at the same time may lose one of them, which would have shown the same.
        newest.store(next, ordering: .relaxed)
    }

    /// The age nearest to zero among the newest, in seconds; negative where the other clock is ahead, `nil` before the
    /// first webhook.
    package var least: Int? {
        let words = newest.load(ordering: .relaxed)
        return [0, 16, 32, 48].map { UInt64(truncatingIfNeeded: words >> $0) & 0xFFFF }
            .filter { $0 != Self.unknown }
            .map { Int(Int16(bitPattern: UInt16($0))) }
            .min { abs($0) < abs($1) }
    }
}
