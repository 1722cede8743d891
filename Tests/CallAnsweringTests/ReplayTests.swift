// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import EventLog
import JSON
import Rules
import Synchronization
import TestSupport
import Testing

/// A webhook that is sent again, byte for byte, reaches other servers once (break 7).
@Suite(.timeLimit(.minutes(5))) struct ReplayTests {
    private static let tools = WebhookBody.sample { $0.type = "tool-calls" }.text
    private static let upstream = Upstream(url: "http://tools", timeout: .seconds(8))

    private static func office(
        _ servers: ScriptedUpstreams, isSigned: Bool = true, forwardingPatience: Duration = .seconds(600)
    ) throws -> Office {
        let kinds: [Webhook.Event.Kind] = [.toolCalls, .status, .report]
        let forwarding = Forwarding(Dictionary(uniqueKeysWithValues: kinds.map { ($0, upstream) }))
        return try Office(
            rules: .sample(forwarding: forwarding), isSigned: isSigned, upstreams: servers,
            forwardingPatience: forwardingPatience)
    }

    @Test(arguments: [true, false]) func toolCallsAreServedOnceAndGetTheSameReply(isSigned: Bool) async throws {
        let servers = ScriptedUpstreams(.json(#"{"result":1}"#), .json(#"{"result":2}"#))
        let office = try Self.office(servers, isSigned: isSigned)
        for _ in 1...5 { #expect(await office.sent(Self.tools) == #"{"result":1}"#) }
        #expect(servers.requests.count == 1)
        #expect(await office.sent(Self.tools + " ") == #"{"result":2}"#, "other bytes are another webhook")
        #expect(await office.sent(Self.tools) == #"{"result":1}"#)
        #expect(servers.requests.count == 2)
    }

    @Test func theSameBytesWithAnotherTimestampAreAnotherWebhook() async throws {
        let servers = ScriptedUpstreams(.json(#"{"result":1}"#), .json(#"{"result":2}"#))
        let office = try Self.office(servers)
        #expect(await office.sent(Self.tools, age: 0) == #"{"result":1}"#)
        #expect(await office.sent(Self.tools, age: 1) == #"{"result":2}"#)
    }

    @Test func toolCallsThatAreOnTheirWayAreNotServedTwice() async throws {
        let isAsked = Mutex<CheckedContinuation<Void, Never>?>(nil)
        let servers = ScriptedUpstreams(.json(#"{"result":1}"#), .json(#"{"result":2}"#)) {
            await withCheckedContinuation { continuation in isAsked.withLock { $0 = continuation } }
        }
        let office = try Self.office(servers)
        async let first = office.sent(Self.tools)
        while isAsked.withLock({ $0 == nil }) { await Task.yield() }
        async let second = office.sent(Self.tools)
        async let third = office.sent(Self.tools)
        for _ in 0..<100 { await Task.yield() }
        isAsked.withLock { $0 }?.resume()
        #expect(await [first, second, third] == Array(repeating: #"{"result":1}"#, count: 3))
        #expect(servers.requests.count == 1)
    }

    @Test(arguments: [
        Row("a server that may have had it", UpstreamFailure.timedOut, 1),
        Row("one that had it", .status(500), 1), Row("one that was not asked", .exhausted("Too many open files"), 2),
    ])
    func aFailureIsRepeatedUnlessTheServerWasNotAsked(_ row: Row<UpstreamFailure, Int>) async throws {
        let servers = ScriptedUpstreams(.failed(row.input), .json(#"{"result":1}"#))
        let office = try Self.office(servers)
        let failure = #"{"error":"the tools cannot be reached at the moment"}"#
        #expect(await office.sent(Self.tools) == failure)
        #expect(await office.sent(Self.tools) == (row.expected == 1 ? failure : #"{"result":1}"#))
        #expect(servers.requests.count == row.expected)
    }

    @Test(arguments: ["status-update", "end-of-call-report"], [true, false])
    func noticesAreForwardedOnce(_ type: String, isSigned: Bool) async throws {
        let servers = ScriptedUpstreams(.json("{}"))
        let office = try Self.office(servers, isSigned: isSigned)
        let body = WebhookBody.sample { $0.type = .string(type) }.text
        for _ in 1...3 { #expect(await office.sent(body) == "{}") }
        #expect(await office.sent(body + " ") == "{}")
        office.service.forwarder.stop()
        await office.service.forwarder.run()
        #expect(servers.requests.count == 2)
    }

    @Test func whatIsRememberedIsBounded() async throws {
        // Two such replies are more than a generation keeps, and there are two generations.
        let large = String(repeating: "x", count: 3 << 20)
        let servers = ScriptedUpstreams(.json("{\"result\":\"\(large)\"}"))
        let office = try Self.office(servers)
        for blanks in 1...3 { _ = await office.sent(Self.tools + String(repeating: " ", count: blanks)) }
        _ = await office.sent(Self.tools + "   ")
        #expect(servers.requests.count == 3, "the newest is known")
        _ = await office.sent(Self.tools + " ")
        #expect(servers.requests.count == 4, "the oldest is not")
    }

    @Test func theStopDoesNotWaitForAServerThatDoesNotAnswer() async throws {
        let servers = ScriptedUpstreams(.json("{}")) {
            // For ever, unless it is cancelled.
            do { try await Task.sleep(for: .seconds(600)) } catch {}
        }
        let office = try Self.office(servers, forwardingPatience: .milliseconds(100))
        let body = WebhookBody.sample { $0.type = "status-update" }.text
        for blanks in 0..<20 { _ = await office.sent(body + String(repeating: " ", count: blanks)) }
        let cursor = office.log.cursor
        office.service.forwarder.stop()
        // Those under way would take ten minutes.
        await office.service.forwarder.run()
        let words = office.log.events(after: cursor).events.compactMap { event in
            if case .desk(let event) = event { event.words } else { nil as String? }
        }
        #expect(words.contains { $0.hasPrefix("20 webhooks to forward had not been accepted") }, "\(words)")
    }
}
