// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
import RecentCalls
import Rules
package import Signatures
import WebhookJSON

/// Answers webhooks: verify, decode, decide, fill, record.
///
/// It waits for nothing but the memory; what has to be waited for it hands back as a ``PendingReply``.
package final class AnswerService: Sendable {
    /// `nil` answers unsigned requests too.
    private let verifier: SignatureVerifier?
    private let books: CurrentRules
    let log: EventLog
    let clock: WallClock
    /// How long an answer may take before the fallback goes out instead, in nanoseconds.
    let answerWithin: UInt64
    let numbers: any NumberingPlan
    let upstreams: Upstreams
    /// Sends webhooks on that nobody waits for; somebody has to run it.
    package let forwarder: Forwarder
    private let ids: DecisionIDs
    private let recent = RecentCalls()

    package init(
        verifier: SignatureVerifier?, books: CurrentRules, log: EventLog, clock: WallClock, answerWithin: UInt64,
        numbers: any NumberingPlan, upstreams client: any UpstreamClient
    ) {
        self.verifier = verifier
        self.books = books
        self.log = log
        self.clock = clock
        self.answerWithin = answerWithin
        self.numbers = numbers
        upstreams = Upstreams(client: client, ticks: clock.ticks)
        forwarder = Forwarder(upstreams: upstreams, log: log, clock: clock)
        ids = DecisionIDs(startedAt: clock.now())
    }

    /// The clock that times answers; the listener stamps the first byte of a request with it.
    package var ticks: UInt64 { clock.ticks() }

    /// Answers one webhook and records what happened; a refusal is an answer too.
    package func answer(_ inbound: InboundWebhook) -> Response {
        let now = clock.now()
        do throws(Refusal) {
            try verifier?.verify(
                inbound.body, signature: inbound.signature, timestamp: inbound.timestamp, at: now)
            let webhook = try WebhookDecoder.decode(inbound.body)
            guard case .assistantRequest = webhook.event else {
                return note(webhook, inbound, books.current.book.rules.forwarding, at: now)
            }
            return answer(webhook.call, inbound, at: now)
        } catch {
            return .ready(refuse(error, from: inbound.peer))
        }
    }

    /// Turns a request away and records why.
    package func refuse(_ refusal: Refusal, from peer: String) -> Reply {
        log.record(refusal, from: peer, at: clock.now())
        return Reply(refusing: refusal)
    }

    private func answer(_ call: AssistantRequest, _ inbound: InboundWebhook, at now: Instant) -> Response {
        // Everything but the type may be missing (contract, section 15); the row wants a name all the same.
        guard !call.callID.text.isEmpty else {
            return answer(call.named(CallID("without-id-\(ids.next())")), inbound, at: now)
        }
        let open = OpenCall(call: call, id: ids.next(), held: books.current)
        var facts = CallFacts.none
        let depth = open.held.book.rules.rememberedCalls
        if depth > 0 {
            facts.earlier = recent.earlier(
                caller: call.caller.number, called: call.called.number, depth: depth)
        }
        let arrived = Arrived(body: Array(inbound.body), now: now, startedAt: inbound.startedAt)
        do throws(AwaitedFact) {
            let (decision, reply) = try open.held.book.answer(
                call, gathering: &facts,
                from: LiveFacts(contacts: open.held.contacts, numbers: numbers, now: arrived.startedAt), id: open.id,
                at: now)
            return .ready(conclude(open, decision, reply, facts, arrived))
        } catch {
            if let earlier = log.answerAgain(call.callID, at: now, body: arrived.body) {
                return .ready(Reply(status: .ok, body: earlier.reply))
            }
            return .waiting(PendingReply(work: .answer(open, facts, missing: error), arrived: arrived))
        }
    }

    /// Replaces an answer that is late, records it, and returns the reply that counts.
    func conclude(
        _ open: OpenCall, _ decision: consuming Decision, _ reply: consuming [UInt8], _ facts: CallFacts,
        _ arrived: Arrived
    ) -> Reply {
        var taken = clock.ticks() - arrived.startedAt
        if taken > answerWithin {
            (decision, reply) = open.held.book.fallback(open.call, facts: facts, id: open.id, at: arrived.now)
            taken = clock.ticks() - arrived.startedAt
        }
        let answered = Answered(
            request: open.call, body: arrived.body, decision: decision, reply: reply,
            receivedAt: arrived.now, microseconds: taken / 1000)
        let counted = log.record(answered)
        let depth = open.held.book.rules.rememberedCalls
        if depth > 0, counted === answered {
            recent.note(
                caller: open.call.caller.number, called: open.call.called.number, at: arrived.now, depth: depth)
        }
        return Reply(status: .ok, body: counted.reply)
    }
}
