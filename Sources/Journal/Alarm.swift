// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Synchronization

/// Wakes one thread; raising it again before the thread has looked costs next to nothing.
final class Alarm: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let isRaised = Atomic(false)

    func raise() {
        if !isRaised.exchange(true, ordering: .acquiringAndReleasing) { semaphore.signal() }
    }

    /// Waits until it is raised.
    func wait() {
        semaphore.wait()
        isRaised.store(false, ordering: .releasing)
    }

    /// Waits until it is raised, but not longer; returns whether it was.
    func wait(seconds: Double) -> Bool {
        guard semaphore.wait(timeout: .now() + seconds) == .success else { return false }
        isRaised.store(false, ordering: .releasing)
        return true
    }

    /// Lets a moment pass, in which it may be raised without waking anyone.
    func rest(seconds: Double) { Thread.sleep(forTimeInterval: seconds) }
}

/// Opens once, for all who wait.
final class Gate: Sendable {
    private let group = DispatchGroup()
    private let wasOpened = Atomic(false)

    init() { group.enter() }

    var isOpen: Bool { wasOpened.load(ordering: .acquiring) }

    func open() {
        if !wasOpened.exchange(true, ordering: .acquiringAndReleasing) { group.leave() }
    }

    /// Waits until it is open, but not longer; returns whether it is.
    func wait(seconds: Double) -> Bool { group.wait(timeout: .now() + seconds) == .success }
}

/// Threads of a journal.
enum Threads {
    static func begin(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.name = name
        thread.start()
    }
}
