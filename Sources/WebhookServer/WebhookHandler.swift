// SPDX-License-Identifier: Apache-2.0

import Calls
import DequeModule
import CallAnswering
import NIOCore
import NIOHTTP1

/// The HTTP side of one connection: collects a request, asks the exchange, writes the reply in the same turn.
///
/// Answers are ready at once, so replies leave in the order of the requests and pipelining needs no queue.
final class WebhookHandler: ChannelInboundHandler, Outbox.Connection, ConnectionLimiter.Client {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    /// What the connection is doing.
    enum State {
        case waiting
        case collecting(RequestInProgress)
        /// The request is turned away, but its body has to pass before the reply.
        case refusing(Refusal, RequestInProgress)
        case reportingHealth(RequestInProgress)
        /// The reply is waited for; what comes meanwhile stands behind it.
        case answering(RequestInProgress)
        /// The last reply is written; what still comes is thrown away.
        case ending
    }

    private let route: WebhookRoute
    let exchange: AnswerService
    let limits: ServerLimits
    let arrival: Arrival
    var state = State.waiting
    private var isStopping = false
    /// The other end sends nothing more, and may still wait for replies.
    private(set) var isInputClosed = false
    private let share: EventLoopLocal
    /// Whether something is written that has not been sent.
    private var hasUnsent = false
    var peer = "?"
    var timer: Scheduled<Void>?
    private var written = ByteBuffer()
    /// How many bytes of buffer a connection keeps.
    private static let mostKept = 16 << 10
    /// What came while a reply was waited for.
    var behind: Deque<HTTPServerRequestPart> = []
    var context: ChannelHandlerContext?

    init(route: WebhookRoute, exchange: AnswerService, limits: ServerLimits, arrival: Arrival, share: EventLoopLocal) {
        self.route = route
        self.exchange = exchange
        self.limits = limits
        self.arrival = arrival
        self.share = share
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        peer = context.remoteAddress?.ipAddress ?? "local"
        arrival.newest = exchange.ticks
        watch(context)
        if !share.room.enter(self) { leave() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        share.room.exit(self)
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        take(unwrapInboundIn(data), context)
    }

    func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch (state, part) {
        case (.answering, _): behind.append(part)
        case (.waiting, .head(let head)): begin(head, context)
        case (.collecting(var request), .body(let piece)):
            // Taken out of the state first, so that appending does not copy.
            state = .waiting
            request.append(piece)
            take(.collecting(request), size: request.size, context)
        case (.refusing(let refusal, var request), .body(let piece)):
            state = .waiting
            request.pass(piece)
            take(.refusing(refusal, request), size: request.size, context)
        case (.reportingHealth(var request), .body(let piece)):
            request.pass(piece)
            take(.reportingHealth(request), size: request.size, context)
        case (_, .end): end(context)
        case (.ending, _), (_, .head), (.waiting, .body): break
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if hasUnsent { share.outbox.send(self) }
        context.fireChannelReadComplete()
    }

    /// Who does not take the replies is not read either: what is not sent yet is kept in memory.
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if !isAnswering { read(context.channel.isWritable, context) }
        context.fireChannelWritabilityChanged()
    }

    func sendNow() {
        guard hasUnsent else { return }
        hasUnsent = false
        context?.flush()
    }

    /// Closes once what is written has been sent; what still comes is thrown away.
    func close() {
        guard let context else { return }
        state = .ending
        hasUnsent = false
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }

    var quietSince: UInt64? { isAnswering ? nil : arrival.newest }

    func leave() {
        context?.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            isStopping = true
            if case .waiting = state { close() }
        case ChannelEvent.inputClosed:
            isInputClosed = true
            if !isAnswering { close() }
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch (state, error as? HTTPParserError) {
        case (_, nil): leave()
        case (.ending, _): close()
        // What comes behind the request is no HTTP, or half of it; the reply that is waited for is the last one.
        case (.answering, .some): isStopping = true
        case (_, .invalidEOFState): close()
        case (_, .some): endWith(exchange.refuse(.notHTTP, from: peer), context)
        }
    }
}

extension WebhookHandler {
    /// Answers a request in its usual shape; returns `false`, and has done nothing, where it is none or not its turn.
    func answerPlain(_ read: ByteBuffer) -> Bool {
        guard case .waiting = state, !isStopping, let context,
            let request = RequestInProgress(plain: read, start: route.plainStart, startedAt: arrival.first),
            request.size <= limits.body
        else { return false }
        arrival.first = nil
        answer(request, context)
        return true
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let request = RequestInProgress(head, startedAt: arrival.first ?? arrival.newest)
        if let size = request.announcedSize, size > limits.body {
            return endWith(exchange.refuse(.tooLarge(limit: limits.body), from: peer), context)
        }
        switch isStopping ? .refused(.stopping) : route.target(of: head) {
        case .webhook:
            state = .collecting(request)
            if request.awaitsContinue {
                context.writeAndFlush(
                    wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
            }
        case .health: state = .reportingHealth(request)
        case .refused(let refusal): state = .refusing(refusal, request)
        }
    }

    private func take(_ next: State, size: Int, _ context: ChannelHandlerContext) {
        guard size > limits.body else {
            state = next
            return
        }
        endWith(exchange.refuse(.tooLarge(limit: limits.body), from: peer), context)
    }

    private func end(_ context: ChannelHandlerContext) {
        arrival.first = nil
        if case .ending = state { return close() }
        let ended = state
        state = .waiting
        switch ended {
        case .collecting(let request): answer(request, context)
        case .refusing(let refusal, let request): write(exchange.refuse(refusal, from: peer), for: request, context)
        case .reportingHealth(let request):
            write(Reply(status: .ok, body: Array(#"{"status":"ok"}"#.utf8)), for: request, context)
        case .waiting, .answering, .ending: break
        }
    }

    private func answer(_ request: RequestInProgress, _ context: ChannelHandlerContext) {
        switch response(to: request) {
        case .ready(let reply): write(reply, for: request, context)
        case .forwarding(let reply, let notice):
            write(reply, for: request, context)
            exchange.send(notice, headers: request.webhookHeaders)
        case .waiting(let pending): wait(for: pending, request, context)
        }
    }

    private func response(to request: RequestInProgress) -> Response {
        (request.body ?? ByteBuffer()).withUnsafeReadableBytes { body in
            exchange.answer(
                InboundWebhook(
                    body: body, signature: request.signature, timestamp: request.timestamp, peer: peer,
                    startedAt: request.startedAt))
        }
    }

    func write(_ reply: Reply, for request: RequestInProgress, _ context: ChannelHandlerContext) {
        let isLast = request.isLast || isStopping
        let bytes = response(reply, isLast: isLast, withBody: !request.isHead, context)
        guard isLast else {
            context.write(wrapOutboundOut(bytes), promise: nil)
            hasUnsent = true
            return
        }
        state = .ending
        context.writeAndFlush(wrapOutboundOut(bytes)).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }

    /// Replies at once and lets the rest of the request run into the void.
    ///
    /// Closing while bytes still come would reset the connection and could take the reply with it.
    func endWith(_ reply: Reply, _ context: ChannelHandlerContext) {
        if case .ending = state { return }
        state = .ending
        let bytes = response(reply, isLast: true, withBody: true, context)
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        context.close(mode: .output, promise: nil)
    }

    private func response(
        _ reply: Reply, isLast: Bool, withBody: Bool, _ context: ChannelHandlerContext
    ) -> ByteBuffer {
        // Sent bytes are let go by then, so the buffer is written again, not made anew; an unusually large one is let go.
        if written.capacity > Self.mostKept { written = ByteBuffer() }
        written.clear(minimumCapacity: reply.body.count + 128)
        HTTPReply.write(reply, isLast: isLast, withBody: withBody, into: &written)
        return written
    }
}
