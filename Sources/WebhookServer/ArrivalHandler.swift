// SPDX-License-Identifier: Apache-2.0

import Exchange
import NIOCore

/// Stamps each read before the HTTP decoder sees it, so that an answer's time counts from the first byte.
final class ArrivalHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let arrival: Arrival
    private let exchange: Exchange

    init(arrival: Arrival, exchange: Exchange) {
        self.arrival = arrival
        self.exchange = exchange
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        arrival.newest = exchange.ticks
        if arrival.first == nil { arrival.first = arrival.newest }
        context.fireChannelRead(data)
    }
}
