// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
import RecentCalls
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
    private let numbers: any NumberPlan
    private let recent = RecentCalls()

    package init(
        verifier: SignatureVerifier?, books: BookInUse, log: EventLog, clock: WallClock, answerWithin: UInt64,
        numbers: any NumberPlan
    ) {
        self.verifier = verifier
        self.books = books
        self.log = log
        self.clock = clock
        self.answerWithin = answerWithin
        self.numbers = numbers
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
        let held = books.current
        let id = ids.next()
        var facts = CallFacts.none
        let depth = held.book.rules.rememberedCalls
        if depth > 0 {
            facts.earlier = recent.earlier(
                caller: call.caller.number, called: call.called.number, depth: depth)
        }
        var (decision, reply) = held.book.answer(
            call, gathering: &facts, from: LiveFacts(contacts: held.contacts, numbers: numbers), id: id, at: now)
        var taken = clock.ticks() - inbound.startedAt
        if taken > answerWithin {
            (decision, reply) = held.book.fallback(call, facts: facts, id: id, at: now)
            taken = clock.ticks() - inbound.startedAt
        }
        let answered = Answered(
            request: call, body: Array(inbound.body), decision: decision, reply: reply, receivedAt: now,
            microseconds: taken / 1000)
        let counted = log.record(answered)
        if depth > 0, counted.decision.id == id {
            recent.note(caller: call.caller.number, called: call.called.number, at: now, depth: depth)
        }
        return Reply(status: .ok, body: counted.reply)
    }

    private func note(
        _ webhook: Webhook, _ inbound: InboundWebhook, at now: Instant, replying reply: Reply
    ) -> Reply {
        log.record(webhook, at: now, body: Array(inbound.body))
        return reply
    }
}
