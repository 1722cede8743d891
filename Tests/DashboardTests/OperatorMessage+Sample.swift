// SPDX-License-Identifier: Apache-2.0

import Dashboard

extension OperatorMessage {
    /// A reload that succeeded.
    static let reloaded = OperatorMessage(
        "switchboard.yaml: revision 0a1b2c3d is in use, 1 line answers differently",
        details: [
            "Front desk: greeting \"Met de balie.\" by otherwise, now rejected \"Closed for inventory.\" by hours office"
        ])

    /// A reload that failed.
    static let refusedRules = OperatorMessage(
        "switchboard.yaml has errors; still using the previous rules",
        details: [
            "switchboard.yaml:12:5: error: unknown key `gretting` in an answer; did you mean `greeting`?",
            "   12 |     gretting: \"Hello\"", "      |     ^",
        ], isAlert: true)
}
