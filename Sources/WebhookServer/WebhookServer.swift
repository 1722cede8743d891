// SPDX-License-Identifier: Apache-2.0

package import CallAnswering
import Glibc
import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// Listens for webhooks until it is told to stop; then it finishes what it is answering.
package final class WebhookServer: Service {
    /// Where it really listens; the port that the system chose, where 0 was asked for.
    package let address: ServerAddress
    private let channel: any Channel
    private let quiescing: ServerQuiescingHelper

    private init(address: ServerAddress, channel: any Channel, quiescing: ServerQuiescingHelper) {
        self.address = address
        self.channel = channel
        self.quiescing = quiescing
    }

    /// Binds the address and begins to answer.
    package static func start(
        on address: ServerAddress, path: String, limits: ServerLimits, exchange: AnswerService
    ) async throws(WebhookServerError) -> WebhookServer {
        let server = try await bind(on: address, path: path, limits: limits, exchange: exchange)
        server.begin()
        return server
    }

    /// Binds the address, and answers nobody yet: who calls waits until it begins.
    package static func bind(
        on address: ServerAddress, path: String, limits: ServerLimits, exchange: AnswerService
    ) async throws(WebhookServerError) -> WebhookServer {
        let quiescing = ServerQuiescingHelper(group: group)
        let bootstrap = bootstrap(quiescing, WebhookRoute(path: path), limits, exchange)
        do {
            let channel = try await bootstrap.bind(host: address.host, port: address.port).get()
            let bound = ServerAddress(host: address.host, port: channel.localAddress?.port ?? address.port)
            return WebhookServer(address: bound, channel: channel, quiescing: quiescing)
        } catch {
            throw Self.reason(error, address)
        }
    }

    /// Begins to answer.
    package func begin() {
        channel.setOption(.autoRead, value: true).whenFailure { [channel] _ in channel.close(promise: nil) }
    }

    /// Gives the address back, for a server that does not begin.
    package func giveUp() {
        channel.close(promise: nil)
    }

    /// How long open connections may take to finish once the server stops.
    private static let patience = TimeAmount.seconds(5)

    /// Answers until it is told to stop, then until the last connection is done or patience ends.
    package func run() async throws {
        let stopped = channel.eventLoop.makePromise(of: Void.self)
        try await withTaskCancellationOrGracefulShutdownHandler {
            try await stopped.futureResult.get()
        } onCancelOrGracefulShutdown: {
            self.quiesce(completing: stopped)
        }
    }

    private func quiesce(completing stopped: EventLoopPromise<Void>) {
        let quiet = channel.eventLoop.makePromise(of: Void.self)
        quiet.futureResult.cascade(to: stopped)
        channel.eventLoop.scheduleTask(in: Self.patience) { stopped.succeed() }
        quiescing.initiateShutdown(promise: quiet)
    }
}

extension WebhookServer {
    /// The event loops of the process, one a core.
    ///
    /// They never end, since `ServerQuiescingHelper` and connections past their patience still tell them things.
    private static let group = MultiThreadedEventLoopGroup.singleton

    private static func bootstrap(
        _ quiescing: ServerQuiescingHelper, _ route: WebhookRoute, _ limits: ServerLimits, _ exchange: AnswerService
    ) -> ServerBootstrap {
        let shares = EventLoopLocals(group, connections: limits.connections)
        return ServerBootstrap(group: group)
            .serverChannelOption(.autoRead, value: false)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            .childChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            // Who sends a request and then nothing more still gets the reply.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            // One client that pipelines without end gets small turns, so that the others get theirs.
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 2048, maximum: 8192)
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let arrival = Arrival()
                    let webhooks = WebhookHandler(
                        route: route, exchange: exchange, limits: limits, arrival: arrival,
                        share: shares.share(of: channel.eventLoop))
                    try channel.pipeline.syncOperations.addHandlers([
                        ArrivalHandler(arrival: arrival, exchange: exchange, webhooks: webhooks),
                        ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)),
                        webhooks,
                    ])
                }
            }
    }

    private static func reason(_ error: any Error, _ address: ServerAddress) -> WebhookServerError {
        guard let error = error as? IOError else { return .cannotListen(address, reason: "\(error)") }
        if error.errnoCode == EADDRINUSE { return .addressTaken(address) }
        return .cannotListen(address, reason: String(cString: strerror(error.errnoCode)))
    }
}
