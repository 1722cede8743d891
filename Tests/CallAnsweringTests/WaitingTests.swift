// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import EventLog
import CallAnswering
import Rules
import TestSupport
import Testing

/// Replies for which other servers have to be waited for.
@Suite struct WaitingTests {
    private static func asking(timeout: Duration = .seconds(2), otherwise: Answer = .greeting("Hi")) -> RuleSet {
        let answers: [String: Answer] = [
            "a": otherwise,
            "b": .ask(Ask(upstream: Upstream(url: "http://crm/hms?key=s3cret", timeout: timeout), otherwise: 0)),
        ]
        return .sample(answers: answers, rules: [(.init("back end"), answers["b"] ?? .standard)])
    }

    @Test func theReplyOfTheServerGoesOutByteForByte() async throws {
        let servers = ScriptedUpstreams(.json(#"{ "assistant": {"first_message":"Hoi"} }"#))
        let office = try Office(rules: Self.asking(), upstreams: servers)
        #expect(await office.answered() == #"{ "assistant": {"first_message":"Hoi"} }"#)
        let call = try #require(office.calls.first?.answered)
        #expect(call.decision.by == .rule("back end"))
        #expect(call.words == "asked: greeting \"Hoi\"")
        #expect(call.steps.last == Step(what: "ask http://crm/hms", held: true, why: "answered in 0 ms"))
    }

    @Test func theServerGetsTheRequestAsItCame() async throws {
        let servers = ScriptedUpstreams(.json("{}"))
        let office = try Office(rules: Self.asking(), upstreams: servers)
        let headers = [ForwardedWebhook.Header(name: "X-Webhook-Signature", value: "sha256=00")]
        _ = await office.answered(headers: headers)
        let sent = try #require(servers.requests.first)
        #expect(sent.webhook == ForwardedWebhook(body: Array(Office.request("c-0001").utf8), headers: headers))
        #expect(sent.url == "http://crm/hms?key=s3cret")
        #expect(sent.time == .seconds(2))
    }

    @Test(arguments: [
        UpstreamFailure.timedOut, .status(500), .notJSON, .tooLarge(limit: 10), .unreachable("no connection"),
    ])
    func withoutAReplyTheOtherAnswerGoesOut(_ failure: UpstreamFailure) async throws {
        let office = try Office(rules: Self.asking(), upstreams: ScriptedUpstreams(.failed(failure)))
        #expect(await office.answered().contains(#""first_message":"Hi""#))
        let call = try #require(office.calls.first?.answered)
        #expect(call.decision.by == .rule("back end"))
        let report = UpstreamReport(reply: .failed(failure), milliseconds: 0)
        #expect(call.steps.last?.why.hasPrefix("\(report);") == true)
    }

    @Test func aServerIsGivenNoMoreThanTheAnswerHasLeft() async throws {
        let servers = ScriptedUpstreams(.failed(.timedOut))
        let office = try Office(rules: Self.asking(timeout: .seconds(9)), upstreams: servers)
        _ = await office.answered(takenMilliseconds: 1000)
        #expect(servers.requests.map(\.time) == [.milliseconds(2950)])
    }

    @Test func aReplyThatIsLateAllTheSameIsReplaced() async throws {
        let clock = ManualClock(.sample)
        let servers = ScriptedUpstreams(.json(#"{"error":"no"}"#)) { clock.advance(milliseconds: 4001) }
        let office = try Office(rules: Self.asking(), upstreams: servers, clock: clock)
        #expect(await office.answered() == "{}")
        #expect(office.calls.first?.answered?.decision.by == .deadline)
        #expect(office.calls.first?.answered?.words == "default")
    }

    @Test func aServerThatKeepsFailingIsSkippedForAWhile() async throws {
        let servers = ScriptedUpstreams(.failed(.status(500)))
        let office = try Office(rules: Self.asking(), upstreams: servers)
        for id in ["a", "b", "c", "d"] { _ = await office.answered(id) }
        #expect(servers.requests.count == 3)
        #expect(office.calls.last?.answered?.steps.last?.why.hasPrefix("\(UpstreamFailure.skipped)") == true)
        office.clock.advance(milliseconds: 30_000)
        _ = await office.answered("e")
        #expect(servers.requests.count == 4)
    }

    @Test func aRepeatOfAnAnsweredCallIsNotAskedAgain() async throws {
        let servers = ScriptedUpstreams(.json(#"{"error":"one"}"#), .json(#"{"error":"two"}"#))
        let office = try Office(rules: Self.asking(), upstreams: servers)
        #expect(await office.answered() == #"{"error":"one"}"#)
        #expect(await office.answered() == #"{"error":"one"}"#)
        #expect(servers.requests.count == 1)
        #expect(office.log.snapshot().totals.calls == 1)
        #expect(office.log.snapshot().totals.repeats == 1)
    }

    @Test func toolCallsGetTheReplyOfTheServer() async throws {
        let servers = ScriptedUpstreams(.json(#"{"result":1}"#), .failed(.timedOut))
        let upstream = Upstream(url: "http://tools", timeout: .seconds(30))
        let office = try Office(
            rules: .sample(forwarding: Forwarding([.toolCalls: upstream])),
            upstreams: servers)
        let body = WebhookBody.sample { $0.type = "tool-calls" }.text
        #expect(await office.sent(body) == #"{"result":1}"#)
        #expect(servers.requests.map(\.time) == [.milliseconds(9950)])
        #expect(await office.sent(body + " ") == #"{"error":"the tools cannot be reached at the moment"}"#)
    }

    @Test(arguments: ["status-update", "end-of-call-report"])
    func followersSeeAnEventAfterTheReply(_ type: String) async throws {
        let servers = ScriptedUpstreams(.failed(.status(500)))
        let upstream = Upstream(url: "http://listener", timeout: .seconds(8))
        let office = try Office(
            rules: .sample(forwarding: Forwarding([.status: upstream, .report: upstream])),
            upstreams: servers)
        let cursor = office.log.cursor
        let body = WebhookBody.sample { $0.type = .string(type) }.text
        #expect(await office.sent(body) == "{}")
        #expect(servers.requests.isEmpty)
        office.service.forwarder.stop()
        await office.service.forwarder.run()
        #expect(servers.requests.map(\.webhook.body) == [Array(body.utf8)])
        let logged = office.log.events(after: cursor).events.compactMap { event in
            if case .desk(let event) = event { event.words } else { nil as String? }
        }
        let report = UpstreamReport(reply: .failed(.status(500)), milliseconds: 0)
        #expect(logged.count == 1)
        for fact in [type, "http://listener", report.description] { #expect(logged.first?.contains(fact) == true) }
    }

    @Test(arguments: [false, true]) func answeredCallsAreForwardedOnce(isAsked: Bool) async throws {
        let servers = ScriptedUpstreams(.json(#"{"error":"No"}"#))
        let listener = Upstream(url: "http://listener", timeout: .seconds(8))
        let ask = Answer.ask(Ask(upstream: Upstream(url: "http://crm", timeout: .seconds(1)), otherwise: 0))
        let office = try Office(
            rules: .sample(
                answers: ["a": .standard], rules: [(.init("a \"rule\""), isAsked ? ask : .rejection("No"))],
                forwarding: Forwarding([.assistantRequest: listener])), upstreams: servers)
        let headers = [ForwardedWebhook.Header(name: "X-Webhook-Signature", value: "sha256=00")]
        for _ in 1...2 { #expect(await office.answered(headers: headers) == #"{"error":"No"}"#) }
        #expect(servers.requests.filter { $0.url == listener.url }.isEmpty, "the reply comes first")
        office.service.forwarder.stop()
        await office.service.forwarder.run()
        let sent = servers.requests.filter { $0.url == listener.url }
        #expect(sent.map(\.webhook.headers) == [[]])
        let body = try #require(sent.first.flatMap { JSONReader.read($0.webhook.body) })
        #expect(body["request"] == JSONReader.read(Array(Office.request("c-0001").utf8)))
        #expect(body["answer"] == ["error": "No"])
        #expect(body["by"] == #"rule a "rule""#)
    }

    @Test(arguments: [(size: 0, fits: Forwarder.mostWaiting), (size: 1 << 20, fits: (Forwarder.mostBytes >> 20) - 1)])
    func waitingEventsAreBounded(size: Int, fits: Int) async throws {
        let servers = ScriptedUpstreams(.json("{}"))
        let upstream = Upstream(url: "http://listener", timeout: .seconds(8))
        let office = try Office(
            rules: .sample(forwarding: Forwarding([.status: upstream])),
            upstreams: servers)
        let body = WebhookBody.sample { $0.type = "status-update" }.text
        let blanks = String(repeating: " ", count: size)
        for number in 0..<fits + 5 {
            _ = await office.sent(
                body + blanks + String(repeating: "\n", count: number % 40 + 1)
                    + String(repeating: "\t", count: number / 40))
        }
        office.service.forwarder.stop()
        await office.service.forwarder.run()
        #expect(servers.requests.count == fits)
    }
}
