// SPDX-License-Identifier: Apache-2.0

package import Calls

extension OverrideState {
    /// Works out what an order comes to; a refused one changes nothing.
    package func carrying(
        out order: OverrideCommand, by who: Operator, at now: Instant, among directory: LineDirectory
    ) throws(OverrideError) -> OverrideTransition {
        // Files and outputs have milliseconds, and what was kept must be what was set.
        let now = now.inWholeMilliseconds
        var work = OverrideTransaction(expiring(at: now), who: who, now: now, directory: directory)
        switch order {
        case .begin(let kind, let scopes, let reason, let until):
            try work.begin(kind, scopes, reason: reason, until: until)
        case .open(let scopes): try work.open(scopes)
        case .followHours(let scopes): try work.followHours(scopes)
        case .clearGreeting(let scopes): try work.clearGreeting(scopes)
        case .end(let id): try work.end(id)
        case .undo: try work.undo()
        }
        return work.step
    }

    /// Takes out what is over; `outcome.ended` says what was.
    package func expiring(at now: Instant) -> OverrideTransition {
        var state = self
        var audit: [AuditEntry] = []
        let over = overrides.filter { !$0.isInForce(at: now) }
        for override in over {
            state.end(override)
            audit.append(
                AuditEntry(
                    number: state.takeAuditLine(), at: override.until ?? now, who: nil, event: .expired,
                    override: override, old: nil))
        }
        let words = over.map { "\($0.words) ended by itself" }.joined(separator: "; ")
        return OverrideTransition(
            state: state, audit: audit, outcome: OverrideResult(words: words, begun: [], ended: over))
    }

    /// When the next override ends by itself.
    package var nextEnd: Instant? { overrides.compactMap(\.until).min() }
}
