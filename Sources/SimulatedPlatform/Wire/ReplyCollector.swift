// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// Puts the reply to one request together; the client's end of a connection.
///
/// A connection carries one request at a time, so there is one promise at a time.
final class ReplyCollector: ChannelInboundHandler, Sendable {
    typealias InboundIn = HTTPClientResponsePart

    /// The largest reply that is read.
    static let limit = 1 << 20

    /// A request that waits for its reply.
    private struct Waiting {
        let promise: EventLoopPromise<CollectedReply>
        let timer: Scheduled<Void>
        var status: HTTPResponseStatus?
        var isLast = false
        var body = ByteBuffer()
    }

    private let waiting: NIOLoopBoundBox<Waiting?>

    init(on eventLoop: any EventLoop) {
        waiting = .makeBoxSendingValue(nil, eventLoop: eventLoop)
    }

    /// Waits for the reply to a request that is about to be written; call it on the event loop.
    func expect(_ promise: EventLoopPromise<CollectedReply>, by deadline: NIODeadline, on channel: any Channel) {
        let timer = channel.eventLoop.scheduleTask(deadline: deadline) {
            self.fail(.late)
            channel.close(promise: nil)
        }
        waiting.value = Waiting(promise: promise, timer: timer)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            waiting.value?.status = head.status
            waiting.value?.isLast = !head.isKeepAlive
        case .body(let piece):
            waiting.value?.body.writeImmutableBuffer(piece)
            if let size = waiting.value?.body.readableBytes, size > Self.limit {
                fail(.tooLarge)
                context.close(promise: nil)
            }
        case .end: finish(context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(waiting.value?.status == nil ? .closedUnanswered : .closedHalfway)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case HTTPParserError.invalidEOFState: fail(.closedHalfway)
        case let error as HTTPParserError: fail(.notHTTP("\(error)"))
        default: fail(.closedHalfway)
        }
        context.close(promise: nil)
    }

    private func finish(_ context: ChannelHandlerContext) {
        guard let done = waiting.value, let status = done.status else { return }
        waiting.value = nil
        done.timer.cancel()
        done.promise.succeed(
            CollectedReply(status: Int(status.code), body: Array(buffer: done.body), isLast: done.isLast))
    }

    private func fail(_ failure: ReplyFailure) {
        guard let failed = waiting.value else { return }
        waiting.value = nil
        failed.timer.cancel()
        failed.promise.fail(failure)
    }
}
