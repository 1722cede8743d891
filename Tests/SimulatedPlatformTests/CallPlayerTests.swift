// SPDX-License-Identifier: Apache-2.0

import Calls
import SimulatedPlatform
import TestSupport
import Testing
import WebhookJSON

@Suite struct CallPlayerTests {
    private static let life = [
        "assistant-request", "status-update", "tool-calls", "status-update", "end-of-call-report",
    ]

    /// Plays a call to a server, on a clock that costs no time.
    private func play(_ plan: CallPlan, to server: FakeServer) async -> (clock: InstantClock, sent: [SentWebhook]) {
        let clock = InstantClock()
        let start = clock.now
        let (reports, report) = AsyncStream<SentWebhook>.makeStream()
        await CallPlayer(
            sender: server, clock: clock,
            now: { Instant(seconds: 1_782_900_000).advanced(bySeconds: (clock.now - start).components.seconds) },
            report: { report.yield($0) }
        ).play(plan)
        report.finish()
        return (clock, await reports.reduce(into: []) { $0.append($1) })
    }

    @Test func aCallLivesFromTheQuestionToTheReport() async {
        let server = FakeServer(replying: "{}")
        let played = await play(.sample(), to: server)
        #expect(server.events == Self.life)
        #expect(played.clock.sleeps == [.seconds(1), .seconds(10), .seconds(20), .seconds(2)])
        #expect(played.sent.map(\.type) == Self.life)
        #expect(played.sent.map(\.body) == server.bodies)
        #expect(played.sent.allSatisfy { $0.callID == "c-1" })
    }

    @Test func anErrorEndsIt() async {
        let server = FakeServer(replying: #"{"error":"Closed."}"#)
        #expect(await play(.sample(), to: server).sent.count == 1)
        #expect(server.events == ["assistant-request"])
    }

    @Test(arguments: [
        ("{}", 200, Webhook.Echo.untagged), (#"{"error":"Closed."}"#, 500, .untagged), ("oops", 200, .untagged),
        (#"{"max_duration_seconds":300}"#, 200, .untagged),
        (#"{"assistant":{"metadata":{"switchboard":{"decision":"d-9"}}}}"#, 200, .decision("d-9")),
        (
            #"{"assistant_id":"a","assistant_override":{"metadata":{"switchboard":{"decision":"d-9"}}}}"#, 200,
            .decision("d-9")
        ),
    ])
    func everyLaterWebhookEchoesTheAssistantInUse(_ reply: String, status: Int, echo: Webhook.Echo)
        async throws
    {
        let server = FakeServer(replying: reply, status: status)
        _ = await play(.sample(), to: server)
        #expect(server.events == Self.life)
        let echoes = try server.bodies.map { try $0.withUnsafeBytes { try WebhookDecoder.decode($0) }.echo }
        #expect(echoes == [.none] + Array(repeating: echo, count: 4))
    }

    @Test(arguments: [
        (PlatformError.timedOut(after: .seconds(5)), life), (.closed, life), (.notHTTP(reason: "x"), life),
        (.cannotConnect(to: "x", reason: "refused"), ["assistant-request"]), (.cancelled, ["assistant-request"]),
    ])
    func thePlatformFailsOpenWhileSomebodyListens(_ error: PlatformError, events: [String]) async {
        let server = FakeServer(.failure(error))
        let sent = await play(.sample(), to: server).sent
        #expect(server.events == events)
        #expect(sent.first?.result == .failure(error))
    }

    @Test func theReportAgreesWithWhatWas() async throws {
        let server = FakeServer(replying: "{}")
        _ = await play(.sample(), to: server)
        let report = try #require(server.bodies.last).withUnsafeBytes { try WebhookDecoder.decode($0).event }
        #expect(report == .report(CallReport(seconds: 30, summary: "Asked for the hours.", endReason: "user_hangup")))
    }

    @Test func aCallThatFailsSaysWhyAndIsReported() async throws {
        let server = FakeServer(replying: "{}")
        _ = await play(.sample(.failed("TTS is down")), to: server)
        let events = try server.bodies.map { try $0.withUnsafeBytes { try WebhookDecoder.decode($0) }.event }
        #expect(events.dropLast().last == .status(.endedWithError, reason: "TTS is down"))
        #expect(server.events == Self.life)
    }

    @Test(arguments: [(5, ["assistant-request", "status-update", "status-update", "end-of-call-report"]), (15, life)])
    func aLimitCutsACallOff(_ seconds: Int, events: [String]) async throws {
        let server = FakeServer(replying: #"{"max_duration_seconds":\#(seconds)}"#)
        _ = await play(.sample(), to: server)
        #expect(server.events == events)
        let report = try #require(server.bodies.last).withUnsafeBytes { try WebhookDecoder.decode($0).event }
        #expect(
            report == .report(CallReport(seconds: seconds, summary: "Asked for the hours.", endReason: "max_duration")))
    }

    @Test(arguments: [(false, 1), (true, 5)]) func aTestCallIsAskedOrWhole(_ whole: Bool, count: Int) async {
        let server = FakeServer(replying: "{}")
        let played = await play(.test(.sample(), whole: whole, pause: .milliseconds(300)), to: server)
        #expect(server.events == Array(Self.life.prefix(count)))
        #expect(played.clock.sleeps == Array(repeating: .milliseconds(300), count: count - 1))
    }
}
