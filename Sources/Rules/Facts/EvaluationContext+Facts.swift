// SPDX-License-Identifier: Apache-2.0

import Calls

extension EvaluationContext {
    /// Who the sources say is calling; nobody where the caller shows no number.
    func contact() throws(MissingFact) -> Contact? {
        guard call.caller.number != nil else { return nil }
        switch facts.contact {
        case .known(let lookup): return lookup.contact
        case .unasked:
            guard isExplained else { throw .contact }
            return nil
        }
    }

    /// Where the caller's number belongs.
    func origin() throws(MissingFact) -> NumberOrigin? {
        guard call.caller.number != nil else { return nil }
        switch facts.origin {
        case .known(let origin): return origin
        case .unasked:
            guard isExplained else { throw .origin }
            return nil
        }
    }

    /// The contact, if it was looked up and somebody knows the caller.
    var knownContact: Contact? {
        if case .known(let lookup) = facts.contact { lookup.contact } else { nil }
    }

    /// Where the caller's number belongs, if it was looked up.
    var knownOrigin: NumberOrigin? {
        if case .known(let origin) = facts.origin { origin } else { nil }
    }

    /// Makes sure that what an answer's holes ask for was looked up.
    func check(_ answer: CompiledAnswer) throws(MissingFact) {
        if answer.needsContact { _ = try contact() }
        if answer.needsOrigin { _ = try origin() }
    }

    /// Today on the clock of the line.
    var date: CivilDate { zone.local(now).date }
}
