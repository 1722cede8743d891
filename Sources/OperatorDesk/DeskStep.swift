// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What an order makes of a desk, before anything of it is kept or in force.
package struct DeskStep: Hashable, Sendable {
    package let state: DeskState
    /// The lines that the audit gets.
    package let audit: [AuditEntry]
    package let outcome: DeskOutcome

    package init(state: DeskState, audit: [AuditEntry], outcome: DeskOutcome) {
        self.state = state
        self.audit = audit
        self.outcome = outcome
    }
}
