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

    /// Reads the two ends of a call as the server reads those of a webhook; the called line may be named.
    init(from: String, to: String, at: Instant, rules: RuleSet) throws(Problem) {
        let numbers = ConfigurationSource.numbers
        do throws(LineNames.Problem) {
            called = try LineNames(rules, plan: numbers).called(to)
        } catch {
            throw Problem(end: .to, text: to, problem: error.description)
        }
        caller = rules.parties.caller(from, callingOn: called, by: numbers)
        self.at = at
        if case .unusual = caller {
            throw Problem(
                end: .from, text: from, problem: "neither a phone number such as +31612345678 nor \"withheld\"")
        }
    }

    /// An end of the call that cannot be read.
    struct Problem: Error {
        enum End: String {
            case from, to
        }

        let end: End
        let text: String
        /// What the text is, such as `neither a phone number nor the name of a line`.
        let problem: String
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
        let lookup = await contacts.lookup(for: request, within: patience)
        return DryRun(policy: policy, numbers: ConfigurationSource.numbers).explain(
            HypotheticalCall(
                request: request, at: at, contact: lookup, earlier: counted.earlier.earlier(than: at),
                live: counted.live))
    }
}

extension ContactDirectory {
    /// Looks up the caller of a call on the line that is called, as the server does.
    func lookup(for call: AssistantRequest, within patience: Duration) async -> ContactLookup {
        guard let number = call.caller.number else { return .nobody }
        let ticks = WallClock.system.ticks
        return await look(
            up: number, on: call.called.number, within: Deadline(until: ticks() + patience.nanoseconds, ticks: ticks))
    }
}
