// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Testing

@testable import SwitchboardCommands

/// That a waker has one time, and keeps nothing of those before.
@Suite struct WakerTests {
    /// What the work of a waker holds.
    private final class Held: Sendable {
        private let end: @Sendable () -> Void
        init(_ end: @escaping @Sendable () -> Void) { self.end = end }
        deinit { end() }
    }

    private let queue = DispatchQueue(label: "switchboard.tests.waker")

    @Test func theLastTimeCounts() async {
        let waker = Waker(on: queue)
        let rung: String = await withCheckedContinuation { continuation in
            // Both are over at once, and on the queue only one of them can have been set last.
            queue.async {
                waker.set(after: .nanoseconds(1)) { continuation.resume(returning: "first") }
                waker.set(after: .nanoseconds(1)) { continuation.resume(returning: "last") }
            }
        }
        #expect(rung == "last")
    }

    @Test func anEarlierTimeLeavesNothing() async {
        let waker = Waker(on: queue)
        await withCheckedContinuation { continuation in
            let held = Held { continuation.resume() }
            waker.set(after: .seconds(86_400)) { withExtendedLifetime(held) {} }
            waker.set(after: .seconds(86_400)) {}
        }
    }

    @Test func oneThatIsStoppedKeepsNothing() async {
        let waker = Waker(on: queue)
        await withCheckedContinuation { continuation in
            let held = Held { continuation.resume() }
            waker.set(after: .seconds(86_400)) { withExtendedLifetime(held) {} }
            waker.stop()
        }
    }
}
