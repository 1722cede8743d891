// SPDX-License-Identifier: Apache-2.0

package import Calls

/// One line of the audit: an override began or ended, by whom, and what was heard before and after.
package struct AuditEntry: Hashable, Sendable {
    /// Counted from 1; a gap would mean that a line is missing.
    package let number: Int
    package let at: Instant
    /// Who did it; `nil` for what ended by itself.
    package let who: Operator?
    package let event: Event
    package let override: Override
    /// The words of the override whose place it took, if it took one.
    package let old: String?

    package init(number: Int, at: Instant, who: Operator?, event: Event, override: Override, old: String?) {
        self.number = number
        self.at = at
        self.who = who
        self.event = event
        self.override = override
        self.old = old
    }

    /// What became of the override.
    package enum Event: String, CaseIterable, Hashable, Sendable {
        case begun
        /// It is in force again, since what replaced or ended it was taken back.
        case restored
        /// A newer one took its place.
        case replaced
        /// Its time was over.
        case expired
        /// An operator opened the scope, or let it follow its hours, or cleared the greeting.
        case takenBack = "taken back"
        /// Its beginning was undone.
        case undone

        /// Whether the override is in force since.
        package var begins: Bool {
            switch self {
            case .begun, .restored: true
            case .replaced, .expired, .takenBack, .undone: false
            }
        }
    }
}
