// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls

/// What came of an order, in one line.
enum OverrideResultText {
    static func line(_ outcome: OverrideResult, clock: OverrideTimeText) -> String {
        guard let first = outcome.begun.first else { return outcome.words }
        let text = first.kind.text.map { "; callers hear \"\($0)\"" } ?? ""
        return "\(outcome.words) \(clock.end(first.until))\(text)"
    }
}
