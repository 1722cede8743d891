// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Synchronization

/// Wakes one thread; raising it again before the thread has looked costs next to nothing.
final class ThreadWaker: Sendable {
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
    /// How much a thread matters while both want a core.
    enum Rank {
        case usual
        /// It gives way to the threads that answer calls. Only for one that holds no lock that they take.
        case background

        /// As `nice` has it.
        fileprivate var niceness: CInt { self == .usual ? 0 : 5 }
    }

    static func begin(_ name: String, _ rank: Rank = .usual, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread {
            nameThread(name)
            // On Linux 0 is the calling thread alone. Where it is refused, the thread ranks like the others.
            if rank == .background { _ = setpriority(CInt(PRIO_PROCESS.rawValue), 0, rank.niceness) }
            body()
        }
        thread.start()
    }

    /// Names the calling thread for `top` and similar tools, which Foundation's name does not reach; without `/proc` it has none.
    private static func nameThread(_ name: String) {
        guard let file = fopen("/proc/thread-self/comm", "w") else { return }
        fputs(name, file)
        fclose(file)
    }
}
