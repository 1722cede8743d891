// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import OutboundHTTP
import TestSupport
import Testing

/// Head and body of a reply arrive within the time, or the request has failed and its connection is closed.
@Suite(.timeLimit(.minutes(1))) struct StalledReplyTests {
    private static let webhook = ForwardedWebhook(body: Array("{}".utf8), headers: [])

    @Test(arguments: [StallingServer.Behavior.isSilent, .stallsAfterHead, .drips])
    func aStalledUpstreamTimesOut(_ behavior: StallingServer.Behavior) async throws {
        try await OutboundHTTP.withClient { http in
            try await StallingServer.run(behavior) { _, url in
                let upstreams = HTTPUpstreams(http: http)
                let start = ContinuousClock.now
                let reply = await upstreams.send(Self.webhook, to: url, within: .milliseconds(200))
                #expect(reply == .failed(.timedOut))
                // The server would drip for 40 s, or wait for ever.
                #expect(start.duration(to: .now) >= .milliseconds(200))
            }
        }
    }

    @Test(arguments: [StallingServer.Behavior.isSilent, .stallsAfterHead, .drips])
    func aStalledContactSourceTimesOut(_ behavior: StallingServer.Behavior) async throws {
        try await OutboundHTTP.withClient { http in
            try await StallingServer.run(behavior) { _, url in
                let contacts = HTTPContacts(url: url, http: http)
                let answer = await contacts.contact(for: "+31612345678", within: .milliseconds(200))
                #expect(answer == .timedOut)
            }
        }
    }

    @Test func moreStalledRequestsThanConnectionsAllEndAndThenTheServerIsUsedAgain() async throws {
        try await OutboundHTTP.withClient { http in
            try await StallingServer.run(.stallsAfterHead) { server, url in
                let upstreams = HTTPUpstreams(http: http)
                let count = OutboundHTTP.connectionsPerServer + 20
                let replies = await withTaskGroup(of: UpstreamReply.self) { group in
                    for _ in 0..<count {
                        group.addTask { await upstreams.send(Self.webhook, to: url, within: .seconds(6)) }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                let busy = UpstreamReply.failed(.busy(connections: OutboundHTTP.connectionsPerServer))
                #expect(replies.count == count)
                let others = replies.filter { ![busy, .failed(.timedOut)].contains($0) }
                #expect(others == [])
                #expect(replies.contains(busy), "waiting for a connection is not the server's failure")
                server.behave(.answers)
                let reply = await upstreams.send(Self.webhook, to: url, within: .seconds(20))
                #expect(reply == .failed(.notJSON), "the reply arrives")
                // Those of requests that got their connection last may be idle in the pool.
                while server.connections > 40 { await Task.yield() }
            }
        }
    }

    @Test func aCancelledRequestEndsAtOnce() async throws {
        try await OutboundHTTP.withClient { http in
            try await StallingServer.run(.stallsAfterHead) { _, url in
                let request = Task {
                    await HTTPUpstreams(http: http).send(Self.webhook, to: url, within: .seconds(600))
                }
                request.cancel()
                #expect(await request.value == .failed(.unreachable("cancelled")))
            }
        }
    }
}
