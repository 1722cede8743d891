// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ConfigFiles
import Contacts
import ControlAPI
import ControlServer
import DryRuns
import EventLog
import Filters
import JSON
import Overrides
import PhoneNumbers
import Rules
import Synchronization
import TestSupport
import Testing
import TimeZones
import WireFormat

@testable import SwitchboardCommands

/// A call with its numbers as they are sent.
struct SpelledCall {
    let id: String
    /// A number, or `withheld`.
    let from: String
    let to: String
    let at: Instant

    /// The call as the platform announces it.
    var webhook: WebhookBody {
        .sample { body in
            body.call = ["id": .string(id), "type": "inbound_phone_call", "status": "ringing"]
            body.phoneNumber = ["number": .string(to)]
            body.customer = ["number": from == "withheld" ? .null : .string(from)]
        }
    }
}

/// What a call got, and what decided it.
struct Outcome: Equatable, CustomStringConvertible {
    let by: String
    /// The two ends, as they were read.
    let caller: Party
    let called: Party
    let answer: [UInt8]

    var description: String { "\(caller) to \(called), \(by): \(String(decoding: answer, as: UTF8.self))" }
}

/// A server on one rules file, with everything that explains its decisions.
final class Desk: Sendable {
    let file: RulesFile
    let dryRun: DryRun
    private let time = TestTime()
    private let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 20))
    private let answers: AnswerService
    private let overrides: OverrideService
    private let contacts: ContactDirectory

    /// Creates a server; `files` are those that the rules file names.
    init(_ text: String, files: [String: String] = [:], contacts: ContactDirectory) throws {
        let outcome = RulesFile.read(
            Array(text.utf8), name: "rules.yaml", zones: TimeZones.zone(named:),
            files: { name in
                files[name].map { .bytes(Array($0.utf8)) } ?? .unreadable("there is no such file")
            }, plan: ConfigurationSource.numbers)
        let errors = outcome.findings.filter { $0.severity == .error }
        let file = try #require(outcome.file, "\(errors)\n\(text)")
        self.file = file
        self.contacts = contacts
        let rules = CurrentRules(CompiledRules(file.rules), contacts: contacts)
        let clock = WallClock(now: { [time] in time.now.withLock { $0 } }, ticks: { 0 })
        answers = AnswerService(
            verifier: nil, rules: rules, log: log, clock: clock, answerWithin: 4_000_000_000,
            numbers: ConfigurationSource.numbers, upstreams: ScriptedUpstreams())
        overrides = OverrideService(rules: rules, log: log, clock: clock, store: InMemoryOverrideStore())
        dryRun = DryRun(rules: file.rules, numbers: ConfigurationSource.numbers)
    }

    /// Answers the call as the server does.
    func served(_ call: SpelledCall) async throws -> Outcome {
        time.now.withLock { $0 = call.at }
        let body = call.webhook.bytes
        let response = body.withUnsafeBytes { raw in
            answers.answer(
                InboundWebhook(body: raw, signature: nil, timestamp: nil, peer: "127.0.0.1", startedAt: 0))
        }
        let reply =
            switch response {
            case .ready(let reply), .forwarding(let reply, _): reply
            case .waiting(let pending): await answers.finish(pending, headers: []).reply
            }
        let log = log.snapshot()
        let newest = try #require(log.sequences.last.flatMap { log[$0] })
        return Outcome(
            by: newest.answered?.decision.by.description ?? "", caller: newest.caller, called: newest.called,
            answer: reply.body)
    }

    /// Explains the call as `switchboard explain` does.
    func explained(_ call: SpelledCall) async throws -> Outcome {
        let question = try CallQuestion(from: call.from, to: call.to, at: call.at, rules: file.rules)
        let explanation = await question.explanation(
            by: CallPolicy(rules: file.rules), contacts: contacts, within: .seconds(1))
        return Outcome(
            by: explanation.by.description, caller: question.caller, called: question.called,
            answer: explanation.answer)
    }

    /// Explains the call as `POST /v1/explain` of the server does.
    func explainedByAPI(_ call: SpelledCall) async throws -> Outcome {
        let both = Mutex<Ends>((.withheld, .withheld))
        let api = api(at: call.at) { ends in both.withLock { $0 = ends } }
        let body = JSONValue.object([
            .init("from", .string(call.from)), .init("to", .string(call.to)), .init("at", .string(call.at.iso8601)),
        ])
        let route = try #require(api.routes.first { $0.parameters(in: "/v1/explain") != nil })
        let reply = await route.answer(
            ControlRequest(
                method: "POST", path: "/v1/explain", parameters: [:], query: [], body: body.bytes,
                peer: ControlPeer(user: 0, process: 1)))
        guard case .bytes(let bytes) = reply.body, let document = JSONReader.read(bytes) else {
            return Outcome(by: "", caller: .withheld, called: .withheld, answer: [])
        }
        let (caller, called) = both.withLock { $0 }
        return Outcome(
            by: document["by"]?.string ?? "", caller: caller, called: called,
            answer: document["answer"]?.bytes ?? [])
    }

    /// The two ends of a call, as they were read.
    private typealias Ends = (caller: Party, called: Party)

    /// The API of the server at a moment; `note` gets the ends of a call that is explained.
    private func api(at now: Instant, note: @escaping @Sendable (Ends) -> Void = { _ in }) -> ControlAPI {
        ControlAPI(
            overrideService: overrides, log: log, clock: WallClock(now: { now }, ticks: { 0 }),
            dependencies: ControlDependencies(
                version: "1", status: { [overrides] in overrides.status(of: .sample) },
                explain: { [answers, overrides] from, to, moment throws(ControlProblem) in
                    let question = try ControlService.question(
                        from, to, at: moment ?? .sample, overrides.policy.compiled.rules)
                    note((question.caller, question.called))
                    return await question.explanation(
                        by: overrides.policy, contacts: overrides.contacts, within: .seconds(1),
                        counted: answers.counted(question.request, for: overrides.policy)
                    ).document(source: .server)
                },
                reload: { _ in nil }, accountName: { "user \($0)" },
                filters: { FilterSetting(now: now, clock: .fixed(0), plan: NoNumberingPlan(), country: nil) }),
            instance: "one")
    }

    /// Takes a webhook at a moment.
    func take(_ webhook: WebhookBody, at now: Instant) {
        time.now.withLock { $0 = now }
        webhook.bytes.withUnsafeBytes { raw in
            _ = answers.answer(
                InboundWebhook(body: raw, signature: nil, timestamp: nil, peer: "127.0.0.1", startedAt: 0))
        }
    }

    /// Asks the API at a moment.
    func get(_ path: String, at now: Instant) async throws -> [UInt8] {
        time.now.withLock { $0 = now }
        let api = api(at: now)
        let route = try #require(api.routes.first { $0.method == "GET" && $0.parameters(in: path) != nil })
        let reply = await route.answer(
            ControlRequest(
                method: "GET", path: path, parameters: [:], query: [], body: [], peer: ControlPeer(user: 0, process: 1))
        )
        guard case .bytes(let bytes) = reply.body else { return [] }
        return bytes
    }
}

/// The time at which calls come in.
private final class TestTime: Sendable {
    let now = Mutex(Instant.sample)
}

extension ServerStatus.ServerInfo {
    fileprivate static let sample = ServerStatus.ServerInfo(
        address: "127.0.0.1:8787", webhookURL: "http://127.0.0.1:8787/webhook", isSigned: false,
        answerWithinMilliseconds: 4000)
}
