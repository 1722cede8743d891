// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1
import NIOPosix

/// One HTTP/1.1 connection; it carries one webhook at a time.
struct PlatformConnection: Sendable {
    private let channel: any Channel
    private let collector: ReplyCollector

    var isOpen: Bool { channel.isActive }

    /// Connects to a server.
    static func open(
        to target: WebhookTarget, on group: any EventLoopGroup, within patience: TimeAmount
    ) async throws -> PlatformConnection {
        let eventLoop = group.next()
        let collector = ReplyCollector(on: eventLoop)
        let channel = try await ClientBootstrap(group: eventLoop)
            .connectTimeout(patience)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(collector)
                }
            }
            .connect(host: target.host, port: target.port).get()
        return PlatformConnection(channel: channel, collector: collector)
    }

    /// Sends one request and waits for its reply, at most until the deadline.
    func send(_ head: HTTPRequestHead, _ body: [UInt8], by deadline: NIODeadline) async throws -> CollectedReply {
        let reply = channel.eventLoop.submit {
            let promise = channel.eventLoop.makePromise(of: CollectedReply.self)
            guard channel.isActive else {
                promise.fail(ReplyFailure.closedUnanswered)
                return promise.futureResult
            }
            collector.expect(promise, by: deadline, on: channel)
            channel.write(HTTPClientRequestPart.head(head), promise: nil)
            channel.write(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: body))), promise: nil)
            channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
            return promise.futureResult
        }.flatMap { $0 }
        return try await withTaskCancellationHandler {
            try await reply.get()
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    func close() {
        channel.close(promise: nil)
    }
}
