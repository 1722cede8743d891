// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import Synchronization

/// A server on a free port of this machine that begins a reply to every request and then behaves as asked.
final class StallingServer: Sendable {
    enum Behavior: Sendable {
        /// Head and body, at once.
        case answers
        /// Not even a head.
        case isSilent
        /// The head, and no body.
        case stallsAfterHead
        /// The head, and a byte of the body every 20 ms.
        case drips
        /// The lines of the request's head, as the text `head` of a JSON object, with bars between them.
        case echoesHead
        /// The JSON of the request's target, or 404.
        case looksUp([String: String])
    }

    private let behavior: Mutex<Behavior>
    private let open = Atomic(0)

    /// How many connections are open.
    var connections: Int { open.load(ordering: .relaxed) }

    private init(_ behavior: Behavior) {
        self.behavior = Mutex(behavior)
    }

    /// Runs a test with a server on a Unix socket, or on a port of this machine.
    static func run<Result>(
        _ behavior: Behavior, at path: String? = nil, _ test: (StallingServer, String) async throws -> Result
    ) async throws -> Result {
        let server = StallingServer(behavior)
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(server))
                }
            }
        let bound = path.map { bootstrap.bind(unixDomainSocketPath: $0) } ?? bootstrap.bind(host: "127.0.0.1", port: 0)
        let channel = try await bound.get()
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await test(server, "http://127.0.0.1:\(channel.localAddress?.port ?? 0)/x"))
        } catch {
            result = .failure(error)
        }
        try await channel.close()
        return try result.get()
    }

    func behave(_ behavior: Behavior) {
        self.behavior.withLock { $0 = behavior }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let server: StallingServer

        init(_ server: StallingServer) {
            self.server = server
        }

        func channelActive(context: ChannelHandlerContext) {
            server.open.add(1, ordering: .relaxed)
        }

        func channelInactive(context: ChannelHandlerContext) {
            server.open.subtract(1, ordering: .relaxed)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let head = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n"
            // Too long to be complete before any timeout of a test, however late a busy machine notices it, and even if the
            // request comes in two pieces, each of which gets a head.
            let longHead = "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n"
            switch server.behavior.withLock({ $0 }) {
            case .answers: send(head + #"{"name":"Jan Jansen"}"#.prefix(20), context)
            case .isSilent: break
            case .stallsAfterHead: send(longHead, context)
            case .drips:
                send(longHead, context)
                drip(context)
            case .echoesHead:
                let head = String(buffer: unwrapInboundIn(data)).replacing("\r\n", with: "|")
                let body = "{\"head\":\"\(head)\"}"
                send("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)", context)
            case .looksUp(let replies):
                let target = String(buffer: unwrapInboundIn(data)).split(separator: " ").dropFirst().first ?? ""
                let reply = replies[String(target)]
                let status = reply == nil ? "404 Not Found" : "200 OK"
                let body = reply ?? ""
                send("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)", context)
            }
        }

        private func send(_ text: String, _ context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        }

        private func drip(_ context: ChannelHandlerContext) {
            context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(20)) {
                guard context.channel.isActive else { return }
                self.send(" ", context)
                self.drip(context)
            }
        }
    }
}
