// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import Overrides
import TestSupport

extension ServerStatus {
    /// Two callers are blocked and one is allowed.
    static let blocking = sample(
        callers: [
            (.blocked(says: "Please write to us."), "+31612340000", 5400), (.allowed, "+33142685300", 28_800),
            (.blocked(says: "Please write to us."), "+31688899001", nil),
        ])

    /// The caller of the newest varied call is blocked.
    static let blockingNewest = sample(callers: [(.blocked(says: "Please write to us."), "+31612345678", 5400)])

    private static func sample(callers: [(CallerOverride.Kind, PhoneNumber, Int64?)]) -> ServerStatus {
        var status = ServerStatus.sample()
        let overrides = callers.enumerated().map { index, caller in
            CallerOverride(
                id: index + 1, kind: caller.0, caller: caller.1, reason: "prank calls",
                who: Operator(user: "anna"), since: .sample, until: caller.2.map { .sample.advanced(bySeconds: $0) })
        }
        status.callers = CallersStatus(CallerOverrides(overrides), at: .sample)
        return status
    }
}

extension CallExplanation {
    /// A call that was greeted, and is rejected now.
    static let different = CallExplanation(
        CallToExplain(
            from: "+31612345678", to: "+31850835037", at: nil,
            former: .init(at: .sample, by: "rule vip", words: "greeting \"Hello Jan.\"", reply: [])),
        .answered(
            .init(
                by: "override group amsterdam",
                reply: Array(#"{"error":"We are closed because of a fire drill."}"#.utf8),
                steps: [
                    Step(what: "rule vip", held: false, why: "caller +31612345678 is not in the list"),
                    Step(what: "override all", held: false, why: "none in force"),
                    Step(
                        what: "override group amsterdam", held: true,
                        why: "closed by anna since 14:00, until 15:30: fire drill"),
                ], isSame: false)))
}
