// SPDX-License-Identifier: Apache-2.0

import Calls
import NIOCore
import NIOHTTP1
import NIOPosix
import OutboundHTTP
import Signatures
import SimulatedPlatform
import Synchronization
import Testing

@Suite struct PlatformClientTests {
    private static let now = Instant(microseconds: 1_782_900_000_999_999)

    /// Long, because hundreds of tests share the cores of the machine.
    private static let longTimeout = Duration.seconds(300)

    private func client(
        _ target: WebhookTarget, _ http: OutboundHTTP, secret: WebhookSecret? = nil, timeout: Duration = longTimeout
    ) -> PlatformClient {
        PlatformClient(target: target, secret: secret, timeout: timeout, http: http, now: { Self.now })
    }

    @Test func aWebhookGoesOutAsThePlatformSendsIt() async throws {
        let secret = try #require(WebhookSecret(Array("switchboard-test-secret".utf8)))
        try await ScriptedServer.run([.reply(status: 200, body: "{\"a\":1}")]) { server, target, http in
            let client = client(target, http, secret: secret)
            let reply = try await client.post(Array("{}".utf8), event: "tool-calls")
            #expect(reply.status == 200)
            #expect(reply.body == Array("{\"a\":1}".utf8))
            #expect(reply.milliseconds > 0)
            let head = try #require(server.requests.heads.first)
            #expect(head.method == .POST)
            #expect(head.uri == "/webhook?a=b")
            #expect(head.headers["Host"] == ["127.0.0.1:\(target.port)"])
            #expect(head.headers["Content-Type"] == ["application/json"])
            #expect(head.headers["Content-Length"] == ["2"])
            #expect(head.headers["User-Agent"] == ["HMS-Sovereign/1.0"])
            #expect(head.headers["X-Webhook-Event"] == ["tool-calls"])
            #expect(head.headers["X-Webhook-Timestamp"] == ["1782900000"])
            #expect(
                head.headers["X-Webhook-Signature"]
                    == ["sha256=97158bc802faccb257045a61c8bcc0de64d988ad74570420e870ff671432dbaa"])
            #expect(server.requests.bodies == [Array("{}".utf8)])
        }
    }

    @Test func theSecretIsAskedForEachTime() async throws {
        let secrets = Mutex(["one", "two"].map { WebhookSecret(Array($0.utf8)) })
        try await ScriptedServer.run([.reply(status: 200, body: "{}"), .reply(status: 200, body: "{}")]) {
            server, target, http in
            let client = PlatformClient(
                target: target, secret: secrets.withLock { $0.removeFirst() }, timeout: Self.longTimeout, http: http,
                now: { Self.now })
            for _ in 0..<2 { _ = try await client.post([], event: "x") }
            #expect(Set(server.requests.heads.flatMap { $0.headers["X-Webhook-Signature"] }).count == 2)
        }
    }

    @Test func withoutASecretNothingIsSigned() async throws {
        try await ScriptedServer.run([.reply(status: 204, body: "")]) { server, target, http in
            let reply = try await client(target, http).post([1, 2], event: "x")
            #expect(reply.status == 204)
            #expect(server.requests.heads.first?.headers.contains(name: "X-Webhook-Signature") == false)
        }
    }

    @Test func oneConnectionCarriesOneWebhookAfterTheOther() async throws {
        try await ScriptedServer.run([.reply(status: 200, body: "{}"), .reply(status: 401, body: "no")]) {
            server, target, http in
            let client = client(target, http)
            let first = try await client.post([], event: "a")
            #expect(first.status == 200)
            let second = try await client.post([], event: "b")
            #expect(second.status == 401)
            #expect(server.requests.connections == 1)
        }
    }

    @Test(
        arguments: [
            [.reply(status: 200, body: "1"), .hangUp, .reply(status: 200, body: "2")],
            [.replyLast(body: "1"), .reply(status: 200, body: "2")],
        ] as [[ScriptedServer.Act]])
    func aConnectionThatWasClosedIsOpenedAgain(_ script: [ScriptedServer.Act]) async throws {
        try await ScriptedServer.run(script) { server, target, http in
            let client = client(target, http)
            let first = try await client.post([], event: "a")
            #expect(first.body == Array("1".utf8))
            let second = try await client.post([], event: "b")
            #expect(second.body == Array("2".utf8))
            #expect(server.requests.connections == 2)
        }
    }

    @Test(
        arguments: [
            (.hangUp, .closed), (.hangUpHalfway, .closed), (.keepSilent, .timedOut(after: .milliseconds(200))),
            (.replyEndlessly, .replyTooLarge(limit: 1 << 20)),
        ] as [(ScriptedServer.Act, PlatformError)])
    func aMissingReplyIsAnError(_ act: ScriptedServer.Act, error: PlatformError) async throws {
        try await ScriptedServer.run([act]) { _, target, http in
            let timeout: Duration =
                error == .timedOut(after: .milliseconds(200)) ? .milliseconds(200) : Self.longTimeout
            await #expect(throws: error) { try await client(target, http, timeout: timeout).post([], event: "a") }
        }
    }

    @Test func anInvalidReplyIsAnError() async throws {
        try await ScriptedServer.run([.talkNonsense]) { _, target, http in
            let client = client(target, http)
            let error = await #expect(throws: PlatformError.self) { try await client.post([], event: "a") }
            guard case .notHTTP = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func anUnreachableServerIsNamed() async throws {
        let silent = try SilentPort()
        let port = silent.number
        let target = WebhookTarget(host: "127.0.0.1", port: port, path: "/webhook")
        let error = PlatformError.cannotConnect(to: "http://127.0.0.1:\(port)/webhook", reason: "Connection refused")
        let http = OutboundHTTP()
        await #expect(throws: error) { try await client(target, http).post([], event: "a") }
        try await http.shutDown()
        silent.close()
    }

    @Test func aCancelledWebhookEndsAtOnce() async throws {
        try await ScriptedServer.run([.keepSilent]) { _, target, http in
            let client = client(target, http, timeout: .seconds(600))
            let post = Task { () -> PlatformError? in
                do throws(PlatformError) {
                    _ = try await client.post([], event: "a")
                    return nil
                } catch {
                    return error
                }
            }
            post.cancel()
            #expect(await post.value == .cancelled)
        }
    }

    @Test func manyWebhooksGoOutAtOnce() async throws {
        try await ScriptedServer.run([.reply(status: 200, body: "{}")]) { server, target, http in
            let client = client(target, http)
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<200 { group.addTask { try await client.post([1], event: "a").status } }
                for try await status in group { #expect(status == 200) }
            }
            #expect(server.requests.bodies.count == 200)
        }
    }
}
