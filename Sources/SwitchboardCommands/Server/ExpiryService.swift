// SPDX-License-Identifier: Apache-2.0

import Calls
import Dispatch
import CallAnswering
import ServiceLifecycle
import Synchronization

/// Ends overrides when their time is over, so that the audit and the screens are right without a call.
///
/// Sleeps while none ends by itself; it waits for the disk on a queue of its own.
final class ExpiryService: Service {
    private let desk: OverrideService
    private let queue = DispatchQueue(label: "switchboard.expiry")
    /// Counts the rests; the end of one that a change cut short means nothing any more.
    private let rests = Atomic(0)

    init(desk: OverrideService) {
        self.desk = desk
    }

    func run() async throws {
        desk.watch { [weak self] in self?.wake() }
        wake()
        try await gracefulShutdown()
        rests.add(1, ordering: .relaxed)
    }

    private func wake() {
        queue.async { self.work() }
    }

    private func work() {
        let count = rests.add(1, ordering: .relaxed).newValue
        guard let rest = desk.expireAndRest() else { return }
        queue.asyncAfter(deadline: .now() + .nanoseconds(Int(rest.nanoseconds))) {
            if self.rests.load(ordering: .relaxed) == count { self.work() }
        }
    }
}
