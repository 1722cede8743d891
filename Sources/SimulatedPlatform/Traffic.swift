// SPDX-License-Identifier: Apache-2.0

/// Calls that arrive at a steady rate and run concurrently.
package struct Traffic: Sendable {
    private let callers: SimulatedCallers
    private let player: CallPlayer
    private let clock: any Clock<Duration>
    private let rate: Double
    private let seed: UInt64
    private let mostAtOnce: Int

    /// Creates traffic at a rate in calls per minute; zero or less means none.
    ///
    /// While `mostAtOnce` calls are in progress, the next one waits.
    package init(
        callers: SimulatedCallers, player: CallPlayer, rate: Double, seed: UInt64, mostAtOnce: Int = 1000,
        clock: some Clock<Duration>
    ) {
        precondition(mostAtOnce > 0, "traffic has at least one call at a time")
        self.callers = callers
        self.player = player
        self.rate = rate
        self.seed = seed
        self.mostAtOnce = mostAtOnce
        self.clock = clock
    }

    /// Sends calls until the task is cancelled; calls in progress then stop at once.
    package func run() async {
        guard rate > 0, rate.isFinite else { return }
        var callers = callers
        var random = SplitMix64(seed: seed)
        await withTaskGroup(of: Void.self) { group in
            var atOnce = 0
            while !Task.isCancelled, let plan = callers.next() {
                if atOnce == mostAtOnce {
                    await group.next()
                    atOnce -= 1
                }
                group.addTask { await player.play(plan) }
                atOnce += 1
                do {
                    try await clock.sleep(for: pause(using: &random))
                } catch {
                    break
                }
            }
            group.cancelAll()
        }
    }

    /// The time to the next call: uneven, as callers are, and right on average.
    private func pause(using random: inout SplitMix64) -> Duration {
        .seconds(60 / rate * Double.random(in: 0.4...1.6, using: &random))
    }
}
