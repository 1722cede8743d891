// SPDX-License-Identifier: Apache-2.0

import Calls

extension Condition {
    /// Tells whether the condition holds.
    func holds(in situation: Situation, hours: [HoursTable]) throws(MissingFact) -> Bool {
        let call = situation.call
        switch self {
        case .always: return true
        case .callerIs(let numbers), .callerListed(_, let numbers):
            return call.caller.number.map(numbers.contains) ?? false
        case .callerBegins(let prefixes):
            return call.caller.number.map { number in prefixes.contains { number.begins(with: $0) } } ?? false
        case .callerWithheld: return call.caller == .withheld
        case .callerCountry(let countries):
            return try situation.origin().map { countries.contains($0.country) } ?? false
        case .callerLanguage(let languages):
            return try situation.origin()?.language.map(languages.contains) ?? false
        case .contactKnown(let wanted): return (try situation.contact() != nil) == wanted
        case .contact(let attribute, let test): return test.passes(try situation.contact()?[attribute])
        case .line(let numbers): return call.called.number.map(numbers.contains) ?? false
        case .group(let names): return situation.called.line?.group.map(names.contains) ?? false
        case .during(let table): return hours[table].isOpen(in: situation)
        case .date(let spans): return spans.contains { $0.contains(situation.date) }
        case .callsFromCaller(let limit): return situation.callsFromCaller(limit) > limit.moreThan
        case .callsToLine(let limit): return situation.callsToLine(limit) > limit.moreThan
        case .seenBefore(let seconds): return situation.wasSeen(within: seconds)
        case .callType(let types): return types.contains(call.callType)
        case .all(let conditions):
            for condition in conditions where try !condition.holds(in: situation, hours: hours) { return false }
            return true
        case .any(let conditions):
            for condition in conditions where try condition.holds(in: situation, hours: hours) { return true }
            return false
        case .not(let condition): return try !condition.holds(in: situation, hours: hours)
        }
    }
}

extension HoursTable {
    /// The clock that the table is read by on a line.
    func clock(_ lineZone: Zone) -> Zone { zone ?? lineZone }

    /// Tells whether the table is open for a call.
    func isOpen(in situation: Situation) -> Bool {
        // Each clock is asked where it stands: handing it on would count references that all event loops share.
        if let zone {
            isOpen(at: zone.local(situation.now))
        } else {
            isOpen(at: situation.called.zone.local(situation.now))
        }
    }
}
