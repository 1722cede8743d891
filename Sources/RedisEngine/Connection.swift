// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore
import NIOPosix
import NIOSSL
import Sharing

/// One connection to Redis: replies come in the order of the commands, each within a time.
final class Connection: Sendable {
    private let channel: any Channel
    private let handler: NIOLoopBound<ReplyHandler>
    /// Where it leads, for people.
    let peer: String

    /// How long a command may take, unless it is one that waits.
    private let patience: Duration
    /// What the kernel waits for an acknowledgement of what was sent, in milliseconds.
    private static let userTimeout = 2000

    private init(_ channel: any Channel, _ handler: NIOLoopBound<ReplyHandler>, peer: String, patience: Duration) {
        self.channel = channel
        self.handler = handler
        self.peer = peer
        self.patience = patience
    }

    /// Connects; `onMessage` gets what subscribed channels bring, on the event loop.
    static func open(
        _ address: EngineAddress, tls: NIOSSLContext?, patience: Duration, on group: any EventLoopGroup,
        onMessage: @escaping @Sendable () -> Void
    ) async throws(ConnectionProblem) -> Connection {
        let peer = "\(address)"
        let loop = group.next()
        let made = loop.makePromise(of: NIOLoopBound<ReplyHandler>.self)
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(TimeAmount(patience))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(tlsHandler(for: address, tls))
                    }
                    guard let handler = ReplyHandler(peer: peer, patience: patience, onMessage: onMessage) else {
                        throw ReplyProblem.noMemory
                    }
                    try channel.pipeline.syncOperations.addHandler(handler)
                    made.succeed(NIOLoopBound(handler, eventLoop: channel.eventLoop))
                }
            }
        do {
            let channel: any Channel
            switch address.place {
            case .host(let host, let port):
                channel =
                    try await bootstrap
                    .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                    .channelOption(.tcpOption(.init(rawValue: TCP_USER_TIMEOUT)), value: userTimeout)
                    .connect(host: host, port: port).get()
            case .socket(let path): channel = try await bootstrap.connect(unixDomainSocketPath: path).get()
            }
            return Connection(channel, try await made.futureResult.get(), peer: peer, patience: patience)
        } catch {
            made.fail(error)
            throw .notSent("cannot connect to Redis at \(peer): \(words(of: error))")
        }
    }

    private static func tlsHandler(for address: EngineAddress, _ tls: NIOSSLContext) throws -> NIOSSLClientHandler {
        switch address.place {
        case .host(let host, _):
            do {
                return try NIOSSLClientHandler(context: tls, serverHostname: host)
            } catch let error as NIOSSLExtraError where error == .cannotUseIPAddressInSNI {
                // The certificate is compared with the address itself.
                return try NIOSSLClientHandler(context: tls, serverHostname: nil)
            }
        case .socket: return try NIOSSLClientHandler(context: tls, serverHostname: nil)
        }
    }

    var isOpen: Bool { channel.isActive }

    /// Returns when it is closed.
    func waitUntilClosed() async {
        do {
            try await channel.closeFuture.get()
        } catch {
            // It is closed all the same.
        }
    }

    func close() { channel.close(promise: nil) }

    /// Sends commands in one go and waits for all their replies.
    ///
    /// When the time is over the connection is closed, since nobody could tell which reply comes next.
    func send(_ commands: [RedisCommand], within time: Duration? = nil) async throws(ConnectionProblem) -> [RedisReply]
    {
        let promise = channel.eventLoop.makePromise(of: [RedisReply].self)
        let time = time ?? patience
        channel.eventLoop.execute { self.handler.value.send(commands, within: time, promise) }
        do {
            return try await promise.futureResult.get()
        } catch let problem as ConnectionProblem {
            throw problem
        } catch {
            throw .noAnswer("the connection to Redis at \(peer) failed: \(Self.words(of: error))")
        }
    }

    /// The reason of a failure, without addresses and types of the library.
    static func words(of error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError: error.connectionErrors.first.map { words(of: $0.error) } ?? "unknown host"
        case let error as IOError: String(cString: strerror(error.errnoCode))
        case ChannelError.connectTimeout(let time): "no answer within \(time.nanoseconds / 1_000_000) ms"
        case let error as ReplyProblem: error.words
        case let error as ConnectionProblem: error.engineError(isChange: false).words
        case is ChannelError: "the connection was closed"
        case NIOSSLError.handshakeFailed, NIOSSLError.unableToValidateCertificate:
            "its certificate is not trusted, or it does not speak TLS"
        case is NIOSSLExtraError: "its certificate is that of another host"
        case is NIOSSLError: "the TLS handshake failed"
        default: "it failed"
        }
    }
}

extension Duration {
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}

/// Matches replies to commands.
private final class ReplyHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private struct Asked {
        var missing: Int
        var replies: [RedisReply] = []
        let promise: EventLoopPromise<[RedisReply]>
        let timer: Scheduled<Void>
    }

    /// How often an idle connection is tried.
    private static let pause = TimeAmount.seconds(1)

    private let reader: ReplyReader
    private let peer: String
    private let patience: Duration
    private let onMessage: @Sendable () -> Void
    private var asked: CircularBuffer<Asked> = []
    private var context: ChannelHandlerContext?
    private var reason: ConnectionProblem?
    private var hasHeard = false
    private var nextTry: Scheduled<Void>?

    init?(peer: String, patience: Duration, onMessage: @escaping @Sendable () -> Void) {
        guard let reader = ReplyReader() else { return nil }
        self.reader = reader
        self.peer = peer
        self.patience = patience
        self.onMessage = onMessage
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        scheduleTry(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    private func scheduleTry(_ context: ChannelHandlerContext) {
        nextTry = context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) { [weak self] in self?.tryIdle() }
    }

    /// A connection whose other end is gone without a word is found out by asking.
    private func tryIdle() {
        if let context { scheduleTry(context) }
        defer { hasHeard = false }
        guard asked.isEmpty, !hasHeard, let context, context.channel.isActive else { return }
        send([RedisCommand("PING")], within: patience, context.eventLoop.makePromise())
    }

    func send(_ commands: [RedisCommand], within time: Duration, _ promise: EventLoopPromise<[RedisReply]>) {
        guard let context, context.channel.isActive else {
            return promise.fail(reason?.unsent ?? .notSent("the connection to Redis at \(peer) is closed"))
        }
        var buffer = context.channel.allocator.buffer(capacity: 256)
        guard commands.allSatisfy({ $0.write(into: &buffer) }) else {
            return promise.fail(ConnectionProblem.notSent(ReplyProblem.noMemory.words))
        }
        let timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(time)) { [weak self] () -> Void in
            guard let self else { return }
            fail(.noAnswer("Redis at \(self.peer) did not answer within \(time.milliseconds) ms"))
        }
        asked.append(Asked(missing: commands.count, promise: promise, timer: timer))
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        hasHeard = true
        let buffer = unwrapInboundIn(data)
        do {
            try buffer.withUnsafeReadableBytes { bytes throws(ReplyProblem) in try reader.read(bytes) { take($0) } }
        } catch {
            fail(.noAnswer("Redis at \(peer): \(error.words)"))
        }
    }

    private func take(_ reply: RedisReply) {
        if case .array(let elements) = reply, elements.count == 3, elements[0].text == "message" { return onMessage() }
        guard !asked.isEmpty else {
            return fail(.noAnswer("Redis at \(peer) sent a reply that nobody asked for"))
        }
        asked[asked.startIndex].replies.append(reply)
        asked[asked.startIndex].missing -= 1
        guard asked[asked.startIndex].missing == 0 else { return }
        let done = asked.removeFirst()
        done.timer.cancel()
        done.promise.succeed(done.replies)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(.noAnswer("the connection to Redis at \(peer) failed: \(Connection.words(of: error))"))
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.noAnswer("Redis at \(peer) closed the connection"))
        context.fireChannelInactive()
    }

    /// Fails whatever waits, for the first reason that there was, and closes the connection.
    private func fail(_ problem: ConnectionProblem) {
        let problem = reason ?? problem
        reason = problem
        let waiting = asked
        asked = []
        for one in waiting {
            one.timer.cancel()
            one.promise.fail(problem)
        }
        context?.close(promise: nil)
    }

    private func end() {
        fail(.noAnswer("the connection to Redis at \(peer) was closed"))
        nextTry?.cancel()
        context = nil
    }
}

extension ConnectionProblem {
    /// The same for what comes too late to be sent.
    fileprivate var unsent: ConnectionProblem {
        switch self {
        case .notSent(let words), .noAnswer(let words): .notSent(words)
        }
    }
}
