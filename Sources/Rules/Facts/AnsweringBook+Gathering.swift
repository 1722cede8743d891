// SPDX-License-Identifier: Apache-2.0

package import Calls

extension AnsweringBook {
    /// Decides a call and fills its answer; each fact is fetched at most once, and only when a rule or the answer asks.
    package func answer(
        _ call: AssistantRequest, gathering facts: inout CallFacts, from source: some FactSource, id: String,
        at now: Instant
    ) -> (Decision, [UInt8]) {
        while true {
            do throws(MissingFact) {
                return try answer(call, facts: facts, id: id, at: now)
            } catch {
                let number = call.caller.number
                switch error {
                case .contact:
                    facts.contact = .known(number.map(source.contact) ?? ContactLookup(contact: nil, reports: []))
                case .origin: facts.origin = .known(number.flatMap(source.origin))
                }
            }
        }
    }
}
