// SPDX-License-Identifier: Apache-2.0

package import Calls

/// One line of the audit: an override began or ended, by whom, and what callers heard before and after.
package struct AuditEntry: Hashable, Sendable {
    /// Counted from 1; a gap would mean that a line is missing.
    package let number: Int
    package let at: Instant
    /// Who did it; `nil` for an expired override.
    package let who: Operator?
    package let event: Event
    package let override: Override
    /// What callers heard by the override that it replaced, if it replaced one.
    package let old: String?

    package init(number: Int, at: Instant, who: Operator?, event: Event, override: Override, old: String?) {
        self.number = number
        self.at = at
        self.who = who
        self.event = event
        self.override = override
        self.old = old
    }

    /// What happened to the override.
    package enum Event: String, CaseIterable, Hashable, Sendable {
        case begun
        /// It is in force again, since the change that ended it was undone.
        case restored
        /// A newer one replaced it.
        case replaced
        /// It expired.
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

extension Sequence<AuditEntry> {
    /// The overrides that these lines leave in force at a moment, the oldest first.
    package func inForce(at now: Instant) -> [Override] {
        let left = reduce(into: [Override]()) { left, entry in
            left.removeAll { $0.id == entry.override.id }
            if entry.event.begins { left.append(entry.override) }
        }
        return left.filter { $0.isInForce(at: now) }.sorted { $0.id < $1.id }
    }
}
