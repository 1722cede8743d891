// SPDX-License-Identifier: Apache-2.0

import Calls

extension Condition {
    /// Says why the condition holds or does not, for the person who asks why.
    ///
    /// The context is an explained one: what was not looked up then stays unknown.
    func reason(in context: EvaluationContext, hours: [HoursTable]) throws(MissingFact) -> String {
        let call = context.call
        let held = try holds(in: context, hours: hours)
        switch self {
        case .always: return "it asks for nothing"
        case .callerIs(let numbers):
            return "caller \(call.caller) \(Self.verb("is", held)) "
                + (numbers.count == 1 ? numbers.map(\.description).joined() : "one of \(numbers.count) numbers")
        case .callerListed(let file, let numbers):
            return "caller \(call.caller) \(Self.verb("is", held)) in \(file), a list of \(numbers.count)"
        case .callerBegins(let prefixes):
            return "caller \(call.caller) \(held ? "begins" : "does not begin") with \(Self.list(prefixes))"
        case .callerWithheld: return held ? "the caller withholds the number" : "the caller shows a number"
        case .callerCountry(let countries): return context.reason(ofCountry: Self.list(countries.sorted()), held)
        case .callerLanguage(let languages): return context.reason(ofLanguage: Self.list(languages.sorted()), held)
        case .contactKnown(let wanted):
            return held == wanted ? "a contact source knows the caller" : "no contact source knows the caller"
        case .contact(let attribute, let test): return context.reason(of: attribute, test, held)
        case .line(let numbers):
            return "line \(call.called) \(Self.verb("is", held)) \(Self.list(numbers.sorted(by: Self.inOrder)))"
        case .group(let names):
            let group = context.line?.group.map { "group \($0)" } ?? "no group"
            return "the line is in \(group), \(held ? "as" : "not") \(Self.list(names.sorted()))"
        case .during(let table): return hours[table].reason(in: context)
        case .date(let spans): return "\(context.date) \(Self.verb("is", held)) in \(Self.list(spans))"
        case .callsFromCaller(let limit): return limit.reason(context.callsFromCaller(limit), of: "the caller's")
        case .callsToLine(let limit): return limit.reason(context.callsToLine(limit), of: "the line's")
        case .seenBefore(let seconds): return context.reasonOfBeingSeen(within: seconds)
        case .callType(let types):
            return "the call is \(call.callType), \(held ? "" : "not ")\(Self.list(types.sorted()))"
        case .all(let conditions), .any(let conditions):
            return try Self.reasons(conditions, that: held, in: context, hours)
        case .not(let condition): return "not: " + (try condition.reason(in: context, hours: hours))
        }
    }

    /// The parts that made it so: for a failed `all` the ones that failed, for a held `any` the ones that held.
    private static func reasons(
        _ conditions: [Condition], that held: Bool, in context: EvaluationContext, _ hours: [HoursTable]
    ) throws(MissingFact) -> String {
        var reasons: [String] = []
        for condition in conditions where try condition.holds(in: context, hours: hours) == held {
            reasons.append(try condition.reason(in: context, hours: hours))
        }
        return reasons.joined(separator: "; ")
    }

    private static func verb(_ verb: String, _ held: Bool) -> String { held ? verb : verb + " not" }

    private static func list(_ items: some Sequence<some CustomStringConvertible>) -> String {
        items.map(\.description).joined(separator: " or ")
    }

    private static func inOrder(_ left: PhoneNumber, _ right: PhoneNumber) -> Bool { left.digits < right.digits }
}

extension HoursTable {
    /// Says whether the table is open now and when that changes.
    func reason(in context: EvaluationContext) -> String {
        let zone = clock(context.zone)
        let local = zone.local(context.now)
        let state = isOpen(at: local) ? "open" : "closed"
        let now = "\(state) at \(local.clock) on \(local.date.weekday.shortName) \(local.date) (\(zone.name))"
        guard let change = nextChange(after: context.now, zone: zone) else { return now + ", for good" }
        let until = zone.local(change)
        return now + ", until \(until.clock)" + (until.date == local.date ? "" : " on \(until.date)")
    }
}
