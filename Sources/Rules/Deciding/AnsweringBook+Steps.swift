// SPDX-License-Identifier: Apache-2.0

package import Calls

extension AnsweringBook: Reasoning {
    package func steps(for request: AssistantRequest, at now: Instant) -> [Step] {
        steps(for: request, facts: .none, at: now)
    }

    /// Returns the steps of a decision that was made with these facts; what was not looked up stays unknown.
    package func steps(for request: AssistantRequest, facts: CallFacts, at now: Instant) -> [Step] {
        let (situation, _) = situation(of: request, facts: facts, at: now, isExplained: true)
        var trace = StepTrace()
        do throws(MissingFact) {
            let verdict = try rules.decide(situation, switches: switches, trace: &trace)
            return lookups(in: situation) + trace.steps + after(verdict, in: situation)
        } catch {
            // An explained situation takes what is missing for unknown and asks for nothing.
            return trace.steps
        }
    }

    /// What the contact sources said.
    private func lookups(in situation: Situation) -> [Step] {
        guard case .known(let lookup) = situation.facts.contact, !lookup.reports.isEmpty else { return [] }
        let why = lookup.reports.map(\.description).joined(separator: "; ")
        return [Step(what: "contact", held: lookup.contact != nil, why: why)]
    }

    /// The greeting that the operator forces, and what it does to the verdict's answer.
    private func after(_ verdict: Verdict, in situation: Situation) -> [Step] {
        guard let greeting = switches.greeting(for: situation.line), case .file(let place) = verdict.answer else {
            return []
        }
        let what = "forced greeting \(switches.greetings[greeting].scope)"
        let step =
            switch rules.answers[place].answer {
            case .standard, .assistant: Step(what: what, held: true, why: "replaces the greeting of the answer")
            case .reject: Step(what: what, held: false, why: "the call is rejected")
            case .raw: Step(what: what, held: false, why: "a raw answer goes out as written")
            }
        return [step]
    }
}
