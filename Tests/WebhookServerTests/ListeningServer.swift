// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import CallAnswering
import ListenerTLS
import Logging
import NIOCore
import Rules
import ServiceLifecycle
import Signatures
import TestSupport
import WebhookServer

/// A server on a free port of this machine that greets every caller with "Hi", and its log.
struct ListeningServer: Sendable {
    let server: WebhookServer
    let log: EventLog
    private let group: ServiceGroup

    /// Starts a server, lets a test talk to it, and stops it.
    @discardableResult
    static func run<Result: Sendable>(
        on address: ServerAddress = ServerAddress(host: "127.0.0.1", port: 0),
        limits: ServerLimits = ServerLimits(body: 1024), tls: ListenerTLS? = nil, secret: WebhookSecret? = nil,
        otherwise: Answer = .greeting("Hi"), upstreams: ScriptedUpstreams = ScriptedUpstreams(),
        _ test: @Sendable (ListeningServer) async throws -> Result
    ) async throws -> Result {
        let listening = try await ListeningServer(address, limits, tls, secret, otherwise, upstreams)
        async let ended: Void = listening.group.run()
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await test(listening))
        } catch {
            result = .failure(error)
        }
        await listening.stop()
        try await ended
        return try result.get()
    }

    private init(
        _ address: ServerAddress, _ limits: ServerLimits, _ tls: ListenerTLS?, _ secret: WebhookSecret?,
        _ otherwise: Answer,
        _ upstreams: ScriptedUpstreams
    ) async throws {
        let rules = RuleSet.sample(answers: ["a": .greeting("Hi")], otherwise: otherwise, tags: false)
        log = EventLog(keep: Retention(calls: 100, bytes: 1 << 20))
        let service = AnswerService(
            verifier: secret.map { SignatureVerifier(secrets: [$0]) },
            rules: CurrentRules(CompiledRules(rules)), log: log, clock: .system,
            // Ample: a busy machine must not turn an answer into the fallback.
            answerWithin: 50_000_000_000, numbers: NoNumberingPlan(), upstreams: upstreams)
        server = try await WebhookServer.start(
            on: address, path: "/webhook", limits: limits, tls: tls, answers: service)
        var logger = Logger(label: "tests")
        logger.logLevel = .critical
        group = ServiceGroup(services: [server], logger: logger)
    }

    /// Begins the orderly stop.
    func stop() async {
        await group.triggerGracefulShutdown()
    }

    /// Sends pieces on one connection, each in its own packet, and returns what comes back until the server closes.
    func answer(to pieces: [String], thenHangUp: Bool = false) async throws -> String {
        try await RawConnection.open(to: server.address) { connection in
            for piece in pieces { try await connection.send(piece) }
            if thenHangUp { connection.hangUp() }
            return try await connection.rest()
        }
    }

    /// How many requests were turned away, by reason.
    var refused: [String: Int] { log.snapshot().totals.refused }

    /// How many calls were recorded.
    var calls: Int { log.snapshot().totals.calls }
}
