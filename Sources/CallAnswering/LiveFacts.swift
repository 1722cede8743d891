// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import Rules

/// The facts of a call that is being answered, as far as they come from memory; for the rest somebody has to wait.
struct LiveFacts: FactSource {
    let contacts: ContactDirectory
    let numbers: any NumberingPlan
    /// The tick at which they are asked for.
    let now: UInt64

    func contact(of number: PhoneNumber) throws(AwaitedFact) -> ContactLookup {
        guard let lookup = contacts.look(up: number, at: now) else { throw .contact(of: number) }
        return lookup
    }

    func origin(of number: PhoneNumber) throws(AwaitedFact) -> NumberOrigin? { numbers.origin(of: number) }

    func reply(of upstream: Upstream) throws(AwaitedFact) -> UpstreamReport { throw .reply(of: upstream) }
}
