// SPDX-License-Identifier: Apache-2.0

import Calls

extension Condition {
    /// Tells whether the condition holds.
    func holds(in context: EvaluationContext, hours: [HoursTable]) throws(MissingFact) -> Bool {
        let call = context.call
        switch self {
        case .always: return true
        case .callerIs(let numbers), .callerListed(_, let numbers):
            return call.caller.number.map(numbers.contains) ?? false
        case .callerBegins(let prefixes):
            return call.caller.number.map { number in prefixes.contains { number.begins(with: $0) } } ?? false
        case .callerWithheld: return call.caller == .withheld
        case .callerCountry(let countries):
            return try context.origin().map { countries.contains($0.country) } ?? false
        case .callerLanguage(let languages):
            return try context.origin()?.language.map(languages.contains) ?? false
        case .contactKnown(let wanted): return (try context.contact() != nil) == wanted
        case .contact(let attribute, let test): return test.passes(try context.contact()?[attribute])
        case .line(let numbers): return call.called.number.map(numbers.contains) ?? false
        case .group(let names): return context.called.line?.group.map(names.contains) ?? false
        case .during(let table): return hours[table].isOpen(in: context)
        case .date(let spans): return spans.contains { $0.contains(context.date) }
        case .callsFromCaller(let limit): return context.callsFromCaller(limit) > limit.moreThan
        case .callsToLine(let limit): return context.callsToLine(limit) > limit.moreThan
        case .seenBefore(let seconds): return context.wasSeen(within: seconds)
        case .callType(let types): return types.contains(call.callType)
        case .all(let conditions):
            for condition in conditions where try !condition.holds(in: context, hours: hours) { return false }
            return true
        case .any(let conditions):
            for condition in conditions where try condition.holds(in: context, hours: hours) { return true }
            return false
        case .not(let condition): return try !condition.holds(in: context, hours: hours)
        }
    }
}

extension HoursTable {
    /// The clock that the table is read by on a line.
    func clock(_ lineZone: Zone) -> Zone { zone ?? lineZone }

    /// Tells whether the table is open for a call.
    func isOpen(in context: EvaluationContext) -> Bool {
        // Each clock is asked where it stands: handing it on would count references that all event loops share.
        if let zone {
            isOpen(at: zone.local(context.now))
        } else {
            isOpen(at: context.called.zone.local(context.now))
        }
    }
}
