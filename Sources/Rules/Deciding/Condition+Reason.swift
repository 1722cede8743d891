// SPDX-License-Identifier: Apache-2.0

import Calls

extension Condition {
    /// Says why the condition holds or does not, for the person who asks why.
    func reason(in situation: Situation, hours: [HoursTable]) -> String {
        let caller = situation.call.caller
        let held = holds(in: situation, hours: hours)
        switch self {
        case .always: return "it asks for nothing"
        case .callerIs(let numbers):
            return "caller \(caller) is \(held ? "" : "not ")"
                + (numbers.count == 1 ? numbers.map(\.description).joined() : "one of \(numbers.count) numbers")
        case .callerBegins(let prefixes):
            return "caller \(caller) \(held ? "begins" : "does not begin") with \(Self.list(prefixes))"
        case .callerWithheld: return held ? "the caller withholds the number" : "the caller shows a number"
        case .line(let numbers):
            return
                "line \(situation.call.called) is \(held ? "" : "not ")\(Self.list(numbers.sorted(by: Self.inOrder)))"
        case .group(let names):
            let group = situation.line?.group.map { "group \($0)" } ?? "no group"
            return "the line is in \(group), \(held ? "as" : "not") \(Self.list(names.sorted()))"
        case .during(let table): return hours[table].reason(in: situation)
        case .all(let conditions): return Self.reasons(conditions, that: held, in: situation, hours)
        case .any(let conditions): return Self.reasons(conditions, that: held, in: situation, hours)
        case .not(let condition): return "not: " + condition.reason(in: situation, hours: hours)
        }
    }

    /// The parts that made it so: for a failed `all` the first that failed, for a held `any` the first that held.
    private static func reasons(
        _ conditions: [Condition], that held: Bool, in situation: Situation, _ hours: [HoursTable]
    ) -> String {
        conditions.filter { $0.holds(in: situation, hours: hours) == held }
            .map { $0.reason(in: situation, hours: hours) }.joined(separator: "; ")
    }

    private static func list(_ items: some Sequence<some CustomStringConvertible>) -> String {
        items.map(\.description).joined(separator: " or ")
    }

    private static func inOrder(_ left: PhoneNumber, _ right: PhoneNumber) -> Bool { left.digits < right.digits }
}

extension HoursTable {
    /// Says whether the table is open now and when that changes.
    func reason(in situation: Situation) -> String {
        let zone = clock(situation.zone)
        let local = zone.local(situation.now)
        let state = isOpen(at: local) ? "open" : "closed"
        let now = "\(state) at \(local.clock) on \(local.date.weekday.shortName) \(local.date) (\(zone.name))"
        guard let change = nextChange(after: situation.now, zone: zone) else { return now + ", for good" }
        let until = zone.local(change)
        return now + ", until \(until.clock)" + (until.date == local.date ? "" : " on \(until.date)")
    }
}
