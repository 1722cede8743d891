// SPDX-License-Identifier: Apache-2.0

import Calls

/// What a rule asks of a call: tests, and how they are combined.
package enum Condition: Equatable, Sendable {
    case always
    case test(Test)
    case all([Condition])
    case any([Condition])
    indirect case not(Condition)

    /// Asks that an attribute of the call is one of these values.
    package static func member<A: Attribute>(_ attribute: A, _ values: A.Values) -> Condition {
        .test(A.test(Member(attribute, values)))
    }
}

extension Condition {
    /// Returns whether the condition holds, or throws what has to be looked up first.
    func holds(in context: EvaluationContext, hours: [HoursTable]) throws(MissingFact) -> Bool {
        switch self {
        case .always: return true
        case .test(let test): return try test.holds(in: context, hours: hours)
        case .all(let conditions):
            for condition in conditions where try !condition.holds(in: context, hours: hours) { return false }
            return true
        case .any(let conditions):
            for condition in conditions where try condition.holds(in: context, hours: hours) { return true }
            return false
        case .not(let condition): return try !condition.holds(in: context, hours: hours)
        }
    }

    /// Explains why the condition holds or does not.
    ///
    /// The context is an explained one: facts that were never looked up stay unknown.
    func reason(in context: EvaluationContext, hours: [HoursTable]) throws(MissingFact) -> String {
        switch self {
        case .always: return "it has no `when`"
        case .test(let test):
            let held = try test.holds(in: context, hours: hours)
            return try test.callTest.reason(held, in: context, hours: hours)
        case .all(let conditions), .any(let conditions):
            return try decisive(of: conditions, in: context, hours: hours)
        case .not(let condition): return "not: " + (try condition.reason(in: context, hours: hours))
        }
    }

    /// The reasons of the parts that decided: those that failed in a failed `all`, those that held in a held `any`.
    private func decisive(
        of conditions: [Condition], in context: EvaluationContext, hours: [HoursTable]
    ) throws(MissingFact) -> String {
        let held = try holds(in: context, hours: hours)
        var reasons: [String] = []
        for condition in conditions where try condition.holds(in: context, hours: hours) == held {
            reasons.append(try condition.reason(in: context, hours: hours))
        }
        return reasons.joined(separator: "; ")
    }

    /// What has to be counted for the condition.
    var counting: CallCounting {
        switch self {
        case .always: CallCounting()
        case .test(let test): test.callTest.counting
        case .all(let conditions), .any(let conditions): .all(conditions.map(\.counting))
        case .not(let condition): condition.counting
        }
    }
}
