// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ConfigFiles
import DeskSharing
import EventLog
import Foundation
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
    }

    /// How long the first look at the engine may take; after that the copy on disk counts.
    private static let patience = Duration.seconds(3)

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
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await desk.join(overrides) }
            group.addTask { do { try await Task.sleep(for: Self.patience) } catch { return } }
            await group.next()
            group.cancelAll()
        }
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

    var status: SharedDeskStatus? { running.desk.withLock { $0 }?.status }

    func run() async throws {
        guard let desk = running.desk.withLock({ $0 }) else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await desk.run() }
            do { try await gracefulShutdown() } catch { return group.cancelAll() }
            group.cancelAll()
        }
        await desk.leave()
        await engine.shutDown()
    }
}
