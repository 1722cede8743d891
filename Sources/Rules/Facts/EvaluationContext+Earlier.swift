// SPDX-License-Identifier: Apache-2.0

import Calls

extension EvaluationContext {
    /// How often the caller called within the time of a limit, this call counted too; exact up to one above the limit.
    func callsFromCaller(_ limit: CallLimit) -> Int {
        guard call.caller.number != nil else { return 0 }
        return facts.earlier.count(fromCallerWithin: limit.withinSeconds, before: now) + 1
    }

    /// How often the line was called within the time of a limit, this call counted too; exact up to one above the limit.
    func callsToLine(_ limit: CallLimit) -> Int {
        guard call.called.number != nil else { return 0 }
        return facts.earlier.count(toLineWithin: limit.withinSeconds, before: now) + 1
    }

    /// Whether the caller called before, at most so many seconds ago.
    func wasSeen(within seconds: Int) -> Bool {
        facts.earlier.count(fromCallerWithin: seconds, before: now) > 0
    }
}
