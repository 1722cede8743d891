// SPDX-License-Identifier: Apache-2.0

package import Calls
import Dispatch
package import EventLog
package import RecentCalls
package import Rules
package import Signatures
import Synchronization
import WebhookJSON

/// Answers webhooks: verify, decode, decide, fill, record.
///
/// Nothing here waits for anything but memory; a reply that needs another server is handed back as a ``PendingReply``.
package final class AnswerService: Sendable {
    private let rules: CurrentRules
    package let log: EventLog
    /// The calls of all replicas of a desk, for what rules count; the same log on a desk of one server.
    private let desk: EventLog
    package let clock: WallClock
    /// How long an answer may take before the fallback goes out instead, in nanoseconds.
    let answerWithin: UInt64
    let numbers: any NumberingPlan
    let upstreams: Upstreams
    /// Forwards webhooks whose replies nobody waits for; it has to be run.
    package let forwarder: Forwarder
    /// The probes that arrive; they are answered like any webhook, and not counted.
    package let probes = ProbeArrivals()
    /// How long before their arrival webhooks are signed.
    package let signedAges = SignedAges()
    let replays: Replays
    /// What `/readyz` says.
    package let readiness = Readiness()
    private let ids: DecisionIDs
    /// What came before, for rules and texts that look back.
    package let recent: RecentCalls

    /// Forgets when a number called.
    package func forget(_ number: PhoneNumber) { recent.forget(number) }

    package init(
        verifier: SignatureVerifier?, rules: CurrentRules, log: EventLog, desk: EventLog? = nil, clock: WallClock,
        answerWithin: UInt64, numbers: any NumberingPlan, upstreams client: any UpstreamClient,
        forwardingPatience: Duration = .seconds(2)
    ) {
        self.desk = desk ?? log
        self.rules = rules
        self.log = log
        self.clock = clock
        self.answerWithin = answerWithin
        self.numbers = numbers
        upstreams = Upstreams(client: client, ticks: clock.ticks)
        forwarder = Forwarder(upstreams: upstreams, log: log, clock: clock, patience: forwardingPatience)
        replays = Replays(ticks: clock.ticks)
        let now = clock.now()
        ids = DecisionIDs(startedAt: now)
        recent = RecentCalls(since: now)
        rules.use(verifier)
    }

    /// Checks signatures with other secrets from now on.
    package func use(_ verifier: SignatureVerifier) { rules.use(verifier) }

    /// The secret that webhooks of our own are signed with; `nil` if signatures are not checked.
    package var signingSecret: WebhookSecret? { rules.current.verifier?.signing }

    /// The clock that times answers; the listener stamps the first byte of a request with it.
    package var ticks: UInt64 { clock.ticks() }

    /// Answers one webhook and records what happened; a refusal is an answer too.
    package func answer(_ inbound: InboundWebhook) -> Response {
        let now = clock.now()
        let rules = rules.current
        do throws(Refusal) {
            let verified = try rules.verifier?.verify(
                inbound.body, signature: inbound.signature, timestamp: inbound.timestamp, at: now)
            let digest = verified?.digest
            let webhook = try WebhookDecoder.decode(inbound.body)
            guard case .assistantRequest = webhook.event else {
                if let reply = Reply(toProbe: webhook) {
                    probes.note(webhook.call.callID.text)
                    return .ready(reply)
                }
                if let verified { signedAges.note(verified.age) }
                return note(webhook, inbound, digest, rules.policy, at: now)
            }
            if let verified { signedAges.note(verified.age) }
            return answer(webhook.call, inbound, digest, rules, at: now)
        } catch {
            return .ready(refuse(error, from: inbound.peer))
        }
    }

    /// Refuses a request and records why.
    package func refuse(_ refusal: Refusal, from peer: String) -> Reply {
        log.record(refusal, from: peer, at: clock.now())
        return Reply(refusing: refusal)
    }

    private func answer(
        _ call: AssistantRequest, _ inbound: InboundWebhook, _ digest: WebhookDigest?, _ rules: CurrentRules.Snapshot,
        at now: Instant
    ) -> Response {
        // Everything but the type may be missing (docs/platform.md, Identity of a call), but a row needs an id.
        guard !call.callID.isEmpty else {
            return answer(call.named(CallID("without-id-\(ids.next())")), inbound, digest, rules, at: now)
        }
        let call = read(call, by: rules.policy)
        let open = OpenCall(call: call, id: ids.next(), rules: rules)
        var facts = counted(call, for: open.rules.policy)
        let arrived = Arrived(
            body: Array(inbound.body), now: now, startedAt: inbound.startedAt, digest: digest)
        do throws(AwaitedFact) {
            let (decision, reply) = try open.rules.policy.answer(
                call, gathering: &facts,
                from: LiveFacts(
                    contacts: open.rules.contacts, called: call.called.number, numbers: numbers,
                    now: arrived.startedAt), id: open.id, at: now, explainer: open.rules.explainer)
            return conclude(open, decision, reply, facts, arrived).response
        } catch {
            if let earlier = log.answerAgain(call.callID, at: now, body: arrived.body) {
                return .ready(Reply(status: .ok, body: earlier.reply))
            }
            return .waiting(PendingReply(work: .answer(open, facts, missing: error), arrived: arrived))
        }
    }

    /// Reads numbers that are not plain E.164; a plain call does not ask the reader, a copy of which would count all its
    /// sets.
    private func read(_ call: AssistantRequest, by policy: CallPolicy) -> AssistantRequest {
        guard call.asSent != nil || !policy.compiled.rules.parties.keepsPlainNumbers else { return call }
        return policy.compiled.rules.parties.read(call, by: numbers)
    }

    /// What rules count for a call: earlier calls and live ones.
    package func counted(_ call: AssistantRequest, for policy: CallPolicy) -> CallFacts {
        var facts = CallFacts.none
        let counting = policy.compiled.counting
        if !counting.memory.isNone {
            var earlier = recent.earlier(
                caller: call.caller.number, called: call.called.number, counting.memory)
            if let last = earlier.last, last.report == nil { earlier.last?.report = desk.report(of: last.id) }
            facts.earlier = earlier
        }
        if counting.isLive {
            facts.live = LiveCallCounts(
                onLine: call.called.number.flatMap(desk.live.count(on:)) ?? 0,
                inGroup: policy.compiled.group(of: call.called.number).flatMap(desk.live.count(in:)) ?? 0)
        }
        return facts
    }

    /// Replaces a late answer, records the answer, and returns the reply that counts.
    func conclude(
        _ open: OpenCall, _ decision: consuming Decision, _ reply: consuming [UInt8], _ facts: CallFacts,
        _ arrived: Arrived
    ) -> FinishedReply {
        var taken = clock.ticks() - arrived.startedAt
        if taken > answerWithin {
            (decision, reply) = open.rules.policy.fallback(
                open.call, facts: facts, id: open.id, at: arrived.now, explainer: open.rules.explainer)
            taken = clock.ticks() - arrived.startedAt
        }
        let answered = Answered(
            request: open.call, body: arrived.body, decision: decision, reply: reply,
            receivedAt: arrived.now, microseconds: taken / 1000)
        let counted = log.record(answered)
        // Only what is needed: a copy of the rules would count a dozen references that all event loops share.
        let memory = open.rules.policy.compiled.counting.memory
        if !memory.isNone, counted === answered {
            remember(open.call, answered.decision.lineName, memory, at: arrived.now)
        }
        var notice: ForwardedNotice?
        if counted === answered, let upstream = open.rules.policy.compiled.rules.forwarding[.assistantRequest],
            arrived.digest.map(replays.isFirst) ?? true
        {
            notice = ForwardedNotice(
                upstream: upstream, type: Webhook.Event.Kind.assistantRequest.rawValue, content: .answered(answered))
        }
        return FinishedReply(reply: Reply(status: .ok, body: counted.reply), notice: notice)
    }
}

extension AnswerService {
    /// Remembers a call that another replica answered; not on the answering path.
    package func remember(_ answered: Answered) {
        let memory = rules.current.policy.compiled.counting.memory
        guard !memory.isNone else { return }
        remember(answered.request, answered.decision.lineName, memory, at: answered.receivedAt, isLate: true)
    }

    private func remember(
        _ call: AssistantRequest, _ line: String?, _ memory: CallMemory, at now: Instant, isLate: Bool = false
    ) {
        let forgotten = recent.note(
            NotedCall(id: call.callID, caller: call.caller.number, called: call.called.number, line: line, at: now),
            memory, isLate: isLate)
        // Once in many thousand calls.
        guard let forgotten else { return }
        DispatchQueue.global(qos: .utility).async { withExtendedLifetime(forgotten) {} }
    }

    /// Records a webhook that is not an assistant-request, and decides where it is forwarded.
    private func note(
        _ webhook: Webhook, _ inbound: InboundWebhook, _ digest: WebhookDigest?, _ policy: CallPolicy, at now: Instant
    ) -> Response {
        let webhook = webhook.with(call: read(webhook.call, by: policy))
        let arrived = Arrived(
            body: Array(inbound.body), now: now, startedAt: inbound.startedAt, digest: digest)
        log.record(webhook, at: now, body: arrived.body)
        let upstream = webhook.event.kind.flatMap { policy.compiled.rules.forwarding[$0] }
        guard let upstream else {
            if case .toolCalls = webhook.event { return .ready(.noTools) }
            return .ready(.empty)
        }
        let digest = digest ?? WebhookDigest(unsigned: inbound.body, timestamp: inbound.timestamp)
        if case .toolCalls = webhook.event {
            return .waiting(PendingReply(work: .tools(upstream, of: webhook.call.callID, digest), arrived: arrived))
        }
        guard replays.isFirst(digest) else { return .ready(.empty) }
        return .forwarding(
            .empty, ForwardedNotice(upstream: upstream, type: webhook.event.wireName, content: .webhook(arrived.body)))
    }

    /// Forwards a webhook; this does not wait.
    package func send(_ notice: ForwardedNotice, headers: [ForwardedWebhook.Header]) {
        forwarder.send(notice, headers: headers)
    }
}

/// Hands out decision ids that no other run of the program has handed out.
package final class DecisionIDs: Sendable {
    /// What all ids of the run begin with.
    private let run: [UInt8]
    private let count = Atomic<UInt64>(0)

    /// The start of the run, to the millisecond, keeps runs apart.
    package init(startedAt: Instant) {
        run = Array("d-\(String(startedAt.microseconds / 1000, radix: 36))-".utf8)
    }

    /// Returns one of 15 letters at most for the first million, which Swift keeps without memory of their own.
    package func next() -> String {
        var left = count.add(1, ordering: .relaxed).newValue
        var scale: UInt64 = 1
        var digits = 1
        while left / scale >= 36 {
            scale *= 36
            digits += 1
        }
        return String(unsafeUninitializedCapacity: run.count + digits) { text in
            _ = text.update(fromContentsOf: run)
            for place in run.count..<run.count + digits {
                let digit = UInt8(left / scale)
                text[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
                left %= scale
                scale /= 36
            }
            return run.count + digits
        }
    }
}
