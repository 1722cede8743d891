// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import EventLog
import CallAnswering
import Overrides
import Rules
import Signatures
import TestSupport

/// An answering service with its log, its overrides and a clock, and a platform that signs with openssl's result of the same bytes.
struct Office {
    let clock: ManualClock
    let log = EventLog(keep: Retention(calls: 100, bytes: 1 << 20))
    let service: AnswerService
    let overrides: OverrideService

    init(
        rules: RuleSet = .sample(otherwise: .greeting("Hi")), isSigned: Bool = true,
        upstreams: ScriptedUpstreams = ScriptedUpstreams(), clock: ManualClock = ManualClock(.sample),
        store: any OverrideStore = InMemoryOverrideStore(), state: OverrideState = OverrideState(),
        warnings: [String] = [], forwardingPatience: Duration = .seconds(600), desk: EventLog? = nil
    ) throws {
        self.clock = clock
        let current = CurrentRules(CompiledRules(rules))
        let secrets = [WebhookSecret(Array("one".utf8)), WebhookSecret(Array("two".utf8))].compactMap(\.self)
        service = AnswerService(
            verifier: isSigned ? SignatureVerifier(secrets: secrets) : nil, rules: current, log: log,
            desk: desk, clock: clock.wallClock, answerWithin: 4_000_000_000, numbers: NoNumberingPlan(),
            upstreams: upstreams,
            forwardingPatience: forwardingPatience)
        overrides = OverrideService(
            rules: current, log: log, desk: desk, clock: clock.wallClock, store: store, state: state, warnings: warnings
        )
    }

    /// Sends a body, signed with a secret unless there is none, stamped that many seconds ago.
    func send(
        _ body: String, secret: String? = "one", age: Int64 = 0, takenMilliseconds: Int64 = 0
    ) -> (status: Int, body: String) {
        let reply =
            switch response(body, secret: secret, age: age, takenMilliseconds: takenMilliseconds) {
            case .ready(let reply), .forwarding(let reply, _): reply
            case .waiting: Reply(status: .ok, body: Array("has to be waited for".utf8))
            }
        return (reply.status.rawValue, String(decoding: reply.body, as: UTF8.self))
    }

    /// Sends a body and does the work that follows the reply.
    func sent(
        _ body: String, headers: [ForwardedWebhook.Header] = [], age: Int64 = 0, takenMilliseconds: Int64 = 0
    ) async -> String {
        let reply: Reply
        switch response(body, secret: "one", age: age, takenMilliseconds: takenMilliseconds) {
        case .ready(let ready): reply = ready
        case .forwarding(let ready, let notice):
            service.send(notice, headers: headers)
            reply = ready
        case .waiting(let pending):
            let finished = await service.finish(pending, headers: headers)
            if let notice = finished.notice { service.send(notice, headers: headers) }
            reply = finished.reply
        }
        return String(decoding: reply.body, as: UTF8.self)
    }

    /// Sends an assistant-request of a call and waits for what has to be waited for.
    func answered(
        _ id: String = "c-0001", headers: [ForwardedWebhook.Header] = [], takenMilliseconds: Int64 = 0
    ) async -> String {
        await sent(Self.request(id), headers: headers, takenMilliseconds: takenMilliseconds)
    }

    /// The calls in the log, the oldest first.
    var calls: [CallRecord] {
        let snapshot = log.snapshot()
        return snapshot.sequences.compactMap { snapshot[$0] }
    }

    private func response(_ body: String, secret: String?, age: Int64, takenMilliseconds: Int64) -> Response {
        let timestamp = String(Instant.sample.seconds - age)
        let bytes = Array(body.utf8)
        let signature = secret.flatMap { WebhookSecret(Array($0.utf8)) }?.signature(timestamp: timestamp, body: bytes)
        let startedAt = service.ticks
        clock.advance(milliseconds: takenMilliseconds)
        return bytes.withUnsafeBytes { raw in
            InboundWebhook.with(
                body: raw, signature: signature, timestamp: signature == nil ? nil : timestamp, peer: "127.0.0.1",
                startedAt: startedAt
            ) { service.answer($0) }
        }
    }

    /// Sends an assistant-request of a call.
    func ask(_ id: String = "c-0001", takenMilliseconds: Int64 = 0) -> String {
        send(Self.request(id), takenMilliseconds: takenMilliseconds).body
    }

    static func request(_ id: String) -> String {
        WebhookBody.sample {
            $0.call = ["id": .string(id), "type": "inbound_phone_call", "status": "ringing"]
            $0.phoneNumber = ["number": "+31850835037"]
        }.text
    }
}
