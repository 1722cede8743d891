// SPDX-License-Identifier: Apache-2.0

package import CallAnswering
import Glibc
package import ListenerTLS
import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// Listens for webhooks until it is stopped; then it finishes the answers in progress.
package final class WebhookServer: Service {
    /// The address in use; with the port that the system chose, if 0 was requested.
    package let address: ServerAddress
    private let channel: any Channel
    private let quiescing: ServerQuiescingHelper
    /// Whether another process holds the listening socket too.
    private let isInherited: Bool

    private init(
        address: ServerAddress, channel: any Channel, quiescing: ServerQuiescingHelper, isInherited: Bool
    ) {
        self.address = address
        self.channel = channel
        self.quiescing = quiescing
        self.isInherited = isInherited
    }

    /// Binds the address and begins to answer.
    package static func start(
        on address: ServerAddress, path: String, limits: ServerLimits, tls: ListenerTLS? = nil,
        answers: AnswerService
    ) async throws(WebhookServerError) -> WebhookServer {
        let server = try await bind(on: address, path: path, limits: limits, tls: tls, answers: answers)
        server.begin()
        return server
    }

    /// Binds the address without answering yet: connections wait until `begin()`.
    ///
    /// Without `tls`, connections are not encrypted. `inherited` is a socket that listens at the address already, on which callers wait while servers take turns.
    package static func bind(
        on address: ServerAddress, inherited: Int32? = nil, path: String, limits: ServerLimits,
        tls: ListenerTLS? = nil, answers: AnswerService
    ) async throws(WebhookServerError) -> WebhookServer {
        let quiescing = ServerQuiescingHelper(group: group)
        let bootstrap = bootstrap(quiescing, WebhookRoute(path: path), limits, tls, answers)
        do {
            let channel: any Channel
            if let inherited {
                channel = try await bootstrap.withBoundSocket(inherited).get()
                // NIO called listen again, with a backlog of 128.
                listen(inherited, backlog)
            } else {
                channel = try await bootstrap.bind(host: address.host, port: address.port).get()
            }
            let bound = ServerAddress(host: address.host, port: channel.localAddress?.port ?? address.port)
            return WebhookServer(
                address: bound, channel: channel, quiescing: quiescing, isInherited: inherited != nil)
        } catch {
            throw Self.reason(error, address)
        }
    }

    /// Begins to answer.
    package func begin() {
        channel.setOption(.autoRead, value: true).whenFailure { [channel] _ in channel.close(promise: nil) }
    }

    /// Releases the address, for a server that does not begin.
    package func giveUp() {
        channel.close(promise: nil)
    }

    /// How long open connections may take to finish once the server stops.
    private static let patience = TimeAmount.seconds(5)

    /// Answers until it is stopped, then until the last connection is done or patience ends.
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
        channel.eventLoop.execute { self.closeOnceDrained(quiet, until: .now() + Self.drainTime) }
    }

    /// How long connections that wait to be accepted may keep the address from being closed.
    private static let drainTime = TimeAmount.milliseconds(100)
    /// How long an accepted connection may take to reach its event loop.
    private static let setUpTime = TimeAmount.milliseconds(50)

    /// Closes the address and notifies the connections; those that the system has made already are accepted first, since
    /// closing would reset them.
    private func closeOnceDrained(_ quiet: EventLoopPromise<Void>, until end: NIODeadline) {
        // Who waits on an inherited socket is served by the next server.
        guard !isInherited, NIODeadline.now() < end, hasWaitingConnections else { return pauseThenShutDown(quiet) }
        channel.eventLoop.execute { self.closeOnceDrained(quiet, until: end) }
    }

    /// Accepts no more, and lets the connections that were accepted reach their event loops: one that is shut down before it
    /// is set up would be reset.
    private func pauseThenShutDown(_ quiet: EventLoopPromise<Void>) {
        channel.setOption(.autoRead, value: false).whenComplete { _ in
            self.channel.eventLoop.scheduleTask(in: Self.setUpTime) {
                self.quiescing.initiateShutdown(promise: quiet)
            }
        }
    }

    private var hasWaitingConnections: Bool {
        do {
            return try channel.pipeline.syncOperations.withUnsafeTransportIfAvailable { (socket: CInt) in
                var asked = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
                return poll(&asked, 1, 0) > 0
            } ?? false
        } catch {
            // It is closed already.
            return false
        }
    }
}

extension WebhookServer {
    /// The event loops of the process, one a core.
    ///
    /// They never end, since `ServerQuiescingHelper` and connections past their patience still use them.
    private static let group = MultiThreadedEventLoopGroup.singleton

    /// How many connections may wait to be accepted; the system may allow fewer (`net.core.somaxconn`).
    private static let backlog: Int32 = 4096

    private static func bootstrap(
        _ quiescing: ServerQuiescingHelper, _ route: WebhookRoute, _ limits: ServerLimits, _ tls: ListenerTLS?,
        _ answers: AnswerService
    ) -> ServerBootstrap {
        let parts = LoopParts(group)
        let limiter = ConnectionLimiter<any Channel>(
            limit: limits.connections, perPeer: limits.connectionsPerPeer,
            slack: min(AcceptGate.slack, max(1, limits.connections / 8)))
        return ServerBootstrap(group: group)
            .serverChannelOption(.autoRead, value: false)
            .serverChannelOption(.backlog, value: backlog)
            .serverChannelOption(.maxMessagesPerRead, value: AcceptGate.batch)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        AcceptGate(limiter: limiter, proxies: limits.proxies))
                    try channel.pipeline.syncOperations.addHandler(quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            .childChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            // A client that half-closes after its request still gets the reply.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            // A client that pipelines without end gets small turns, so that others get theirs.
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 2048, maximum: 8192)
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandlers(
                            tls.handlers(handshakeWithin: limits.request))
                    }
                    let arrival = Arrival(largestBody: limits.body)
                    let part = parts.part(of: channel.eventLoop)
                    let webhooks = WebhookHandler(
                        route: route, answers: answers, limits: limits, arrival: arrival,
                        limiter: limiter, outbox: part.outbox)
                    try channel.pipeline.syncOperations.addHandlers([
                        ArrivalHandler(arrival: arrival, answers: answers, webhooks: webhooks, stalls: part.stalls),
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

/// What the connections of one event loop share.
private final class LoopPart {
    let outbox: Outbox
    let stalls = StallWatch()

    init(_ loop: any EventLoop) {
        outbox = Outbox(eventLoop: loop)
    }
}

/// The parts of all event loops of a server.
private struct LoopParts: Sendable {
    private let ofLoops: [ObjectIdentifier: NIOLoopBoundBox<LoopPart>]

    init(_ group: any EventLoopGroup) {
        ofLoops = Dictionary(
            uniqueKeysWithValues: group.makeIterator().map { loop in
                (ObjectIdentifier(loop), .makeBoxSendingValue(LoopPart(loop), eventLoop: loop))
            })
    }

    /// The part of an event loop; call it on that loop.
    func part(of loop: any EventLoop) -> LoopPart {
        ofLoops[ObjectIdentifier(loop)]?.value ?? LoopPart(loop)
    }
}

/// Where the webhook server listens.
package struct ServerAddress: Hashable, Sendable {
    package let host: String
    /// 0 asks the system for a free port.
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }
}

extension ServerAddress: CustomStringConvertible {
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// Why the server cannot listen.
package enum WebhookServerError: Error, Equatable, Sendable {
    case addressTaken(ServerAddress)
    case cannotListen(ServerAddress, reason: String)
}

extension WebhookServerError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .addressTaken(let address):
            "\(address) is already in use; stop the other program or choose another address with --listen"
        case .cannotListen(let address, let reason): "cannot listen on \(address): \(reason)"
        }
    }
}
