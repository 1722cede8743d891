// SPDX-License-Identifier: Apache-2.0

import DequeModule
import CallAnswering
import NIOCore

extension WebhookHandler {
    /// Waits away from the event loop; meanwhile nothing more is read from this connection.
    func wait(for pending: PendingReply, _ request: RequestInProgress, _ context: ChannelHandlerContext) {
        state = .answering(request)
        read(false, context)
        let reply = context.eventLoop.makePromise(of: Reply.self)
        reply.completeWithTask { [exchange, headers = request.webhookHeaders] in
            await exchange.finish(pending, headers: headers)
        }
        reply.futureResult.assumeIsolated().whenSuccess { [weak self] in self?.replyIsReady($0) }
    }

    private func replyIsReady(_ reply: Reply) {
        // Without a context the other end is gone; the answer stands in the log.
        guard case .answering(let request) = state, let context else { return }
        state = .waiting
        write(reply, for: request, context)
        while !isAnswering, let part = behind.popFirst() { take(part, context) }
        sendNow()
        if isAnswering { return }
        if isInputClosed { close() } else { read(context.channel.isWritable, context) }
    }

    var isAnswering: Bool {
        if case .answering = state { true } else { false }
    }

    func read(_ isWanted: Bool, _ context: ChannelHandlerContext) {
        // Only a closed channel refuses, and then nothing is read anyway.
        _ = context.channel.setOption(.autoRead, value: isWanted)
    }
}
