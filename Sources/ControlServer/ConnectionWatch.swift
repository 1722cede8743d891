// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import NIOCore
import NIOHTTPTypes

/// Ends a connection in time: one that is idle, that never finishes its request, that speaks no HTTP, that is done.
///
/// Hummingbird's own idle timeout knows nothing of half a head and starts anew with each piece of a body.
final class ConnectionWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    let conversation: Conversation
    let limits: ControlLimits
    var progress = Progress(at: .now())
    /// Whether nothing more is read or written here but what this handler itself says in parting.
    var isParting = false
    var timer: Scheduled<Void>?
    var context: ChannelHandlerContext?

    init(conversation: Conversation, limits: ControlLimits) {
        self.conversation = conversation
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
    func bytesCame() {
        guard !isParting else { return }
        progress.bytesCame(at: .now())
        setTimer()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isParting else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            progress.headCame()
            if head.headerFields[.connection]?.lowercased() == "close" { progress.endAfter(progress.asked) }
        case .body: break
        case .end:
            progress.requestCame()
            conversation.complete()
        }
        setTimer()
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isParting else {
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
        if progress.isLastSent { part() } else { setTimer() }
    }

    /// Hummingbird closes its side when it is done; that waits here until what it wrote has left.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        progress.endAfter(progress.replied)
        if progress.isLastSent { part() }
        promise?.succeed()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if isParting, event as? ChannelEvent == .inputClosed { return context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isParting else { return }
        if error is IOError || !progress.canStillFail { return context.close(promise: nil) }
        tell(.badRequest)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        conversation.end()
        context.fireChannelInactive()
    }
}
