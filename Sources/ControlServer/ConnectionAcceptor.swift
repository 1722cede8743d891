// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// Accepts connections: checks the peer and the limit, then hands them to Hummingbird's HTTP/1.1.
struct ConnectionAcceptor: Sendable {
    let routes: [ControlRoute]
    let limits: ControlLimits
    let logger: Logger
    /// Who is at the other end.
    var identify: @Sendable (any Channel) -> EventLoopFuture<ControlPeer> = ControlPeer.of
    let admits: @Sendable (ControlPeer) -> Bool
    let connections: NIOLoopBound<OpenConnections>

    /// Sets a new connection up, on its event loop, before anything is read from it.
    func receive(_ channel: any Channel) -> EventLoopFuture<Void> {
        identify(channel).flatMap { peer in
            channel.eventLoop.makeCompletedFuture { try admit(peer, channel) }
        }
    }

    private func admit(_ peer: ControlPeer, _ channel: any Channel) throws {
        let connections = connections.value
        guard !connections.isStopping else { throw ChannelError.ioOnClosedChannel }
        guard admits(peer) else { return try reject(channel, .forbidden) }
        guard connections.makeRoom() else { return try reject(channel, .busy) }
        let connection = ControlConnection(peer: peer, loop: channel.eventLoop)
        let watch = ConnectionWatch(connection: connection, limits: limits)
        try channel.pipeline.syncOperations.addHandler(EarlyBytesHandler(watch: watch))
        connections.add(watch, channel)
        serve(channel, connection, NIOLoopBound(watch, eventLoop: channel.eventLoop))
    }

    private func reject(_ channel: any Channel, _ reply: ControlReply) throws {
        guard connections.value.reject(channel) else { throw ChannelError.ioOnClosedChannel }
        try channel.pipeline.syncOperations.addHandler(RejectionHandler(reply, limits: limits))
    }

    private func serve(_ channel: any Channel, _ connection: ControlConnection, _ watch: NIOLoopBound<ConnectionWatch>)
    {
        let responder = Responder(routes: routes, connection: connection, limits: limits)
        let http = HTTP1Channel(
            responder: { request, writer, _ in try await responder.respond(to: request, writer) },
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [watch.value],
                httpDecoderConfiguration: .init(maxHeaderFieldSize: limits.head, maxHeaderListSize: limits.head)))
        let logger = logger
        http.setup(channel: channel, logger: logger).whenSuccess { connection in
            // Ends when the connection has closed. Unstructured on purpose: a hung route must not delay the shutdown.
            Task { await http.handle(value: connection, logger: logger) }
        }
    }
}

extension ConnectionAcceptor {
    /// Serves until a graceful shutdown begins; then stops listening, ends streams, gives replies a moment to finish, and
    /// closes everything.
    func serve(on loop: any EventLoop, stopListening: @escaping @Sendable () -> Void) async throws {
        let ended = loop.makePromise(of: Void.self)
        try await withTaskCancellationOrGracefulShutdownHandler {
            try await ended.futureResult.get()
        } onCancelOrGracefulShutdown: {
            loop.execute { self.stop(completing: ended, on: loop, stopListening) }
        }
    }

    private func stop(
        completing ended: EventLoopPromise<Void>, on loop: any EventLoop, _ stopListening: () -> Void
    ) {
        guard !connections.value.isStopping else { return }
        stopListening()
        connections.value.stop(completing: ended)
        loop.scheduleTask(in: TimeAmount(limits.closing)) { connections.value.close() }
    }
}

/// The connections that are open; on the event loop only.
final class OpenConnections {
    private let limit: Int
    private var watches: [ObjectIdentifier: ConnectionWatch] = [:]
    private var rejected = 0
    /// Set once the server stops; kept when the last connection has ended.
    private var ended: EventLoopPromise<Void>?

    init(limit: Int) {
        self.limit = limit
    }

    /// No connections yet, for an event loop.
    static func none(limit: Int, on loop: any EventLoop) async throws -> NIOLoopBound<OpenConnections> {
        try await loop.submit { NIOLoopBound(OpenConnections(limit: limit), eventLoop: loop) }.get()
    }

    /// Whether connections are no longer taken.
    var isStopping: Bool { ended != nil }

    /// Makes room for one more connection, if necessary by closing the one that has been idle longest.
    ///
    /// - Returns: `false` if the limit is reached and none is idle.
    func makeRoom() -> Bool {
        guard watches.count >= limit else { return true }
        let idle = watches.values.filter { $0.progress.isIdle }
        guard let oldest = idle.min(by: { $0.progress.quietSince < $1.progress.quietSince }) else { return false }
        oldest.close()
        remove(oldest)
        return true
    }

    /// Keeps a connection until it closes.
    func add(_ watch: ConnectionWatch, _ channel: any Channel) {
        watches[ObjectIdentifier(watch)] = watch
        channel.closeFuture.assumeIsolated().whenComplete { _ in self.remove(watch) }
    }

    /// Counts a rejected client; `false` if there are too many of these as well.
    func reject(_ channel: any Channel) -> Bool {
        guard rejected < limit else { return false }
        rejected += 1
        channel.closeFuture.assumeIsolated().whenComplete { _ in self.rejected -= 1 }
        return true
    }

    /// Ends every connection, at once or after the reply that is under way.
    func stop(completing ended: EventLoopPromise<Void>) {
        self.ended = ended
        for watch in watches.values { watch.stop() }
        if watches.isEmpty { ended.succeed() }
    }

    /// Closes what is still open.
    func close() {
        for watch in watches.values { watch.close() }
    }

    private func remove(_ watch: ConnectionWatch) {
        watches[ObjectIdentifier(watch)] = nil
        if watches.isEmpty { ended?.succeed() }
    }
}

/// Sends a client the reason why it is not served, without reading its request.
final class RejectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let reply: ControlReply
    private let limits: ControlLimits
    private var timer: Scheduled<Void>?
    private var isSaid = false

    /// How long a client may keep silent before it gets the reply without a request.
    private static let silence = TimeAmount.milliseconds(100)

    init(_ reply: ControlReply, limits: ControlLimits) {
        self.reply = reply
        self.limits = limits
    }

    func channelActive(context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.closing)) {
            context.close(promise: nil)
        }
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.silence) { self.reply(on: context) }
    }

    /// Replies once: HTTP clients take a reply that comes before they have asked for a broken connection.
    private func reply(on context: ChannelHandlerContext) {
        guard !isSaid else { return }
        isSaid = true
        context.writeAndFlush(wrapOutboundOut(message), promise: nil)
        context.close(mode: .output, promise: nil)
    }

    /// Discards what the client sends: left unread, it would reset the connection before the client has read the reply.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) { reply(on: context) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed { context.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        isSaid = true
    }

    private var message: ByteBuffer {
        guard case .bytes(let bytes) = reply.body else { return ByteBuffer() }
        var message = ByteBuffer(
            string: """
                HTTP/1.1 \(reply.status) \(reply.status == 403 ? "Forbidden" : "Service Unavailable")\r
                Content-Type: \(reply.contentType)\r
                Content-Length: \(bytes.count)\r
                Connection: close\r
                \r\n
                """)
        message.writeBytes(bytes)
        return message
    }
}
