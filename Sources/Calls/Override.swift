// SPDX-License-Identifier: Apache-2.0

/// An operator's switch that is in force.
package struct Override: Hashable, Sendable {
    package let kind: Kind
    package let scope: Scope
    /// When it was set.
    package let since: Instant
    /// Who set it.
    package let who: String

    package init(kind: Kind, scope: Scope, since: Instant, who: String) {
        self.kind = kind
        self.scope = scope
        self.since = since
        self.who = who
    }

    /// What the switch does.
    package enum Kind: Hashable, Sendable {
        /// Calls are rejected with this text.
        case closed(says: String)
        /// The hours are skipped.
        case forcedOpen
        /// Every answer that lets a call in greets with this text.
        case greeting(String)

        /// Whether calls are rejected.
        package var isClosed: Bool {
            if case .closed = self { true } else { false }
        }
    }
}
