// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import Contacts
import EventLog
import CallAnswering
import OutboundHTTP
import Rules
import Signatures
import WebhookServer

/// The parts of a server, wired together.
struct ServerComponents: Sendable {
    let settings: ServerSettings
    let isSigned: Bool
    let log: EventLog
    let desk: OverrideService
    let server: WebhookServer
    let forwarder: Forwarder
    let http: OutboundHTTP
    let clock: WallClock
    /// The country of the rules file, in whose way numbers may be written.
    let country: String?

    /// What was said of the time before, which the operator is told once the front is there.
    let handover: OverrideService.Handover

    /// Binds the address and puts in force what was kept of the desk; its server is ready to begin.
    ///
    /// The desk's memory is fetched last, by a server that has its address.
    static func start(
        _ file: RulesFile, contacts: ContactDirectory, http: OutboundHTTP, listen: ListenAddress,
        secrets: [WebhookSecret], memory: () throws -> LoadedState
    ) async throws -> ServerComponents {
        let settings = file.server
        let clock = WallClock.system
        let log = EventLog(keep: Retention(calls: settings.keepCalls, bytes: settings.keepBytes))
        let rules = CurrentRules(CompiledRules(file.rules), contacts: contacts)
        let exchange = AnswerService(
            verifier: secrets.isEmpty ? nil : SignatureVerifier(secrets: secrets), rules: rules, log: log, clock: clock,
            answerWithin: settings.answerWithin.nanoseconds,
            numbers: ConfigurationSource.numbers, upstreams: HTTPUpstreams(http: http))
        let server: WebhookServer
        do throws(WebhookServerError) {
            server = try await WebhookServer.bind(
                on: ServerAddress(host: listen.host, port: listen.port), path: settings.path,
                limits: ServerLimits(body: settings.maxBody, connections: ProcessLimits.connections), exchange: exchange
            )
        } catch {
            throw failure(error)
        }
        let desk: OverrideService
        do {
            let memory = try memory()
            desk = OverrideService(
                rules: rules, log: log, clock: clock, store: memory.store, state: memory.state,
                warnings: memory.warnings)
        } catch {
            server.giveUp()
            throw error
        }
        let handover = desk.takeOver()
        return ServerComponents(
            settings: settings, isSigned: !secrets.isEmpty, log: log, desk: desk, server: server,
            forwarder: exchange.forwarder, http: http, clock: clock, country: file.country,
            handover: handover)
    }

    /// Where webhooks go, as a URL.
    var url: String { "http://\(server.address)\(settings.path)" }

    private static func failure(_ error: WebhookServerError) -> CommandFailure {
        switch error {
        case .addressTaken: CommandFailure(.addressTaken, error.description)
        case .cannotListen: CommandFailure(.failure, error.description)
        }
    }
}

extension ServerSettings {
    /// How long an answer may take, in whole milliseconds.
    var answerWithinMilliseconds: Int {
        Int(answerWithin.nanoseconds / 1_000_000)
    }
}
