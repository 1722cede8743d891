// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import CallSharing
import Calls
import ConfigFiles
import DeskSharing
import EventLog
import Foundation
import Journal
import Overrides
import RedisEngine
import Rules
import ServiceLifecycle
import Sharing
import StateFiles
import Synchronization

/// This server as a replica of a desk, from its first look at the engine to its goodbye.
struct Replica: Service {
    private let settings: SharedSettings
    private let name: ReplicaName
    private let engine: RedisEngine
    private let running = Running()
    /// Whether it is ready without having seen the desk.
    private let startsOpen: Bool

    /// What is there once the server is.
    private final class Running: Sendable {
        let desk = Mutex<SharedDesk?>(nil)
        let calls = Mutex<Calls?>(nil)

        struct Calls {
            let shared: SharedCalls
            let journal: Journal?
            let now: @Sendable () -> Instant
        }
    }

    /// How long the first look at the engine may take; after that the copy on disk counts.
    private static let patience = Duration.seconds(3)

    /// How long the last calls may take to reach the others.
    private static let lastPatience = Duration.seconds(1)

    /// Throws if the rules file names a replica or a password that is not there.
    init(_ settings: SharedSettings, of configuration: String, startsOpen: Bool) throws(CommandFailure) {
        self.settings = settings
        self.startsOpen = startsOpen
        name = try Self.name(settings.replica)
        let password: String?
        if let source = settings.password {
            do throws(SecretReader.Problem) {
                password = String(
                    decoding: try SecretReader(configuration: configuration).read(source).bytes, as: UTF8.self)
            } catch {
                throw CommandFailure(.usage, "the password of shared.redis: \(error)")
            }
        } else {
            password = nil
        }
        let login = EngineLogin(
            user: settings.user, password: password, database: settings.addresses.first?.database ?? 0)
        // Sentinels have no login of their own here.
        let addresses =
            settings.master == nil
            ? settings.addresses.map { address in
                EngineAddress(
                    address.place, isEncrypted: address.isEncrypted, user: settings.user, password: password,
                    database: address.database)
            } : settings.addresses
        engine = RedisEngine(
            EngineSettings(
                addresses: addresses, master: settings.master, login: settings.master == nil ? nil : login,
                desk: settings.name, replica: name))
    }

    private static func name(_ source: SharedSettings.Replica) throws(CommandFailure) -> ReplicaName {
        let text: String
        let place: String
        switch source {
        case .named(let name): return name
        case .host: (text, place) = (ProcessInfo.processInfo.hostName, "the name of this machine")
        case .environment(let variable):
            guard let value = ProcessInfo.processInfo.environment[variable], !value.isEmpty else {
                throw CommandFailure(.usage, "shared.replica: the environment variable \(variable) is not set.")
            }
            (text, place) = (value, "$\(variable)")
        }
        guard let name = ReplicaName(text) else {
            throw CommandFailure(
                .usage,
                "shared.replica: \(place) cannot name a replica: it must have 1 to \(ReplicaName.longest) letters, digits, "
                    + "dots, hyphens or underscores.")
        }
        return name
    }

    /// Shares the overrides from now on, and looks at the engine for the first time.
    func join(
        _ overrides: OverrideService, _ memory: LoadedState, log: EventLog, answers: AnswerService, clock: WallClock
    ) async throws(CommandFailure) {
        guard let store = memory.files else {
            throw CommandFailure(.failure, "a replica of a desk needs a state folder that can be written.")
        }
        let desk = SharedDesk(
            engine: engine,
            settings: SharedDesk.Settings(
                desk: settings.name.text, replica: name, policy: settings.onConflict, program: Version.text,
                startedAt: clock.now()),
            clock: clock
        ) {
            let totals = log.snapshot().totals
            return SharedDesk.Facts(
                rules: overrides.policy.compiled.rules.revision, calls: UInt64(totals.calls),
                lastAnswerAt: totals.lastAnswerAt)
        }
        running.desk.withLock { $0 = desk }
        overrides.share(
            through: desk, store: store, kept: memory.share,
            lastLine: memory.audit.last?.number ?? memory.state.auditLines)
        answers.readiness.use { objection(overrides) }
        await Self.first(within: Self.patience) { await desk.join(overrides) }
    }

    /// Does something, and stops it once its time is over.
    private static func first(within time: Duration, _ work: @escaping @Sendable () async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await work() }
            group.addTask { do { try await Task.sleep(for: time) } catch { return } }
            await group.next()
            group.cancelAll()
        }
    }

    /// Shares the calls of this server from now on, before the first one; `desk` gets those of all replicas.
    func shareCalls(of log: EventLog, into desk: EventLog, _ answers: AnswerService, after journal: Journal?) {
        let shared = SharedCalls(
            engine: engine, replica: name, own: log, desk: desk, now: answers.clock.now,
            onAnswer: { answers.remember($0) })
        running.calls.withLock { $0 = Running.Calls(shared: shared, journal: journal, now: answers.clock.now) }
    }

    /// Why a load balancer should send calls elsewhere; `nil` if it should not.
    private func objection(_ overrides: OverrideService) -> String? {
        guard let contact = status?.contact else { return nil }
        if overrides.share == nil, contact != .fresh, !startsOpen {
            return "neither the engine of the desk nor a copy of its overrides is there"
        }
        if case .cutOff = contact, settings.whenCutOff == .notReady { return "cut off from the engine of the desk" }
        return nil
    }

    private static func share(_ calls: Running.Calls) async {
        // Screens show the calls of before, too; they are older than all that others send.
        await calls.journal?.untilRestored()
        calls.shared.restore()
        await calls.shared.run()
    }

    var status: SharedDeskStatus? {
        guard var status = running.desk.withLock({ $0 })?.status else { return nil }
        if let calls = running.calls.withLock({ $0 }) { status.gaps = Self.gaps(calls.shared, at: calls.now()) }
        return status
    }

    /// What an operator has to know of the calls of other replicas.
    var warning: String? { running.calls.withLock { $0 }?.shared.warning }

    private static func gaps(_ calls: SharedCalls, at now: Instant) -> [CallGap] {
        calls.received.sorted { $0.key < $1.key }.compactMap { replica, received in
            received.missedAt.map { last in
                CallGap(
                    replica: replica.text, changes: received.missed, lastAt: last,
                    isRecent: now.microseconds(since: last) < CallGap.newsSeconds * 1_000_000)
            }
        }
    }

    func run() async throws {
        guard let desk = running.desk.withLock({ $0 }) else { return }
        let calls = running.calls.withLock { $0 }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await desk.run() }
            if let calls { group.addTask { await Self.share(calls) } }
            do { try await gracefulShutdown() } catch { return group.cancelAll() }
            group.cancelAll()
        }
        if let calls { await Self.first(within: Self.lastPatience) { await calls.shared.finish() } }
        await desk.leave()
        await engine.shutDown()
    }
}
