// SPDX-License-Identifier: Apache-2.0

package import Calls
import Contacts
import EventLog
import Rules

extension AnswerService {
    /// How long before the end of the time a wait ends, in nanoseconds, so that the reply is not late itself.
    private static let margin: UInt64 = 50_000_000
    /// How much longer than the budget contact sources may take before they are no longer waited for.
    private static let grace = Duration.milliseconds(20)
    /// How long the platform waits for the answer to tool calls, in nanoseconds (contract, section 4).
    private static let toolsWithin: UInt64 = 10_000_000_000

    /// Waits for what a reply needs and returns the reply; the times of all servers together stay within `answer_within`.
    ///
    /// `headers` are the `X-Webhook-*` headers of the request, for servers that get it as it came.
    package func finish(_ pending: PendingReply, headers: [ForwardedWebhook.Header]) async -> Reply {
        let webhook = ForwardedWebhook(body: pending.arrived.body, headers: headers)
        switch pending.work {
        case .answer(let open, let facts, let missing):
            return await finish(open, facts, missing, webhook, pending.arrived)
        case .tools(let upstream, let callID):
            return await toolsReply(upstream, of: callID, webhook, budget(pending.arrived, Self.toolsWithin))
        }
    }

    private func finish(
        _ open: OpenCall, _ known: CallFacts, _ missing: AwaitedFact, _ webhook: ForwardedWebhook, _ arrived: Arrived
    ) async -> Reply {
        let budget = budget(arrived, answerWithin)
        var (facts, missing) = (known, missing)
        while true {
            switch missing {
            case .contact(let number):
                facts.contact = .known(await contact(of: number, in: open.held.contacts, within: budget))
            case .reply(let upstream):
                facts.reply = .known(await upstreams.report(of: upstream, on: webhook, within: budget))
            }
            let source = LiveFacts(contacts: open.held.contacts, numbers: numbers, now: clock.ticks())
            do throws(AwaitedFact) {
                let (decision, reply) = try open.held.book.answer(
                    open.call, gathering: &facts, from: source, id: open.id, at: arrived.now)
                return conclude(open, decision, reply, facts, arrived)
            } catch {
                missing = error
            }
        }
    }

    private func contact(
        of number: PhoneNumber, in contacts: ContactDirectory, within budget: Deadline
    ) async -> ContactLookup {
        let lookup = await withTimeLimit(budget.left + Self.grace) { await contacts.look(up: number, within: budget) }
        return lookup ?? ContactLookup(contact: nil, reports: [.init(source: "contacts", outcome: .timedOut)])
    }

    private func toolsReply(
        _ upstream: Upstream, of callID: CallID, _ webhook: ForwardedWebhook, _ budget: Deadline
    ) async -> Reply {
        let report = await upstreams.report(of: upstream, on: webhook, within: budget)
        if case .answered(let reply) = report.reply { return Reply(status: .ok, body: reply) }
        log.recordDesk(
            "tool calls of call \(callID) were not answered: \(upstream.name) \(report)", at: clock.now())
        return .toolsFailed
    }

    private func budget(_ arrived: Arrived, _ time: UInt64) -> Deadline {
        Deadline(until: arrived.startedAt + time - min(Self.margin, time / 4), ticks: clock.ticks)
    }
}
