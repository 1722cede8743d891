// SPDX-License-Identifier: Apache-2.0

package import Calls

extension CompiledRules {
    package func words(for request: AssistantRequest, at now: Instant) -> String {
        words(for: request, facts: .none, at: now)
    }

    /// Returns in words the answer that was decided with these facts.
    func words(for request: AssistantRequest, facts: CallFacts, at now: Instant) -> String {
        let context = context(of: request, facts: facts, at: now, isExplained: true)
        var trace = NoTrace()
        do throws(MissingFact) {
            let verdict = try rules.decide(context, switches: switches, trace: &trace)
            return switch try settled(verdict.answer, in: context) {
            case .choice(let choice): compiled(choice, for: context).words(for: context)
            case .reply(let reply): ReplyText.of(reply).words
            }
        } catch {
            // An explained context takes what is missing for unknown and asks for nothing.
            return "?"
        }
    }

    /// Returns in words the answer that went out in the place of a late one.
    func lateWords(for request: AssistantRequest, facts: CallFacts, at now: Instant) -> String {
        let context = context(of: request, facts: facts, at: now, isExplained: true)
        return fallback(for: context).words(for: context)
    }
}
