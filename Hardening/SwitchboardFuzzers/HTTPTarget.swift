// SPDX-License-Identifier: Apache-2.0

import Calls
import CallAnswering
import EventLog
import NIOCore
import NIOEmbedded
import NIOHTTP1
import PhoneNumbers
import Rules
import TestSupport
@testable import WebhookServer

/// The HTTP reader of a connection: bytes in one piece, in two and one by one are the same requests with the same replies.
///
/// A request that is read in two ways is how one is smuggled past a proxy.
enum HTTPTarget {
    static func requests(_ bytes: [UInt8]) {
        let whole = Conversation(pieces: [bytes[...]])
        let half = bytes.count / 2
        require(Conversation(pieces: [bytes[..<half], bytes[half...]]) == whole, "two pieces are read in another way")
        require(Conversation(pieces: bytes.indices.map { bytes[$0...$0] }) == whole, "bytes are read in another way")
    }
}

/// What one connection said, and what was recorded of it.
private struct Conversation: Equatable {
    let replies: String
    let calls: Int
    let refused: [String: Int]

    init(pieces: [ArraySlice<UInt8>]) {
        let log = EventLog(keep: Retention(calls: 100, bytes: 1 << 20))
        let rules = RuleSet.sample(otherwise: .greeting("Hi"), tags: false)
        let clock = WallClock(now: { .sample }, ticks: { 1 })
        let answers = AnswerService(
            verifier: nil, rules: CurrentRules(CompiledRules(rules)), log: log, clock: clock,
            answerWithin: 4_000_000_000, numbers: NoNumberingPlan(), upstreams: ScriptedUpstreams())
        let channel = EmbeddedChannel()
        let limits = ServerLimits(body: 1024)
        let arrival = Arrival(largestBody: limits.body)
        let webhooks = WebhookHandler(
            route: WebhookRoute(path: "/webhook"), answers: answers, limits: limits, arrival: arrival,
            limiter: ConnectionLimiter(limit: 8, perPeer: 8), outbox: Outbox(eventLoop: channel.eventLoop))
        var replies = ""
        do {
            try channel.pipeline.syncOperations.addHandlers([
                ArrivalHandler(arrival: arrival, answers: answers, webhooks: webhooks, stalls: StallWatch()),
                ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)),
                webhooks,
            ])
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 80)).wait()
            for piece in pieces where channel.isActive {
                try channel.writeInbound(ByteBuffer(bytes: piece))
                channel.embeddedEventLoop.run()
            }
            channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
            channel.embeddedEventLoop.run()
            while let reply = try channel.readOutbound(as: ByteBuffer.self) { replies += String(buffer: reply) }
            _ = try channel.finish(acceptAlreadyClosed: true)
        } catch {
            replies += "\n\(error)"
        }
        self.replies = replies
        let totals = log.snapshot().totals
        calls = totals.calls
        refused = totals.refused
    }
}
