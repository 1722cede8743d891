// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import NIOCore
import NIOHTTPTypes

/// Ends a connection in time: one that is idle, never finishes its request, does not speak HTTP, or is done.
///
/// Hummingbird has no such life cycle: its idle timeout does not see half a head and restarts with each piece of a body, its
/// 400 has no body, and it closes a connection without waiting for the client to read the reply.
final class ConnectionWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let connection: ControlConnection
    private let limits: ControlLimits
    private(set) var progress = RequestProgress(at: .now())
    /// Whether nothing more is read or written here except the last reply of this handler itself.
    private var isClosing = false
    private var timer: Scheduled<Void>?
    private var context: ChannelHandlerContext?

    init(connection: ControlConnection, limits: ControlLimits) {
        self.connection = connection
        self.limits = limits
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        setTimer()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        self.context = nil
    }

    /// Notes that bytes came; the decoder gets them next.
    fileprivate func bytesCame() {
        guard !isClosing else { return }
        progress.bytesCame(at: .now())
        setTimer()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isClosing else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            progress.headCame()
            if head.headerFields[.connection]?.lowercased() == "close" { progress.endAfter(progress.asked) }
        case .body: break
        case .end:
            progress.requestCame()
            connection.complete()
        }
        setTimer()
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isClosing else {
            promise?.fail(ChannelError.outputClosed)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.kind != .informational:
            progress.replyBegan()
            if head.headerFields[.connection] == "close" { progress.endAfter(progress.replied + 1) }
            if progress.endsWithThisReply { head.headerFields[.connection] = "close" }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .head, .body:
            context.write(data, promise: promise)
        case .end:
            progress.replyEnded()
            let left = promise ?? context.eventLoop.makePromise()
            left.futureResult.assumeIsolated().whenSuccess { self.replyLeft() }
            context.write(data, promise: left)
        }
    }

    private func replyLeft() {
        progress.replyLeft(at: .now())
        if progress.isLastSent { finish() } else { setTimer() }
    }

    /// Hummingbird closes its side when it is done; that waits here until everything is sent.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        progress.endAfter(progress.replied)
        if progress.isLastSent { finish() }
        promise?.succeed()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if isClosing, event as? ChannelEvent == .inputClosed { return context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isClosing else { return }
        if error is IOError || !progress.canStillFail { return context.close(promise: nil) }
        reject(with: .badRequest)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        connection.end()
        context.fireChannelInactive()
    }
}

extension ConnectionWatch {
    /// Sets the one timer of the connection to its next deadline.
    private func setTimer() {
        timer?.cancel()
        timer = nil
        guard let context, !isClosing, let deadline = progress.deadline(limits) else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in self?.expire() }
    }

    private func expire() {
        guard !isClosing else { return }
        if progress.isIdle || !progress.canStillFail { return close() }
        reject(with: .tooSlow)
    }

    /// Closes at once.
    func close() {
        isClosing = true
        context?.close(promise: nil)
    }

    /// Ends the connection in an orderly way: at once when nothing is asked, else after the reply that is under way.
    func stop() {
        connection.end()
        if progress.isSettled { return close() }
        progress.endAfter(min(progress.asked, progress.replied + 1))
    }

    /// Answers a request that cannot be read, and ends.
    private func reject(with reply: ControlReply) {
        guard let context, !isClosing else { return }
        let response = reply.response()
        var head = response.head
        head.headerFields[.connection] = "close"
        isClosing = true
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if case .bytes(let bytes) = reply.body {
            context.write(wrapOutboundOut(.body(ByteBuffer(bytes: bytes))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        linger(context)
    }

    /// Ends after everything has been sent.
    private func finish() {
        guard let context, !isClosing else { return }
        isClosing = true
        linger(context)
    }

    /// Closes our side and waits a while for the client to close: what it still sends would otherwise reset the connection,
    /// and the client might never read the reply.
    private func linger(_ context: ChannelHandlerContext) {
        connection.end()
        timer?.cancel()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.closing)) {
            context.close(promise: nil)
        }
        context.close(mode: .output, promise: nil)
    }
}

/// Reports bytes to the watch of a connection before the HTTP decoder has them, so that half a head counts too.
final class EarlyBytesHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let watch: ConnectionWatch

    init(watch: ConnectionWatch) {
        self.watch = watch
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        watch.bytesCame()
        context.fireChannelRead(data)
    }
}
