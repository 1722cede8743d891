// SPDX-License-Identifier: Apache-2.0

package import Calls

extension AnsweringBook {
    package func words(for request: AssistantRequest, at now: Instant) -> String {
        words(for: request, facts: .none, at: now)
    }

    /// Returns in words the answer that was decided with these facts.
    func words(for request: AssistantRequest, facts: CallFacts, at now: Instant) -> String {
        let situation = situation(of: request, facts: facts, at: now, isExplained: true)
        var trace = NoTrace()
        do throws(MissingFact) {
            let verdict = try rules.decide(situation, switches: switches, trace: &trace)
            return switch try settled(verdict.answer, in: situation) {
            case .choice(let choice): compiled(choice, for: situation).words(for: situation)
            case .reply(let reply): ReplyWords.of(reply).words
            }
        } catch {
            // An explained situation takes what is missing for unknown and asks for nothing.
            return "?"
        }
    }

    /// Returns in words the answer that went out in the place of a late one.
    func lateWords(for request: AssistantRequest, facts: CallFacts, at now: Instant) -> String {
        let situation = situation(of: request, facts: facts, at: now, isExplained: true)
        return fallback(for: situation).words(for: situation)
    }
}
