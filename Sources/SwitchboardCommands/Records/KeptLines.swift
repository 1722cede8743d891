// SPDX-License-Identifier: Apache-2.0

import Calls
import Journal
import Rules

extension ForgottenNumber {
    /// Why a phone line is not forgotten.
    static func refusal(ofLine number: PhoneNumber) -> String {
        "\(number) is a line of the rules file, not a person"
    }
}

extension JournalReader {
    /// Whether a number is a phone line by any of the rules that the journal keeps; those that cannot be read are passed over.
    func keepsLine(_ number: PhoneNumber) throws(JournalProblem) -> Bool {
        var seen: Set<String> = []
        // The newest know most of the lines.
        for moment in try revisionTimes().reversed() {
            guard let kept = try revision(at: moment), !seen.contains(kept.revision),
                let rules = PastRules(kept, asked: moment).rules?.rules
            else { continue }
            if rules.lines.contains(where: { $0.number == number }) { return true }
            seen.insert(kept.revision)
        }
        return false
    }
}
