// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import Dispatch
import EventLog
import OutboundHTTP
import ServiceLifecycle
import Synchronization

/// Ends overrides when they expire, so that the audit and the screens are right without a call.
///
/// Sleeps while no override has an end; waits for the disk on a queue of its own.
final class ExpiryService: Service {
    private let overrides: OverrideService
    private let queue = DispatchQueue(label: "switchboard.expiry")
    /// Counts the pauses; the end of a pause that a change cut short is ignored.
    private let rests = Atomic(0)

    init(overrides: OverrideService) {
        self.overrides = overrides
    }

    func run() async throws {
        overrides.watch { [weak self] in self?.wake() }
        wake()
        try await gracefulShutdown()
        rests.add(1, ordering: .relaxed)
    }

    private func wake() {
        queue.async { self.work() }
    }

    private func work() {
        let count = rests.add(1, ordering: .relaxed).newValue
        guard let rest = overrides.expireAndRest() else { return }
        queue.asyncAfter(deadline: .now() + .nanoseconds(Int(rest.nanoseconds))) {
            if self.rests.load(ordering: .relaxed) == count { self.work() }
        }
    }
}

/// Counts calls as without news when their time is over.
///
/// Sleeps while no call rings or is live, and never looks more often than once a second.
final class NewsService: Service {
    private let log: EventLog
    private let clock: WallClock
    private let queue = DispatchQueue(label: "switchboard.news")
    /// Counts the pauses; the end of a pause that a call cut short is ignored.
    private let rests = Atomic(0)

    private static let shortestRest: Int64 = 1_000_000

    init(log: EventLog, clock: WallClock) {
        self.log = log
        self.clock = clock
    }

    func run() async throws {
        log.onEarlierSweep { [weak self] in self?.wake() }
        wake()
        try await gracefulShutdown()
        rests.add(1, ordering: .relaxed)
    }

    private func wake() {
        queue.async { self.work() }
    }

    private func work() {
        let count = rests.add(1, ordering: .relaxed).newValue
        let now = clock.now()
        guard let next = log.sweep(at: now) else { return }
        let rest = max(Self.shortestRest, next.microseconds(since: now))
        queue.asyncAfter(deadline: .now() + .microseconds(Int(rest))) {
            if self.rests.load(ordering: .relaxed) == count { self.work() }
        }
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
