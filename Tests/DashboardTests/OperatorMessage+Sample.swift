// SPDX-License-Identifier: Apache-2.0

import Dashboard

extension OperatorMessage {
    /// A rules file that was taken.
    static let reloaded = OperatorMessage(
        "switchboard.yaml: revision 0a1b2c3d is in use, 1 line answers differently",
        details: [
            "Front desk: greeting \"Met de balie.\" by otherwise, now rejected \"Closed for inventory.\" by hours office"
        ])

    /// A rules file that was not.
    static let refusedRules = OperatorMessage(
        "switchboard.yaml was not taken: the rules that were in use stay in use",
        details: [
            "switchboard.yaml:12:5: error: unknown key `gretting` in an answer; did you mean `greeting`?",
            "   12 |     gretting: \"Hello\"", "      |     ^",
        ], isAlert: true)
}
