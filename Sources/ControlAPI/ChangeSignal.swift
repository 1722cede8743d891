// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Wakes followers of the log; signalling costs the answering path two atomic instructions while none sleeps.
final class ChangeSignal: Sendable {
    private let signals = Atomic<UInt64>(0)
    private let hasSleepers = Atomic(false)
    private let sleepers = Mutex<[UInt64: CheckedContinuation<Void, Never>]>([:])
    private let tickets = Atomic<UInt64>(0)

    /// How often it was signalled; a follower that saw this many has missed nothing.
    var count: UInt64 { signals.load(ordering: .sequentiallyConsistent) }

    /// Wakes all sleepers.
    func signal() {
        signals.add(1, ordering: .sequentiallyConsistent)
        guard hasSleepers.load(ordering: .sequentiallyConsistent) else { return }
        let woken = sleepers.withLock { sleepers in
            hasSleepers.store(false, ordering: .sequentiallyConsistent)
            defer { sleepers = [:] }
            return Array(sleepers.values)
        }
        for sleeper in woken { sleeper.resume() }
    }

    /// Sleeps until there is a signal after the count that was seen; returns at once when cancelled.
    func sleep(after seen: UInt64) async {
        let ticket = tickets.add(1, ordering: .relaxed).newValue
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let sleeps = sleepers.withLock { sleepers in
                    guard !Task.isCancelled else { return false }
                    sleepers[ticket] = continuation
                    // Set before the count is read again, so that a signal in between finds a sleeper.
                    hasSleepers.store(true, ordering: .sequentiallyConsistent)
                    guard count == seen else {
                        sleepers[ticket] = nil
                        return false
                    }
                    return true
                }
                if !sleeps { continuation.resume() }
            }
        } onCancel: {
            sleepers.withLock { $0.removeValue(forKey: ticket) }?.resume()
        }
    }

    /// Sleeps until the next signal, but not longer than a time.
    func sleep(after seen: UInt64, atMost time: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.sleep(after: seen) }
            group.addTask {
                do {
                    try await Task.sleep(for: time)
                } catch {
                    // The signal came first.
                }
            }
            await group.next()
            group.cancelAll()
        }
    }
}
