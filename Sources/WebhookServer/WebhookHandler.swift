// SPDX-License-Identifier: Apache-2.0

import Calls
import DequeModule
import CallAnswering
import Glibc
import NIOCore
import NIOHTTP1

/// The HTTP side of one connection: collects a request, has it answered, writes the reply in the same turn.
///
/// Answers are ready at once, so replies leave in the order of the requests and pipelining needs no queue.
final class WebhookHandler: ChannelInboundHandler, Outbox.Connection {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let route: WebhookRoute
    private let answers: AnswerService
    private let limits: ServerLimits
    private let arrival: Arrival
    private var state = ConnectionState.waiting
    /// The server stops: what comes is still answered, and every reply announces the end of the connection.
    private var isStopping = false
    /// What follows the request that is being answered cannot be read.
    private var isBroken = false
    /// The client sends nothing more, but may still wait for replies.
    private var isInputClosed = false
    private let limiter: ConnectionLimiter<any Channel>
    private let outbox: Outbox
    private var place: ConnectionLimiter<any Channel>.Place?
    /// When the limiter was last notified of a good request, in `AnswerService.ticks`.
    private var notedAt: UInt64?
    /// The shortest time between two notifications of the limiter, in nanoseconds.
    private static let notePause: UInt64 = 50_000_000
    /// Whether the connection may be read, apart from pauses.
    private var isReadWanted = true
    private var crumbs = CrumbCount()
    private var isPaused = false
    /// The client behind a proxy whose incomplete request is counted.
    private var countedClient: String?
    /// Whether the other end may name the client of a request.
    private var isProxy = false
    /// Whether written bytes have not been sent yet.
    private var hasUnsent = false
    private var peer = "?"
    private var timer: Scheduled<Void>?
    private var written = ByteBuffer()
    /// What arrived while waiting for a reply.
    private var queued: Deque<HTTPServerRequestPart> = []
    private var context: ChannelHandlerContext?

    init(
        route: WebhookRoute, answers: AnswerService, limits: ServerLimits, arrival: Arrival,
        limiter: ConnectionLimiter<any Channel>, outbox: Outbox
    ) {
        self.route = route
        self.answers = answers
        self.limits = limits
        self.arrival = arrival
        self.limiter = limiter
        self.outbox = outbox
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        peer = context.remoteAddress?.ipAddress ?? "local"
        isProxy = limits.proxies.contains(peer)
        arrival.newest = answers.ticks
        watch(context)
        place = limiter.enter(context.channel)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        if let place = place.take() { limiter.exit(place) }
        forgetClient()
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        arrival.bounds.note(part)
        take(part, context)
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        if isAnswering { return queued.append(part) }
        switch part {
        case .head(let head): if case .waiting = state { begin(head, context) }
        case .body(let piece): if state.take(piece) > limits.body { endTooLarge(context) }
        case .end: end(context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if hasUnsent { outbox.send(self) }
        context.fireChannelReadComplete()
    }

    /// A client that does not take its replies is not read either, since unsent replies are kept in memory.
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if !isAnswering { read(context.channel.isWritable, context) }
        context.fireChannelWritabilityChanged()
    }

    func sendNow() {
        guard hasUnsent else { return }
        hasUnsent = false
        context?.flush()
    }

    /// Closes after the written bytes have been sent; what still arrives is discarded.
    private func close() {
        guard let context else { return }
        state = .ending
        hasUnsent = false
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }

    private func leave() {
        context?.close(promise: nil)
    }

    /// Closes the connection for another one, unless it has a request in hand or unread bytes.
    private func giveWay(_ context: ChannelHandlerContext) {
        if isAnswering || hasUnreadBytes(context) {
            if let place { limiter.refuse(place) }
        } else {
            leave()
        }
    }

    /// A connection whose request waits in the socket looks quiet, but must not be closed.
    private func hasUnreadBytes(_ context: ChannelHandlerContext) -> Bool {
        do {
            return try context.channel.pipeline.syncOperations.withUnsafeTransportIfAvailable { (socket: CInt) in
                var byte: UInt8 = 0
                return recv(socket, &byte, 1, CInt(MSG_PEEK | MSG_DONTWAIT)) > 0
            } ?? false
        } catch {
            // It is closed already.
            return false
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent: stop(context)
        case is AcceptGate.GiveWay: giveWay(context)
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
        // What follows the request is not HTTP, or is incomplete; the pending reply is the last one.
        case (.answering, .some): isBroken = true
        case (_, .invalidEOFState): endIncomplete(context)
        case (_, .some): endWith(answers.refuse(.notHTTP, from: peer), context)
        }
    }
}

extension WebhookHandler {
    /// Answers a request in its usual shape; returns `false`, and does nothing, if it is not one or not its turn.
    func answerPlain(_ read: ByteBuffer) -> Bool {
        guard case .waiting = state, let context,
            let request = RequestInProgress(plain: read, start: route.plainStart, startedAt: arrival.requestCame),
            request.size <= limits.body
        else { return false }
        arrival.first = nil
        answer(request, context)
        return true
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        // One that came in the same read as the end of another is not complete either.
        arrival.first = arrival.first ?? arrival.newest
        let request = RequestInProgress(head, startedAt: arrival.requestCame)
        if let refusal = refusal(of: request) {
            return endWith(answers.refuse(refusal, from: client(of: request)), context)
        }
        switch route.target(of: head) {
        case .webhook:
            state = .collecting(request)
            if request.expectation == .goAhead {
                context.writeAndFlush(
                    wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
            }
        case .health(let question): state = .reportingHealth(question, request)
        case .refused(let refusal): state = .refusing(refusal, request)
        }
    }

    /// Why a request is refused before its body has arrived.
    private func refusal(of request: RequestInProgress) -> Refusal? {
        if request.hasImpossibleSize { return .notHTTP }
        if let size = request.announcedSize, size > limits.body { return .tooLarge(limit: limits.body) }
        if !request.hasOneHost { return .notHTTP }
        if request.hasUnknownCoding { return .unknownCoding }
        if request.expectation == .unknown { return .unknownExpectation }
        return countClient(of: request) ? nil : .tooManyRequests
    }

    private func end(_ context: ChannelHandlerContext) {
        arrival.noteEnd()
        forgetClient()
        if case .ending = state { return close() }
        let ended = state
        state = .waiting
        switch ended {
        case .collecting(let request): answer(request, context)
        case .refusing(let refusal, let request):
            write(answers.refuse(refusal, from: client(of: request)), for: request, context)
        case .reportingHealth(let question, let request):
            // A proxy that checks takes a server that stops out of use.
            let reply =
                switch question {
                case _ where isStopping: Reply(refusing: .stopping)
                case .running: Reply(status: .ok, body: Array(#"{"status":"ok"}"#.utf8))
                case .ready: answers.readiness.reply
                }
            write(reply, for: request, context)
        case .waiting, .answering, .ending: break
        }
    }

    private func answer(_ request: RequestInProgress, _ context: ChannelHandlerContext) {
        switch response(to: request) {
        case .ready(let reply):
            if reply.status == .ok { noteGoodRequest() }
            write(reply, for: request, context)
        case .forwarding(let reply, let notice):
            noteGoodRequest()
            write(reply, for: request, context)
            answers.send(notice, headers: request.webhookHeaders)
        case .waiting(let pending):
            noteGoodRequest()
            wait(for: pending, request, context)
        }
    }

    private func noteGoodRequest() {
        if let notedAt, arrival.newest &- notedAt < Self.notePause { return }
        notedAt = arrival.newest
        if let place { limiter.noteGoodRequest(place) }
    }

    private func response(to request: RequestInProgress) -> Response {
        request.withWebhook(of: client(of: request)) { answers.answer($0) }
    }

    private func write(_ reply: Reply, for request: RequestInProgress, _ context: ChannelHandlerContext) {
        let isLast = request.isLast || isStopping || isBroken
        let connection: HTTPReply.Connection =
            isLast ? .closes : request.isKeptByRequest ? .staysOpenByRequest : .staysOpen
        let bytes = response(reply, connection, withBody: !request.isHead, context)
        guard isLast else {
            context.write(wrapOutboundOut(bytes), promise: nil)
            hasUnsent = true
            return
        }
        // A client that did not ask for the end may have sent more, which would reset the connection.
        if isStopping, !request.isLast, !isInputClosed { return endAfter(bytes, context) }
        state = .ending
        context.writeAndFlush(wrapOutboundOut(bytes)).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }

    /// Replies at once and discards the rest of the request.
    ///
    /// Closing while bytes still arrive would reset the connection and could lose the reply.
    private func endWith(_ reply: Reply, _ context: ChannelHandlerContext) {
        if case .ending = state { return }
        forgetClient()
        endAfter(response(reply, .closes, withBody: true, context), context)
    }

    private func endAfter(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        state = .ending
        hasUnsent = false
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        context.close(mode: .output, promise: nil)
        if isStopping { leaveLater(context) }
    }

    /// Refuses a request that announces a chunk larger than a body may be, without waiting for its bytes.
    func refuseLargeBody() {
        guard let context else { return }
        // After a request that waits for its answer the pending reply is the last one.
        if isAnswering { isBroken = true } else { endTooLarge(context) }
    }

    private func endTooLarge(_ context: ChannelHandlerContext) {
        if case .ending = state { return }
        endWith(answers.refuse(.tooLarge(limit: limits.body), from: countedClient ?? peer), context)
    }

    /// Refuses a request of which the client sends no more.
    private func endIncomplete(_ context: ChannelHandlerContext) {
        let client = countedClient ?? peer
        forgetClient()
        state = .ending
        hasUnsent = false
        let bytes = response(answers.refuse(.incomplete, from: client), .closes, withBody: true, context)
        context.writeAndFlush(wrapOutboundOut(bytes)).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }

    private func response(
        _ reply: Reply, _ connection: HTTPReply.Connection, withBody: Bool, _ context: ChannelHandlerContext
    ) -> ByteBuffer {
        HTTPReply.write(reply, connection: connection, withBody: withBody, over: &written)
        return written
    }
}

/// The end of the server.
extension WebhookHandler {
    /// Goes on answering for a moment: a request may be on its way, and its client has to learn that no other may follow.
    private func stop(_ context: ChannelHandlerContext) {
        guard !isStopping else { return }
        isStopping = true
        leaveLater(context)
    }

    private func leaveLater(_ context: ChannelHandlerContext, in time: TimeAmount? = nil) {
        context.eventLoop.assumeIsolated().scheduleTask(in: time ?? limits.lameDuck) { [weak self] in
            self?.leaveUnused(context)
        }
    }

    /// Closes a connection that nothing came over; one that has a request ends with its reply.
    private func leaveUnused(_ context: ChannelHandlerContext) {
        guard self.context != nil else { return }
        switch state {
        case .waiting: if hasUnreadBytes(context) { leaveLater(context, in: .milliseconds(10)) } else { close() }
        case .ending: leave()
        case .collecting, .refusing, .reportingHealth, .answering: break
        }
    }
}

/// Clients of proxies.
extension WebhookHandler {
    /// Who sent a request.
    private func client(of request: RequestInProgress) -> String {
        isProxy ? limits.proxies.client(of: peer, request.forwardedFor) : peer
    }

    /// Counts a request whose body has to arrive first; `false` if its client has too many.
    ///
    /// A connection of a proxy serves many clients, so that connections do not show who holds the places.
    private func countClient(of request: RequestInProgress) -> Bool {
        guard isProxy else { return true }
        let client = client(of: request)
        guard client != peer else { return true }
        guard limiter.beginRequest(of: client, most: limits.requestsPerClient) else { return false }
        countedClient = client
        return true
    }

    private func forgetClient() {
        if let client = countedClient.take() { limiter.endRequest(of: client) }
    }
}

/// Clients that send a request byte by byte.
extension WebhookHandler {
    /// Notes a read that was left to the decoder, and pauses the connection if its requests come in crumbs.
    func noteRead(of size: Int) {
        guard let pause = crumbs.pause(afterReading: size, isComplete: arrival.first == nil), let context else {
            return
        }
        isPaused = true
        applyReading(context)
        context.eventLoop.assumeIsolated().scheduleTask(in: pause) { [weak self] in
            guard let self else { return }
            isPaused = false
            applyReading(context)
        }
    }
}

extension WebhookHandler {
    /// Sets the connection's one timer; it looks at the clock when it fires, so that requests need not reset it.
    private func watch(_ context: ChannelHandlerContext) {
        let expiry = ConnectionExpiry(limits: limits, newest: arrival.newest, requestSince: arrival.first)
        // No further ahead than a request may take, so that one that begins meanwhile is checked in time.
        let look = min(max(expiry.at, .now() + .milliseconds(100)), .now() + limits.request)
        // Not weak: a weak reference makes every other one to the handler slower. `handlerRemoved` ends the cycle.
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: look) { self.expire(context) }
    }

    private func expire(_ context: ChannelHandlerContext) {
        let expiry = ConnectionExpiry(limits: limits, newest: arrival.newest, requestSince: arrival.first)
        guard expiry.at <= .now() else { return watch(context) }
        switch (expiry.why, state) {
        // The server takes the time; further requests can wait.
        case (_, .answering): watch(context)
        // The process did not run, and could not read what came in time.
        case (.idle, .waiting) where hasUnreadBytes(context): watch(context)
        case (.slowRequest, .waiting) where !isPaused && hasUnreadBytes(context),
            (.slowRequest, .collecting) where !isPaused && hasUnreadBytes(context):
            watch(context)
        case (.idle, _), (_, .ending): leave()
        case (.slowRequest, _):
            endWith(answers.refuse(.tooSlow, from: countedClient ?? peer), context)
            context.close(promise: nil)
        }
    }
}

extension WebhookHandler {
    /// Waits off the event loop; meanwhile nothing more is read from this connection.
    private func wait(for pending: PendingReply, _ request: RequestInProgress, _ context: ChannelHandlerContext) {
        state = .answering(request)
        read(false, context)
        let reply = context.eventLoop.makePromise(of: FinishedReply.self)
        reply.completeWithTask { [answers, headers = request.webhookHeaders] in
            await answers.finish(pending, headers: headers)
        }
        reply.futureResult.assumeIsolated().whenSuccess {
            [weak self, answers] finished in
            self?.replyIsReady(finished.reply)
            // The platform's signature does not cover what is sent here.
            if let notice = finished.notice { answers.send(notice, headers: []) }
        }
    }

    private func replyIsReady(_ reply: Reply) {
        // Without a context the client is gone; the log has the answer.
        guard case .answering(let request) = state, let context else { return }
        state = .waiting
        write(reply, for: request, context)
        while !isAnswering, let part = queued.popFirst() { take(part, context) }
        sendNow()
        if isAnswering { return }
        if isInputClosed { close() } else { read(context.channel.isWritable, context) }
    }

    private var isAnswering: Bool {
        if case .answering = state { true } else { false }
    }

    private func read(_ isWanted: Bool, _ context: ChannelHandlerContext) {
        isReadWanted = isWanted
        applyReading(context)
    }

    private func applyReading(_ context: ChannelHandlerContext) {
        // Only a closed channel refuses, and that one is not read anyway.
        _ = context.channel.setOption(.autoRead, value: isReadWanted && !isPaused)
    }
}
