// SPDX-License-Identifier: Apache-2.0

import CursesDisplay
import Dispatch
import Foundation
import Logging
import ServiceLifecycle
import Synchronization

/// Runs the services of the program, and stops them in order when a signal, the operator or the end of a service asks.
///
/// It is the last service of its own group: its end begins the stop, which goes from the last service to the first and
/// treats an out-of-order exit as an error (`OrderedService`).
final class ShutdownCoordinator: Service {
    /// After this time, in seconds, the process exits anyway; longer than the listener waits for open connections.
    private static let patience = 8.0
    /// For how many nanoseconds a repeated signal counts as one; a person who is impatient presses again later.
    private static let oneRequest: UInt64 = 500_000_000

    private let requested = OneShot<Void>()
    /// When the stop was first asked for by a signal, in nanoseconds of uptime; 0 before.
    private let firstAsked = Atomic<UInt64>(0)
    private let wasRequested = Atomic(false)
    private let reason = Mutex<ExitReason?>(nil)
    /// When the stop began, in nanoseconds of uptime; 0 before.
    private let began = Atomic<UInt64>(0)

    /// Why the program stops.
    var exitReason: ExitReason { reason.withLock { $0 } ?? .success }

    /// Notes a reason; the first one counts.
    func note(_ new: ExitReason) {
        reason.withLock { $0 = $0 ?? new }
    }

    /// Begins the stop; further requests change nothing.
    ///
    /// A request before the group runs is kept.
    func request() {
        wasRequested.store(true, ordering: .releasing)
        requested.settle(.success(()))
    }

    /// Whether the stop has begun.
    var isStopping: Bool { wasRequested.load(ordering: .acquiring) }

    /// How many seconds are left until the process exits anyway.
    var secondsLeft: Double {
        let began = began.load(ordering: .acquiring)
        guard began > 0 else { return Self.patience }
        return Self.patience - Double(DispatchTime.now().uptimeNanoseconds - began) / 1e9
    }

    /// Begins the stop for a reason; a second call exits at once.
    ///
    /// Programs that pass a signal on send it to the process and to its group, so what comes within ``oneRequest`` of the
    /// first is the same request.
    func forceOnSecond(_ reason: ExitReason) {
        note(reason)
        let now = DispatchTime.now().uptimeNanoseconds
        let (isFirst, first) = firstAsked.compareExchange(
            expected: 0, desired: now, ordering: .acquiringAndReleasing)
        if !isFirst, now > first, now - first > Self.oneRequest { exitNow() }
        request()
    }

    /// Runs services until a stop is requested or one of them ends; returns the reason.
    func run(_ services: [any Service]) async throws -> ExitReason {
        var logger = Logger(label: "switchboard") { _ in StandardErrorLog() }
        logger.logLevel = .warning
        let ordered: [any Service] = services.map { OrderedService(service: $0, stop: self) }
        // Signals do not go to the group, since their meaning depends on what runs.
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: (ordered + [self]).map {
                    .init(
                        service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
                        failureTerminationBehavior: .gracefullyShutdownGroup)
                },
                gracefulShutdownSignals: [], logger: logger))
        do {
            try await group.run()
        } catch is StuckTerminal {
            // An orderly exit would write to the terminal and wait for ever.
            _exit(exitReason.rawValue)
        }
        return exitReason
    }

    func run() async throws {
        try await requested.value()
        began.store(DispatchTime.now().uptimeNanoseconds, ordering: .releasing)
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) {
            StandardError.say("Shutdown timed out; remaining work was abandoned.")
            StandardError.flush(within: 0.2)
            self.exitNow()
        }
    }

    /// Ends the process; its exit handlers restore the terminal.
    private func exitNow() -> Never {
        TerminalSession.discardOutput()
        Foundation.exit(exitReason.rawValue)
    }
}

/// A service whose end stops the program, but which stays until its turn in the stop.
///
/// `ServiceGroup` cancels everything if a service ends while another one is being stopped; a client in the middle of a
/// request would be cut off because the operator pressed a key.
private struct OrderedService: Service {
    let service: any Service
    let stop: ShutdownCoordinator

    func run() async throws {
        let result: Result<Void, any Error>
        do {
            result = .success(try await service.run())
        } catch {
            result = .failure(error)
        }
        stop.request()
        do {
            try await gracefulShutdown()
        } catch is CancellationError {
            // The stop is no longer orderly.
        }
        try result.get()
    }
}

/// A result that one task waits for and several may provide; the first one counts.
final class OneShot<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value, any Error>)
        case settled(Result<Value, any Error>)
    }

    private let state = Mutex(State.open)

    /// Provides the result, unless there is one.
    func settle(_ result: Result<Value, any Error>) {
        let waiting: CheckedContinuation<Value, any Error>? = state.withLock { state in
            switch state {
            case .open:
                state = .settled(result)
                return nil
            case .awaited(let continuation):
                state = .settled(result)
                return continuation
            case .settled: return nil
            }
        }
        waiting?.resume(with: result)
    }

    /// Waits for the result; for one caller.
    func value() async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let settled: Result<Value, any Error>? = state.withLock { state in
                if case .settled(let result) = state { return result }
                state = .awaited(continuation)
                return nil
            }
            if let settled { continuation.resume(with: settled) }
        }
    }
}

/// Messages of libraries, on stderr like the program's own.
private struct StandardErrorLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.warning

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        StandardError.say("\(event.level): \(event.message)")
    }
}

/// The terminal takes no more bytes, so it can be neither restored nor written to.
struct StuckTerminal: Error, Equatable {}
