// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import NIOCore

/// Stamps each read before the HTTP decoder sees it, so that an answer's time counts from the first byte; a plain request
/// goes past the decoder.
final class ArrivalHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let arrival: Arrival
    private let answers: AnswerService
    private let webhooks: WebhookHandler
    /// Whether every request so far was plain: the decoder then holds no bytes, and order is kept.
    private var isPlain = true

    init(arrival: Arrival, answers: AnswerService, webhooks: WebhookHandler) {
        self.arrival = arrival
        self.answers = answers
        self.webhooks = webhooks
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        arrival.newest = answers.ticks
        if arrival.first == nil { arrival.first = arrival.newest }
        if isPlain {
            isPlain = webhooks.answerPlain(unwrapInboundIn(data))
            if isPlain { return }
        }
        context.fireChannelRead(data)
    }
}

/// When the bytes of a connection arrived; shared by the two handlers of its pipeline, on one event loop.
final class Arrival {
    /// `AnswerService.ticks` at the newest read.
    var newest: UInt64 = 0
    /// `AnswerService.ticks` at the first byte of the request that is not complete yet.
    var first: UInt64?
}
