// SPDX-License-Identifier: Apache-2.0

package import Calls
import Contacts
import EventLog
import Rules

extension AnswerService {
    /// How long before its deadline a wait ends, in nanoseconds, so that the reply itself is not late.
    private static let margin: UInt64 = 50_000_000
    /// How much longer than the budget contact sources may take before they are no longer waited for.
    private static let grace = Duration.milliseconds(20)

    /// Waits for what a reply needs and returns the reply; all servers together get `answer_within`.
    ///
    /// `headers` are the `X-Webhook-*` headers of the request, for servers that get it as it came.
    package func finish(_ pending: PendingReply, headers: [ForwardedWebhook.Header]) async -> FinishedReply {
        let webhook = ForwardedWebhook(body: pending.arrived.body, headers: headers)
        switch pending.work {
        case .answer(let open, let facts, let missing):
            return await finish(open, facts, missing, webhook, pending.arrived)
        case .tools(let upstream, let callID, let digest):
            let budget = budget(pending.arrived, PlatformLimits.toolCalls.nanoseconds)
            let reply = await replays.reply(to: digest) { await toolsReply(upstream, of: callID, webhook, budget) }
            return FinishedReply(reply: reply, notice: nil)
        }
    }

    private func finish(
        _ open: OpenCall, _ known: CallFacts, _ missing: AwaitedFact, _ webhook: ForwardedWebhook, _ arrived: Arrived
    ) async -> FinishedReply {
        let budget = budget(arrived, answerWithin)
        var (facts, missing) = (known, missing)
        while true {
            switch missing {
            case .contact(let number):
                facts.contact = .known(await contact(of: number, for: open, within: budget))
            case .reply(let upstream):
                facts.note(await upstreams.report(of: upstream, on: webhook, within: budget), of: upstream)
            }
            let source = LiveFacts(
                contacts: open.rules.contacts, called: open.call.called.number, numbers: numbers, now: clock.ticks())
            do throws(AwaitedFact) {
                let (decision, reply) = try open.rules.policy.answer(
                    open.call, gathering: &facts, from: source, id: open.id, at: arrived.now,
                    explainer: open.rules.explainer)
                return conclude(open, decision, reply, facts, arrived)
            } catch {
                missing = error
            }
        }
    }

    private func contact(
        of number: PhoneNumber, for open: OpenCall, within budget: Deadline
    ) async -> ContactLookup {
        let lookup = await withTimeLimit(budget.left + Self.grace) {
            await open.rules.contacts.look(up: number, on: open.call.called.number, within: budget)
        }
        return lookup ?? ContactLookup(contact: nil, reports: [.init(source: "contacts", outcome: .timedOut)])
    }

    private func toolsReply(
        _ upstream: Upstream, of callID: CallID, _ webhook: ForwardedWebhook, _ budget: Deadline
    ) async -> Replays.Outcome {
        let report = await upstreams.report(of: upstream, on: webhook, within: budget)
        let wasAsked: Bool
        switch report.reply {
        case .answered(let reply): return .init(reply: Reply(status: .ok, body: reply), wasAsked: true)
        case .noContent: return .init(reply: .empty, wasAsked: true)
        case .failed(.skipped), .failed(.exhausted), .failed(.notAsked): wasAsked = false
        case .failed(.timedOut), .failed(.busy), .failed(.unreachable), .failed(.status), .failed(.notJSON),
            .failed(.tooLarge):
            wasAsked = true
        }
        let words = "tool calls of call \(callID) were not answered: \(upstream.name) \(report)"
        log.record(DeskEvent(at: clock.now(), words: words))
        return .init(reply: .toolsFailed, wasAsked: wasAsked)
    }

    private func budget(_ arrived: Arrived, _ time: UInt64) -> Deadline {
        Deadline(until: arrived.startedAt + time - min(Self.margin, time / 4), ticks: clock.ticks)
    }
}

/// The facts of a call as far as they are in memory; the others throw what has to be waited for.
struct LiveFacts: FactSource {
    let contacts: ContactDirectory
    /// The number that was called.
    let called: PhoneNumber?
    let numbers: any NumberingPlan
    /// The tick at which the facts are asked for.
    let now: UInt64

    func contact(of number: PhoneNumber) throws(AwaitedFact) -> ContactLookup {
        guard let lookup = contacts.look(up: number, on: called, at: now) else { throw .contact(of: number) }
        return lookup
    }

    func origin(of number: PhoneNumber) throws(AwaitedFact) -> NumberOrigin? { numbers.origin(of: number) }

    func reply(of upstream: Upstream) throws(AwaitedFact) -> UpstreamReport { throw .reply(of: upstream) }
}
