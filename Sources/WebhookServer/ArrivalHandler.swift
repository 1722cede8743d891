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
    private let stalls: StallWatch
    /// Whether every request so far was plain: the decoder then holds no bytes, and order is kept.
    private var isPlain = true

    init(arrival: Arrival, answers: AnswerService, webhooks: WebhookHandler, stalls: StallWatch) {
        self.stalls = stalls
        self.arrival = arrival
        self.answers = answers
        self.webhooks = webhooks
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        arrival.newest = answers.ticks
        let waited = stalls.waited(at: arrival.newest, context)
        if arrival.first == nil {
            arrival.first = arrival.newest
            arrival.waited = waited
        }
        let bytes = unwrapInboundIn(data)
        if isPlain {
            isPlain = webhooks.answerPlain(bytes)
            if isPlain { return }
        }
        let size = bytes.readableBytes
        decode(bytes, context)
        webhooks.noteRead(of: size)
    }

    /// Hands the bytes to the decoder, piece by piece, and notes when the next request begins.
    private func decode(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        var rest = bytes
        while rest.readableBytes > 0 {
            let wasBetween = arrival.bounds.isBetween
            let count = rest.withUnsafeReadableBytes { arrival.bounds.take($0) }
            if wasBetween, !arrival.bounds.isBetween { arrival.noteBeginning() }
            guard let piece = rest.readSlice(length: count) else { return }
            context.fireChannelRead(wrapInboundOut(piece))
            if arrival.bounds.hasLargeChunk { return webhooks.refuseLargeBody() }
        }
        // Empty lines between requests begin none.
        if arrival.bounds.isBetween { arrival.first = nil }
    }
}

/// When the bytes of a connection arrived; shared by the two handlers of its pipeline, on one event loop.
final class Arrival {
    /// Where requests begin and end, once one was not plain.
    var bounds: RequestBounds
    /// `AnswerService.ticks` when the newest request began.
    private var begun: UInt64 = 0
    /// `AnswerService.ticks` at the newest read.
    var newest: UInt64 = 0
    /// `AnswerService.ticks` at the first byte of the request that is not complete yet.
    var first: UInt64?
    /// How long that byte had waited in the system's buffer, in nanoseconds.
    var waited: UInt64 = 0

    init(largestBody: Int) { bounds = RequestBounds(largestBody: largestBody) }

    /// Notes that the first byte of a request came.
    func noteBeginning() {
        begun = newest
        first = first ?? newest
    }

    /// Notes that a request is complete; the clock of the next one, if it has begun, runs from its own first byte.
    func noteEnd() { first = bounds.isBetween ? nil : begun }

    /// When the request that is not complete yet came to this machine.
    var requestCame: UInt64 {
        let seen = first ?? newest
        return seen > waited ? seen - waited : 0
    }
}
