// SPDX-License-Identifier: Apache-2.0

import Calls

/// What an order makes of a desk, before anything of it is kept or in force.
package struct OverrideTransition: Hashable, Sendable {
    package let state: OverrideState
    /// The lines that the audit gets.
    package let audit: [AuditEntry]
    package let outcome: OverrideResult

    package init(state: OverrideState, audit: [AuditEntry], outcome: OverrideResult) {
        self.state = state
        self.audit = audit
        self.outcome = outcome
    }
}
