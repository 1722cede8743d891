// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import Rules

/// The facts of a call that is being answered.
struct LiveFacts: FactSource {
    let contacts: ContactDirectory
    let numbers: any NumberPlan

    func contact(of number: PhoneNumber) -> ContactLookup { contacts.look(up: number) }

    func origin(of number: PhoneNumber) -> NumberOrigin? { numbers.origin(of: number) }
}
