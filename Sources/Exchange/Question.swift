// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import Rules

/// A call that is being decided: deciding looks nothing up, so that what it misses is fetched here and asked again.
struct Question {
    let call: AssistantRequest
    let held: BookInUse.Held
    /// The decision's id.
    let id: String
    let now: Instant
    var facts = CallFacts.none

    /// Decides the call; each fact is fetched at most once, and only when a rule or the answer asks for it.
    mutating func decide(with numbers: any NumberPlan) -> (Decision, [UInt8]) {
        while true {
            do throws(MissingFact) {
                return try held.book.answer(call, facts: facts, id: id, at: now)
            } catch {
                switch error {
                case .contact: facts.contact = .known(lookUp())
                case .origin: facts.origin = .known(call.caller.number.flatMap { numbers.origin(of: $0) })
                }
            }
        }
    }

    private func lookUp() -> ContactLookup {
        call.caller.number.map { held.contacts.look(up: $0) } ?? ContactLookup(contact: nil, reports: [])
    }
}
