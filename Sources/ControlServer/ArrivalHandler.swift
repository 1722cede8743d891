// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Tells the watch of a connection about bytes before the HTTP decoder has them, so that half a head counts too.
final class ArrivalHandler: ChannelInboundHandler {
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
