// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import Contacts
import CallAnswering
import DryRuns
import Rules

/// A hypothetical call: caller, called number and time.
struct CallQuestion: Sendable {
    let caller: Party
    let called: Party
    let at: Instant

    /// Reads a phone number in any spelling, or `withheld`; `nil` for anything else.
    static func party(_ text: String, country: String?) -> Party? {
        if text == "withheld" { return .withheld }
        return ConfigurationSource.numbers.number(spelled: text, country: country).map(Party.number)
    }

    /// The call as the platform would announce it.
    var request: AssistantRequest {
        AssistantRequest(
            callID: CallID("explained"), callType: "inbound_phone_call", caller: caller, called: called,
            calledName: nil, dialect: .snakeCase)
    }

    /// Explains the answer under these rules and overrides; contact sources are asked as by the server.
    ///
    /// `counted` are earlier calls and live ones; those after the moment of the question do not count.
    func explanation(
        by policy: CallPolicy, contacts: ContactDirectory, within patience: Duration, counted: CallFacts = .none
    ) async -> Explanation {
        let lookup = await contact(in: contacts, within: patience)
        return DryRun(policy: policy, numbers: ConfigurationSource.numbers).explain(
            HypotheticalCall(
                request: request, at: at, contact: lookup, earlier: counted.earlier.earlier(than: at),
                live: counted.live))
    }

    private func contact(in contacts: ContactDirectory, within patience: Duration) async -> ContactLookup {
        guard let number = caller.number else { return .nobody }
        let ticks = WallClock.system.ticks
        return await contacts.look(up: number, within: Deadline(until: ticks() + patience.nanoseconds, ticks: ticks))
    }
}
