// SPDX-License-Identifier: Apache-2.0

import Calls

/// What a rule asks of a call: tests, and how they are combined.
///
/// One reference, so that asking copies nothing.
package indirect enum Condition: Equatable, Sendable {
    case always
    case test(Test)
    case all([Condition])
    case any([Condition])
    case not(Condition)

    /// Asks that an attribute of the call is one of these values.
    package static func member<A: Attribute>(_ attribute: A, _ values: A.Values) -> Condition {
        .test(A.test(Member(attribute, values)))
    }
}

extension Condition {
    /// Returns whether the condition holds, or throws what has to be looked up first.
    func truth(in context: EvaluationContext, hours: [HoursTable]) throws(MissingFact) -> Truth {
        switch self {
        case .always: return .holds
        case .test(let test): return try test.truth(in: context, hours: hours)
        case .all(let conditions):
            var truth = Truth.holds
            for condition in conditions {
                switch try condition.truth(in: context, hours: hours) {
                case .holds: break
                case .fails: return .fails
                case .undetermined: truth = .undetermined
                }
            }
            return truth
        case .any(let conditions):
            var truth = Truth.fails
            for condition in conditions {
                switch try condition.truth(in: context, hours: hours) {
                case .holds: return .holds
                case .fails: break
                case .undetermined: truth = .undetermined
                }
            }
            return truth
        case .not(let condition): return try !condition.truth(in: context, hours: hours)
        }
    }

    /// Explains why the condition holds or does not.
    ///
    /// The context is an explained one: facts that were never looked up stay unknown.
    func reason(in context: EvaluationContext, hours: [HoursTable]) throws(MissingFact) -> String {
        switch self {
        case .always: return "it has no `when`"
        case .test(let test):
            let truth = try test.truth(in: context, hours: hours)
            return try test.callTest.reason(truth, in: context, hours: hours)
        case .all(let conditions), .any(let conditions):
            return try decisive(of: conditions, in: context, hours: hours)
        case .not(let condition): return "not: " + (try condition.reason(in: context, hours: hours))
        }
    }

    /// The reasons of the parts that decided: those that failed in a failed `all`, those that held in a held `any`, the
    /// undetermined ones where they leave the whole undetermined.
    private func decisive(
        of conditions: [Condition], in context: EvaluationContext, hours: [HoursTable]
    ) throws(MissingFact) -> String {
        let truth = try truth(in: context, hours: hours)
        var reasons: [String] = []
        for condition in conditions where try condition.truth(in: context, hours: hours) == truth {
            reasons.append(try condition.reason(in: context, hours: hours))
        }
        return reasons.joined(separator: "; ")
    }

    /// Whether the condition is undetermined for some calls.
    var mayBeUndetermined: Bool {
        switch self {
        case .always: false
        case .test(let test): test.callTest.mayBeUndetermined
        case .all(let conditions), .any(let conditions): conditions.contains(where: \.mayBeUndetermined)
        case .not(let condition): condition.mayBeUndetermined
        }
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
