// SPDX-License-Identifier: Apache-2.0

import Overrides
package import Calls

extension CompiledRules: Reasoning {
    package func steps(for request: AssistantRequest, at now: Instant) -> [Step] {
        steps(for: request, facts: .none, at: now)
    }

    package func lookups(for request: AssistantRequest, at now: Instant) -> [Step] { [] }

    /// Returns the steps of a decision that was made with these facts; what was not looked up stays unknown.
    package func steps(for request: AssistantRequest, facts: CallFacts, at now: Instant) -> [Step] {
        guard let (context, verdict, steps) = explained(request, facts, at: now) else { return [] }
        return contactStep(in: context) + steps + askStep(verdict.answer, in: context)
            + forcedGreetingStep(verdict, in: context)
    }

    /// Returns what other sources and servers said for a decision that was made with these facts.
    func lookups(for request: AssistantRequest, facts: CallFacts, at now: Instant) -> [Step] {
        guard let (context, verdict, _) = explained(request, facts, at: now) else { return [] }
        return contactStep(in: context) + askStep(verdict.answer, in: context)
    }

    private func explained(
        _ request: AssistantRequest, _ facts: CallFacts, at now: Instant
    ) -> (EvaluationContext, Verdict, [Step])? {
        let context = context(of: request, facts: facts, at: now, isExplained: true)
        var trace = StepTrace()
        do throws(MissingFact) {
            let verdict = try rules.decide(context, switches: switches, trace: &trace)
            return (context, verdict, trace.steps)
        } catch {
            // An explained context takes what is missing for unknown and asks for nothing.
            return nil
        }
    }

    /// What the contact sources said.
    private func contactStep(in context: EvaluationContext) -> [Step] {
        guard case .known(let lookup) = context.facts.contact, !lookup.reports.isEmpty else { return [] }
        let why = lookup.reports.map(\.description).joined(separator: "; ")
        return [Step(what: "contact", held: lookup.contact != nil, why: why)]
    }

    /// The greeting that the operator forces, and what it does to the verdict's answer.
    private func forcedGreetingStep(_ verdict: Verdict, in context: EvaluationContext) -> [Step] {
        guard let greeting = switches.greeting(for: context.line, at: context.now),
            case .file(let place) = verdict.answer
        else {
            return []
        }
        let what = "forced greeting \(switches.greetings[greeting].scope)"
        let step =
            switch rules.answers[place].answer {
            case .standard, .assistant: Step(what: what, held: true, why: "replaces the greeting of the answer")
            case .reject: Step(what: what, held: false, why: "the call is rejected")
            case .raw: Step(what: what, held: false, why: "a raw answer goes out as written")
            case .ask: Step(what: what, held: false, why: "another server's reply goes out as it came")
            }
        return [step]
    }
}
