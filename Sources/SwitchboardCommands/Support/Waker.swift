// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

/// One time at which work is done on a queue.
///
/// A new time takes the place of the one before, of which nothing is left: work that `asyncAfter` was given is kept until its
/// time, so that a desk on which overrides change all day would keep one piece for each change.
final class Waker: Sendable {
    private let queue: DispatchQueue
    private let timer = Mutex<(any DispatchSourceTimer)?>(nil)

    /// Creates a waker without a time; the queue has to be a serial one.
    init(on queue: DispatchQueue) {
        self.queue = queue
    }

    deinit { stop() }

    /// Does the work after a rest, instead of what was set before.
    func set(after rest: DispatchTimeInterval, _ work: @escaping @Sendable () -> Void) {
        timer.withLock { timer in
            timer?.cancel()
            let next = DispatchSource.makeTimerSource(queue: queue)
            next.schedule(deadline: .now() + rest)
            next.setEventHandler(handler: work)
            next.resume()
            timer = next
        }
    }

    /// Forgets what was set.
    func stop() {
        timer.withLock { timer in
            timer?.cancel()
            timer = nil
        }
    }
}
