// SPDX-License-Identifier: Apache-2.0

import Dashboard
import CallAnswering
import Screen

extension OverrideService.Handover {
    /// What the operator is told at the start.
    var tidings: [OperatorMessage] {
        let title = "Still in force since before the start"
        let standing = inForce.map(CleanText.clean)
        let still = standing.count == 1 ? "\(title): \(standing[0])" : "\(title): \(standing.count) overrides"
        return warnings.map { OperatorMessage(CleanText.clean($0), isAlert: true) }
            + (standing.isEmpty
                ? [] : [OperatorMessage(still, details: standing.count == 1 ? [] : standing, isAlert: true)])
    }
}
