// SPDX-License-Identifier: Apache-2.0

import Calls

extension Condition {
    /// Tells whether the condition holds.
    func holds(in situation: Situation, hours: [HoursTable]) -> Bool {
        switch self {
        case .always: true
        case .callerIs(let numbers): situation.call.caller.number.map(numbers.contains) ?? false
        case .callerBegins(let prefixes):
            situation.call.caller.number.map { number in prefixes.contains { number.begins(with: $0) } } ?? false
        case .callerWithheld: situation.call.caller == .withheld
        case .line(let numbers): situation.call.called.number.map(numbers.contains) ?? false
        case .group(let names): situation.line?.group.map(names.contains) ?? false
        case .during(let table): hours[table].isOpen(in: situation)
        case .all(let conditions): conditions.allSatisfy { $0.holds(in: situation, hours: hours) }
        case .any(let conditions): conditions.contains { $0.holds(in: situation, hours: hours) }
        case .not(let condition): !condition.holds(in: situation, hours: hours)
        }
    }
}

extension HoursTable {
    /// The clock that the table is read by on a line.
    func clock(_ lineZone: Zone) -> Zone { zone ?? lineZone }

    /// Tells whether the table is open for a call.
    func isOpen(in situation: Situation) -> Bool {
        isOpen(at: clock(situation.zone).local(situation.now))
    }
}
