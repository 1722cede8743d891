// SPDX-License-Identifier: Apache-2.0

package import Calls

extension ForgottenNumber {
    /// What the audit has of it: how many calls were of the number, and the override on it that ended with it.
    package func note(calls: Int, ending override: CallerOverride?) -> String {
        let end = override.map { "; its \($0.isBlock ? "block" : "exception") ended" } ?? ""
        return "forgot a number: \(CountText.words(calls, "call")), now \(name)\(end)"
    }
}
