// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import Dispatch
import EventLog
import OutboundHTTP
import ServiceLifecycle

/// Ends overrides when they expire, so that the audit and the screens are right without a call.
///
/// Sleeps while no override has an end; waits for the disk on a queue of its own.
final class ExpiryService: Service {
    private let overrides: OverrideService
    private let queue = DispatchQueue(label: "switchboard.expiry")
    private let waker: Waker

    init(overrides: OverrideService) {
        self.overrides = overrides
        waker = Waker(on: queue)
    }

    func run() async throws {
        overrides.watch { [weak self] in self?.wake() }
        wake()
        try await gracefulShutdown()
        waker.stop()
    }

    private func wake() {
        queue.async { self.work() }
    }

    private func work() {
        guard let rest = overrides.expireAndRest() else { return waker.stop() }
        waker.set(after: .nanoseconds(Int(rest.nanoseconds))) { [weak self] in self?.work() }
    }
}

/// Counts calls as without news when their time is over.
///
/// Sleeps while no call rings or is live, and never looks more often than once a second.
final class NewsService: Service {
    private let log: EventLog
    private let clock: WallClock
    private let queue = DispatchQueue(label: "switchboard.news")
    private let waker: Waker

    private static let shortestRest: Int64 = 1_000_000

    init(log: EventLog, clock: WallClock) {
        self.log = log
        self.clock = clock
        waker = Waker(on: queue)
    }

    func run() async throws {
        log.onEarlierSweep { [weak self] in self?.wake() }
        wake()
        try await gracefulShutdown()
        waker.stop()
    }

    private func wake() {
        queue.async { self.work() }
    }

    private func work() {
        let now = clock.now()
        guard let next = log.sweep(at: now) else { return waker.stop() }
        let rest = max(Self.shortestRest, next.microseconds(since: now))
        waker.set(after: .microseconds(Int(rest))) { [weak self] in self?.work() }
    }
}

/// Forwards webhooks while the server runs, and at the end those that still wait.
struct ForwardingService: Service {
    let forwarder: Forwarder

    func run() async throws {
        await withGracefulShutdownHandler {
            await forwarder.run()
        } onGracefulShutdown: {
            forwarder.stop()
        }
    }
}

/// Shuts the HTTP client down after all services that use it.
struct OutboundService: Service {
    let http: OutboundHTTP

    func run() async throws {
        try await gracefulShutdown()
        try await http.shutDown()
    }
}
