// SPDX-License-Identifier: Apache-2.0

import Calls
import Synchronization

/// Ticks that do not advance until a test moves them.
final class ManualTicks: Sendable {
    private let ticks = Atomic<UInt64>(1_000_000_000)

    var now: UInt64 { ticks.load(ordering: .relaxed) }

    func advance(milliseconds: UInt64) {
        ticks.add(milliseconds * 1_000_000, ordering: .relaxed)
    }

    /// A budget that ends that many milliseconds from now.
    func budget(milliseconds: UInt64) -> Deadline {
        Deadline(until: now + milliseconds * 1_000_000) { self.now }
    }
}
