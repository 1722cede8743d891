// SPDX-License-Identifier: Apache-2.0

import Calls
import SimulatedPlatform
import Synchronization
import Testing

@Suite struct TrafficTests {
    private static func traffic(
        rate: Double, mostAtOnce: Int = 100, to server: some WebhookSender, on clock: InstantClock,
        report: @escaping @Sendable (SentWebhook) -> Void = { _ in }
    ) -> Traffic {
        let lines = [SimulatedLine(number: "+31200550100", name: "Front desk")]
        return Traffic(
            callers: SimulatedCallers(seed: 1, lines: lines),
            player: CallPlayer(sender: server, clock: InstantClock(), now: { Instant(seconds: 0) }, report: report),
            rate: rate, seed: 1, mostAtOnce: mostAtOnce, clock: clock)
    }

    /// Runs traffic until so many signals came, then cancels it and waits for its end.
    private func run(_ traffic: Traffic, until signals: AsyncStream<Void>, count: Int) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await traffic.run() }
            var left = count
            for await _ in signals {
                left -= 1
                if left == 0 { break }
            }
            group.cancelAll()
        }
    }

    @Test func wholeCallsComeAtTheRateThatWasAskedFor() async {
        let clock = InstantClock()
        let server = FakeServer(replying: "{}")
        let (signals, signal) = AsyncStream<Void>.makeStream()
        let traffic = Self.traffic(rate: 120, to: server, on: clock) { sent in
            if sent.type == "end-of-call-report" { signal.yield() }
        }
        await run(traffic, until: signals, count: 200)
        let sleeps = clock.sleeps
        let average = sleeps.reduce(Duration.zero, +) / sleeps.count
        #expect(average > .milliseconds(450) && average < .milliseconds(550))
        #expect(sleeps.allSatisfy { $0 >= .milliseconds(199) && $0 <= .milliseconds(801) })
        #expect(Set(server.events) == ["assistant-request", "status-update", "tool-calls", "end-of-call-report"])
    }

    @Test func soManyCallsAreGoingOnAtOnceAndNoMore() async {
        let (signals, signal) = AsyncStream<Void>.makeStream()
        let server = BusyServer { signal.yield() }
        await run(Self.traffic(rate: 60, mostAtOnce: 3, to: server, on: InstantClock()), until: signals, count: 100)
        #expect(server.most == 3)
    }

    @Test(arguments: [0, -1, .nan, .infinity]) func withoutARateNobodyRings(_ rate: Double) async {
        let server = FakeServer(replying: "{}")
        await Self.traffic(rate: rate, to: server, on: InstantClock()).run()
        #expect(server.events == [])
    }
}

/// A server that keeps every caller waiting for some turns of the scheduler, and is then gone.
private final class BusyServer: WebhookSender {
    private let counts = Mutex((now: 0, most: 0))
    private let arrived: @Sendable () -> Void

    init(arrived: @escaping @Sendable () -> Void) {
        self.arrived = arrived
    }

    var most: Int { counts.withLock { $0.most } }

    func post(_ body: [UInt8], event: String) async throws(PlatformError) -> PlatformReply {
        counts.withLock { counts in
            counts.now += 1
            counts.most = max(counts.most, counts.now)
        }
        arrived()
        for _ in 0..<50 { await Task.yield() }
        counts.withLock { $0.now -= 1 }
        throw .cannotConnect(to: "nobody", reason: "gone")
    }
}
