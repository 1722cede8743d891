// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
import Rules
package import Signatures
import WebhookJSON

/// Answers webhooks: verify, decode, decide, fill, record.
///
/// It waits for nothing but the memory.
package final class Exchange: Sendable {
    /// `nil` answers unsigned requests too.
    private let verifier: SignatureVerifier?
    private let books: BookInUse
    private let log: EventLog
    private let clock: WallClock
    /// How long an answer may take before the fallback goes out instead, in nanoseconds.
    private let answerWithin: UInt64
    private let ids: DecisionIDs

    package init(
        verifier: SignatureVerifier?, books: BookInUse, log: EventLog, clock: WallClock, answerWithin: UInt64
    ) {
        self.verifier = verifier
        self.books = books
        self.log = log
        self.clock = clock
        self.answerWithin = answerWithin
        ids = DecisionIDs(startedAt: clock.now())
    }

    /// The clock that times answers; the listener stamps the first byte of a request with it.
    package var ticks: UInt64 { clock.ticks() }

    /// Answers one webhook and records what happened; a refusal is an answer too.
    package func answer(_ inbound: InboundWebhook) -> Reply {
        let now = clock.now()
        do throws(Refusal) {
            try verifier?.verify(
                inbound.body, signature: inbound.signature, timestamp: inbound.timestamp, at: now)
            let webhook = try WebhookDecoder.decode(inbound.body)
            switch webhook.event {
            case .assistantRequest: return answer(webhook.call, inbound, at: now)
            case .toolCalls: return note(webhook, inbound, at: now, replying: .noTools)
            case .status, .report, .other: return note(webhook, inbound, at: now, replying: .empty)
            }
        } catch {
            return refuse(error, from: inbound.peer)
        }
    }

    /// Turns a request away and records why.
    package func refuse(_ refusal: Refusal, from peer: String) -> Reply {
        log.record(refusal, from: peer, at: clock.now())
        return Reply(refusing: refusal)
    }

    private func answer(_ call: AssistantRequest, _ inbound: InboundWebhook, at now: Instant) -> Reply {
        if let earlier = log.answer(for: call.callID) {
            log.recordRepeat(of: call.callID, at: now, body: Array(inbound.body))
            return Reply(status: .ok, body: earlier.reply)
        }
        let book = books.current
        let id = ids.next()
        var (decision, reply) = book.answer(call, id: id, at: now)
        var taken = clock.ticks() - inbound.startedAt
        if taken > answerWithin {
            (decision, reply) = book.fallback(call, id: id, at: now)
            taken = clock.ticks() - inbound.startedAt
        }
        let answered = Answered(
            request: call, body: Array(inbound.body), decision: decision, reply: reply, receivedAt: now,
            microseconds: taken / 1000)
        return Reply(status: .ok, body: log.record(answered).reply)
    }

    private func note(
        _ webhook: Webhook, _ inbound: InboundWebhook, at now: Instant, replying reply: Reply
    ) -> Reply {
        log.record(webhook, at: now, body: Array(inbound.body))
        return reply
    }
}
