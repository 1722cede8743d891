// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Rules

/// Decides calls that have not happened, as the answering path would.
package struct DryRun: Sendable {
    private let policy: CallPolicy
    private let numbers: any NumberingPlan

    package init(rules: RuleSet, numbers: any NumberingPlan) {
        self.init(policy: CallPolicy(rules: rules), numbers: numbers)
    }

    /// Decides with the rules and overrides of a server.
    package init(policy: CallPolicy, numbers: any NumberingPlan) {
        self.policy = policy
        self.numbers = numbers
    }

    /// Decides a call and tells every step.
    package func explain(_ call: HypotheticalCall) -> Explanation {
        var facts = CallFacts.none
        facts.earlier = call.earlier
        let source = HypotheticalFacts(contact: call.contact, reply: call.reply, numbers: numbers)
        let (decision, answer) = policy.answer(
            call.request, gathering: &facts, from: source, id: "d-0", at: call.at)
        let line = policy.compiled.rules.lines.first { .number($0.number) == call.request.called }
        return Explanation(
            by: decision.by, answer: answer, steps: policy.steps(for: call.request, facts: facts, at: call.at),
            line: line.map { policy.lineStatus(of: $0, at: call.at) })
    }
}

/// The facts as the rehearsed call gives them.
private struct HypotheticalFacts: FactSource {
    let contact: ContactLookup
    let reply: UpstreamReply
    let numbers: any NumberingPlan

    func contact(of number: PhoneNumber) -> ContactLookup { contact }

    func origin(of number: PhoneNumber) -> NumberOrigin? { numbers.origin(of: number) }

    func reply(of upstream: Upstream) -> UpstreamReport { UpstreamReport(reply: reply, milliseconds: 0) }
}
