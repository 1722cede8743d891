// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

/// What an operator's override on the caller does to a call.
enum CallerStanding {
    case ordinary
    case blocked(Verdict)
    /// Closures and hours do not apply.
    case allowed
}

extension RuleSet {
    /// Considers the override on the caller, which comes before everything else.
    func standing(
        of context: EvaluationContext, _ overrides: ActiveOverrides, trace: inout some Trace
    ) throws(MissingFact) -> CallerStanding {
        guard !overrides.callers.isEmpty,
            let override = overrides.callers.inForce(for: context.call.caller, at: context.now)
        else { return .ordinary }
        try trace.note(Step(what: "override \(override.scope)", held: true, why: override.reason(in: zone)))
        switch override.kind {
        case .blocked(let text): return .blocked(Verdict(answer: .blocked(says: text), by: .block))
        case .allowed: return .allowed
        }
    }
}

extension CallerOverride {
    /// What it does, who set it and since when, for *why*.
    fileprivate func reason(in zone: Zone) -> String {
        let end = until.map { ", until \(zone.local($0).clock)" } ?? ""
        return "\(kind.word) by \(who.user) since \(zone.local(since).clock)\(end)"
            + (reason.isEmpty ? "" : ": \(reason)")
    }
}
