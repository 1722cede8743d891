// SPDX-License-Identifier: Apache-2.0

package import Calls

extension Sequence<AuditEntry> {
    /// The overrides that these lines leave in force at a moment, in the order in which they began.
    package func standing(at now: Instant) -> [Override] {
        let left = reduce(into: [Override]()) { left, entry in
            left.removeAll { $0.id == entry.override.id }
            if entry.event.begins { left.append(entry.override) }
        }
        return left.filter { $0.isInForce(at: now) }
    }
}
