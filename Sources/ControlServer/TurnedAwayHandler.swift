// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Tells a client that it is not served, without reading what it wants.
final class TurnedAwayHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let reply: ControlReply
    private let limits: ControlLimits
    private var timer: Scheduled<Void>?

    init(_ reply: ControlReply, limits: ControlLimits) {
        self.reply = reply
        self.limits = limits
    }

    func channelActive(context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.parting)) {
            context.close(promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(message), promise: nil)
        context.close(mode: .output, promise: nil)
    }

    /// Takes what the client sends, and drops it: left unread it would reset the connection before the client has read.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed { context.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
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
