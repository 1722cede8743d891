// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import NIOCore
import NIOHTTPTypes

extension ConnectionWatch {
    /// Sets the one timer of the connection to its next deadline.
    func setTimer() {
        timer?.cancel()
        timer = nil
        guard let context, !isParting, let deadline = progress.deadline(limits) else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in self?.expire() }
    }

    private func expire() {
        guard !isParting else { return }
        if progress.isIdle || !progress.canStillFail { return close() }
        tell(.tooSlow)
    }

    /// Closes at once.
    func close() {
        isParting = true
        context?.close(promise: nil)
    }

    /// Ends the connection in an orderly way: at once when nothing is asked, else after the reply that is under way.
    func stop() {
        conversation.end()
        if progress.isSettled { return close() }
        progress.endAfter(min(progress.asked, progress.replied + 1))
    }

    /// Answers a request that cannot be read, and ends.
    func tell(_ reply: ControlReply) {
        guard let context, !isParting else { return }
        let response = reply.response()
        var head = response.head
        head.headerFields[.connection] = "close"
        isParting = true
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if case .bytes(let bytes) = reply.body {
            context.write(wrapOutboundOut(.body(ByteBuffer(bytes: bytes))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        linger(context)
    }

    /// Ends after everything has been said.
    func part() {
        guard let context, !isParting else { return }
        isParting = true
        linger(context)
    }

    /// Says that nothing more comes, and waits a while for the client to close: what it still sends would reset the
    /// connection, and the client might never read what it was told.
    private func linger(_ context: ChannelHandlerContext) {
        conversation.end()
        timer?.cancel()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.parting)) {
            context.close(promise: nil)
        }
        context.close(mode: .output, promise: nil)
    }
}
