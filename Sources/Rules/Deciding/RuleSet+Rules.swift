// SPDX-License-Identifier: Apache-2.0

import Calls

extension RuleSet {
    /// Asks rules in the order of the file; where nobody reads the steps, only those that can hold.
    func byRules<Steps: Trace>(
        _ index: RuleIndex, _ context: EvaluationContext, trace: inout Steps
    ) throws(MissingFact) -> Verdict? {
        guard Steps.isRead else {
            let place = try index.first(for: context.call) { place throws(MissingFact) in
                try rules[place].condition.holds(in: context, hours: hours)
            }
            return place.map { verdict(of: rules[$0], context.call) }
        }
        for place in index.all {
            let rule = rules[place]
            let held = try rule.condition.holds(in: context, hours: hours)
            try trace.note(try step(for: rule, held: held, in: context))
            if held { return verdict(of: rule, context.call) }
        }
        return nil
    }

    private func verdict(of rule: Rule, _ call: AssistantRequest) -> Verdict {
        switch rule.outcome {
        case .answer(let place): return Verdict(answer: .file(place), by: .rule(rule.name))
        case .split(let split):
            let arm = split.arm(for: call, rule: rule.name)
            return Verdict(answer: .file(arm.answer), by: .arm(arm.name, ofRule: rule.name))
        }
    }

    private func step(for rule: Rule, held: Bool, in context: EvaluationContext) throws(MissingFact) -> Step {
        var why = try rule.condition.reason(in: context, hours: hours)
        if rule.bypassesClosures { why += " (bypasses closures)" }
        if held, case .split(let split) = rule.outcome {
            why += "; \(split.by.rawValue) falls to arm \(split.arm(for: context.call, rule: rule.name).name)"
        }
        return Step(what: "rule \(rule.name)", held: held, why: why)
    }
}
