// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Overrides
package import Rules

/// A hypothetical call, with every fact that deciding it may need.
package struct HypotheticalCall: Equatable, Sendable {
    package let request: AssistantRequest
    package let at: Instant
    /// The result of asking the contact sources.
    package private(set) var contact: ContactLookup
    package let earlier: EarlierCalls
    package let live: LiveCallCounts
    /// The reply of each server that is asked.
    package let reply: UpstreamReply
    /// What an operator has set, in the order in which it was set; `nil` for the overrides that are in use.
    package let overrides: [Override]?

    package init(
        request: AssistantRequest, at: Instant, contact: ContactLookup, earlier: EarlierCalls,
        live: LiveCallCounts = .none, reply: UpstreamReply = .failed(.notAsked), overrides: [Override]? = nil
    ) {
        self.request = request
        self.at = at
        self.contact = contact
        self.earlier = earlier
        self.live = live
        self.reply = reply
        self.overrides = overrides
    }

    /// The same call with another result of asking the contact sources.
    package func with(_ contact: ContactLookup) -> HypotheticalCall {
        var call = self
        call.contact = contact
        return call
    }
}

/// What a call would get, and why.
package struct Explanation: Sendable {
    package let by: Decider
    /// The answer as it would be sent.
    package let answer: [UInt8]
    package let steps: [Step]
    /// Whether the decision or the answer needed the contact.
    package let usesContact: Bool
    fileprivate let policy: CallPolicy
    /// The called line; `nil` where the number is not a line.
    fileprivate let line: PhoneLine?
    fileprivate let caller: Party
    fileprivate let at: Instant

    /// When the line next changes by itself, on its own clock; `nil` where nothing changes within a year, and for a caller
    /// who is blocked or allowed whatever the line does.
    package var until: String? {
        guard policy.overrides.callers.inForce(for: caller, at: at) == nil else { return nil }
        return line.flatMap { policy.firstChange(of: $0, after: at) }.map { $0.at.iso8601(offset: $0.offset) }
    }
}

/// Decides hypothetical calls as the answering path would.
package struct DryRun: Sendable {
    private let policy: CallPolicy
    private let numbers: any NumberingPlan

    package init(rules: RuleSet, numbers: any NumberingPlan) {
        self.init(policy: CallPolicy(rules: rules), numbers: numbers)
    }

    /// Decides with compiled rules and overrides that are in use.
    package init(policy: CallPolicy, numbers: any NumberingPlan) {
        self.policy = policy
        self.numbers = numbers
    }

    /// What a call would get, without the steps.
    struct Decided {
        let decision: Decision
        let answer: [UInt8]
        let usesContact: Bool
        let asksServer: Bool
    }

    /// Decides a call.
    func decide(_ call: HypotheticalCall) -> Decided {
        let (decision, answer, facts) = decided(call, by: policy(for: call))
        return Decided(
            decision: decision, answer: answer,
            usesContact: facts.contact != .unasked, asksServer: !facts.replies.isEmpty)
    }

    private func policy(for call: HypotheticalCall) -> CallPolicy {
        call.overrides.map { CallPolicy(self.policy.compiled, overrides: ActiveOverrides($0)) } ?? self.policy
    }

    private func decided(_ call: HypotheticalCall, by policy: CallPolicy) -> (Decision, [UInt8], CallFacts) {
        var facts = CallFacts.none
        facts.earlier = call.earlier
        facts.live = call.live
        let source = HypotheticalFacts(contact: call.contact, reply: call.reply, numbers: numbers)
        let (decision, answer) = policy.answer(
            call.request, gathering: &facts, from: source, id: "d-0", at: call.at)
        return (decision, answer, facts)
    }

    /// Decides a call and explains every step.
    package func explain(_ call: HypotheticalCall) -> Explanation {
        let policy = policy(for: call)
        let (decision, answer, facts) = decided(call, by: policy)
        let line = policy.compiled.rules.lines.first { .number($0.number) == call.request.called }
        return Explanation(
            by: decision.by, answer: answer, steps: policy.steps(for: call.request, facts: facts, at: call.at),
            usesContact: facts.contact != .unasked, policy: policy, line: line,
            caller: call.request.caller, at: call.at)
    }
}

/// The facts that the hypothetical call supplies.
private struct HypotheticalFacts: FactSource {
    let contact: ContactLookup
    let reply: UpstreamReply
    let numbers: any NumberingPlan

    func contact(of number: PhoneNumber) -> ContactLookup { contact }

    func origin(of number: PhoneNumber) -> NumberOrigin? { numbers.origin(of: number) }

    func reply(of upstream: Upstream) -> UpstreamReport { UpstreamReport(reply: reply, milliseconds: 0) }
}
