// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import Glibc
import OutboundHTTP
import TestSupport
import Testing

/// Head and body of a reply arrive within the time, or the request has failed and its connection is closed.
@Suite(.timeLimit(.minutes(5))) struct StalledReplyTests {
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
        try await OutboundHTTP.withClient(connectionsPerServer: 8) { http in
            try await StallingServer.run(.stallsAfterHead) { server, url in
                let upstreams = HTTPUpstreams(http: http)
                let count = http.connectionsPerServer + 20
                let replies = await withTaskGroup(of: UpstreamReply.self) { group in
                    for _ in 0..<count {
                        group.addTask { await upstreams.send(Self.webhook, to: url, within: .seconds(1)) }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                let busy = UpstreamReply.failed(.busy(connections: 8))
                #expect(replies.count == count)
                let others = replies.filter { ![busy, .failed(.timedOut)].contains($0) }
                #expect(others == [])
                #expect(replies.contains(busy), "waiting for a connection is not the server's failure")
                server.behave(.answers)
                let reply = await upstreams.send(Self.webhook, to: url, within: .seconds(20))
                #expect(reply == .failed(.notJSON), "the reply arrives")
                // Those of requests that got their connection last may be idle in the pool.
                while server.connections > 8 { await Task.yield() }
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

    @Test("break 6", .timeLimit(.minutes(5))) func theShutdownDoesNotWaitForAConnectionThatIsBeingMade() async throws {
        let host = try FullListener()
        // The connection would be given up after ten minutes.
        try await OutboundHTTP.withClient(connectSeconds: 600) { http in
            let reply = await HTTPUpstreams(http: http).send(Self.webhook, to: host.url, within: .milliseconds(50))
            #expect(reply == .failed(.timedOut))
        }
    }
}

/// A port at which connections are neither made nor refused: as many wait to be accepted as may.
private final class FullListener {
    private struct NoSocket: Error {}

    let url: String
    private var sockets: [CInt] = []

    init() throws {
        let listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        sockets = [listener]
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        func call(_ function: (UnsafeMutablePointer<sockaddr>) -> CInt) -> CInt {
            withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1, function)
            }
        }
        var length = size
        guard listener >= 0, call({ bind(listener, $0, size) }) == 0, listen(listener, 0) == 0,
            call({ getsockname(listener, $0, &length) }) == 0
        else { throw NoSocket() }
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/x"
        for _ in 0..<4 {
            let client = socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
            sockets.append(client)
            _ = call { connect(client, $0, size) }
        }
    }

    deinit {
        for socket in sockets { close(socket) }
    }
}
