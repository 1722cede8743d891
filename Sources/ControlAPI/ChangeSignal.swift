// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Wakes those who follow the log; beating it costs the answering path two atomic instructions while nobody sleeps.
final class ChangeSignal: Sendable {
    private let beats = Atomic<UInt64>(0)
    private let hasSleepers = Atomic(false)
    private let sleepers = Mutex<[UInt64: CheckedContinuation<Void, Never>]>([:])
    private let tickets = Atomic<UInt64>(0)

    /// How often it has beaten; who saw this many has missed nothing so far.
    var count: UInt64 { beats.load(ordering: .sequentiallyConsistent) }

    /// Wakes everybody who sleeps.
    func signal() {
        beats.add(1, ordering: .sequentiallyConsistent)
        guard hasSleepers.load(ordering: .sequentiallyConsistent) else { return }
        let woken = sleepers.withLock { sleepers in
            hasSleepers.store(false, ordering: .sequentiallyConsistent)
            defer { sleepers = [:] }
            return Array(sleepers.values)
        }
        for sleeper in woken { sleeper.resume() }
    }

    /// Sleeps until the next beat after the count that was seen; returns at once when cancelled.
    func sleep(after seen: UInt64) async {
        let ticket = tickets.add(1, ordering: .relaxed).newValue
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let sleeps = sleepers.withLock { sleepers in
                    guard !Task.isCancelled else { return false }
                    sleepers[ticket] = continuation
                    // Said before the beats are counted again, so that a beat in between finds a sleeper.
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

    /// Sleeps until the next beat, but not longer than a time.
    func sleep(after seen: UInt64, atMost time: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.sleep(after: seen) }
            group.addTask {
                do {
                    try await Task.sleep(for: time)
                } catch {
                    // The beat came first.
                }
            }
            await group.next()
            group.cancelAll()
        }
    }
}
