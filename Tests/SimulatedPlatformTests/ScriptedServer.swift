// SPDX-License-Identifier: Apache-2.0

import Calls
import NIOCore
import NIOHTTP1
import NIOPosix
import OutboundHTTP
import SimulatedPlatform
import Synchronization

/// A real HTTP server on a free port of this machine that does, for each request, the next thing of its script.
final class ScriptedServer: Sendable {
    /// What it does with one request; the last one of a script is repeated.
    enum Act: Sendable {
        case reply(status: Int, body: String)
        /// Replies and says that the connection ends.
        case replyLast(body: String)
        case hangUp
        case hangUpHalfway
        case keepSilent
        case talkNonsense
        case replyEndlessly
    }

    /// What came in.
    struct Seen: Sendable {
        var heads: [HTTPRequestHead] = []
        var bodies: [[UInt8]] = []
        var connections = 0
    }

    private let script: [Act]
    private let seen = Mutex(Seen())

    private init(_ script: [Act]) {
        self.script = script
    }

    /// Runs a test with a server and an HTTP client, then ends both.
    static func run(
        _ script: [Act], _ body: (ScriptedServer, WebhookTarget, OutboundHTTP) async throws -> Void
    ) async throws {
        let server = ScriptedServer(script)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    server.noteConnection()
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withOutboundHeaderValidation: false)
                    try channel.pipeline.syncOperations.addHandler(ScriptedHandler(server))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let target = WebhookTarget(host: "127.0.0.1", port: channel.localAddress?.port ?? 0, path: "/webhook?a=b")
        let http = OutboundHTTP()
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(server, target, http))
        } catch {
            result = .failure(error)
        }
        try await http.shutDown()
        try await channel.close()
        try result.get()
    }

    var requests: Seen { seen.withLock { $0 } }

    func noteConnection() {
        seen.withLock { $0.connections += 1 }
    }

    /// Notes a request and returns what to do with it.
    func act(on head: HTTPRequestHead, _ body: [UInt8]) -> Act {
        seen.withLock { seen in
            defer {
                seen.heads.append(head)
                seen.bodies.append(body)
            }
            return script[min(seen.heads.count, script.count - 1)]
        }
    }
}
