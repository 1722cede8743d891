// SPDX-License-Identifier: Apache-2.0

import Calls
package import Overrides

/// Which of two states of a desk counts.
///
/// A closed line costs less than a line that is open during an incident, so where histories differ the most restrictive
/// one holds until a person decides.
package enum Lineage {
    /// What a replica does about the state that the engine has.
    package enum Verdict: Hashable, Sendable {
        /// Both are the same.
        case same
        /// Theirs was made from mine.
        case takeTheirs
        /// The engine has nothing, or something that mine was made from: a write was lost, a copy was restored, or mine is
        /// new.
        case proposeMine
        /// Each has changes that the other lacks.
        case join
        /// The engine belongs to another desk, or this one was founded again.
        case otherDesk
    }

    /// Compares what a replica kept with what the engine has; `mine` is `nil` for one that was alone so far.
    ///
    /// `alone` are the overrides of such a replica.
    package static func compare(mine: KeptShare?, alone: OverrideState, theirs: SharedState?) -> Verdict {
        guard let theirs else { return .proposeMine }
        guard let mine else { return joining(alone, theirs) }
        guard mine.state.epoch == theirs.epoch else { return .otherDesk }
        if mine.state.id == theirs.id { return .same }
        if theirs.comes(from: mine.state.id) { return .takeTheirs }
        if mine.state.comes(from: theirs.id) { return .proposeMine }
        let oldestKnown = theirs.version - theirs.ancestors.count
        let isTooOldToTell =
            mine.state.version < oldestKnown && theirs.ancestors.count == SharedState.mostAncestors
        return isTooOldToTell && mine.isShared ? .takeTheirs : .join
    }

    /// A replica that was alone takes the state of the desk, unless it has overrides that the desk lacks.
    ///
    /// Numbers of overrides and of lines of the audit only grow, on each replica, so one that is further on joins too.
    private static func joining(_ alone: OverrideState, _ theirs: SharedState) -> Verdict {
        let isAhead = alone.auditLines > theirs.overrides.auditLines || alone.nextID > theirs.overrides.nextID
        let lacks =
            alone.overrides.contains { !theirs.overrides.overrides.contains($0) }
            || alone.callers.all.contains { !theirs.overrides.callers.all.contains($0) }
        return isAhead || lacks ? .join : .takeTheirs
    }

    /// What counts while two histories differ.
    package enum ConflictPolicy: String, CaseIterable, Hashable, Sendable {
        /// Every closure and block of either.
        case closed
        /// What was set last.
        case newest
    }
}

extension OverrideState {
    /// What is in force by two histories together; numbers are those of `theirs`, and no number is used twice.
    ///
    /// `mineIsNewer` says whose greetings count, and of the policy `newest`, whose overrides.
    package func joined(
        with theirs: OverrideState, mineIsNewer: Bool, policy: Lineage.ConflictPolicy
    ) -> OverrideState {
        var numbers = Numbers(next: max(nextID, theirs.nextID), theirs: theirs.nextID)
        let joined: (overrides: [Override], callers: [CallerOverride])
        switch policy {
        case .newest where mineIsNewer: joined = (overrides, callers.all)
        case .newest: joined = (theirs.overrides, theirs.callers.all)
        case .closed:
            joined = (
                Self.mostRestrictive(
                    overrides, theirs.overrides, greetings: mineIsNewer ? overrides : theirs.overrides),
                Self.mostRestrictive(callers, theirs.callers)
            )
        }
        let lines = joined.overrides.map { theirs.overrides.contains($0) ? $0 : $0.numbered(numbers.give($0.id)) }
        let callers = joined.callers.map {
            theirs.callers[$0.caller] == $0 ? $0 : $0.numbered(numbers.give($0.id))
        }
        return OverrideState(
            overrides: lines.sorted { $0.id < $1.id }, changes: theirs.changes, callers: CallerOverrides(callers),
            nextID: numbers.next, auditLines: max(auditLines, theirs.auditLines))
    }

    /// Gives numbers that the other history has not used.
    private struct Numbers {
        var next: Int
        /// The first number that the other history has not used.
        let theirs: Int

        /// The number, or a new one where the other history may have used it for something else.
        mutating func give(_ number: Int) -> Int {
            guard number < theirs else { return number }
            defer { next += 1 }
            return next
        }
    }

    /// The closures of both and the greetings of one; an opening counts only where both have it.
    private static func mostRestrictive(
        _ mine: [Override], _ theirs: [Override], greetings: [Override]
    ) -> [Override] {
        var chosen: [Scope: Override] = [:]
        for override in (theirs + mine) where override.kind.isClosure {
            if override.kind == .forcedOpen {
                let isInBoth = [mine, theirs].allSatisfy { side in
                    side.contains { $0.kind == .forcedOpen && $0.scope == override.scope }
                }
                guard isInBoth else { continue }
            }
            guard let other = chosen[override.scope] else {
                chosen[override.scope] = override
                continue
            }
            if override.restrictiveness > other.restrictiveness { chosen[override.scope] = override }
        }
        return Array(chosen.values) + greetings.filter { !$0.kind.isClosure }
    }

    /// The blocks of both; an exception counts only where both have it.
    private static func mostRestrictive(_ mine: CallerOverrides, _ theirs: CallerOverrides) -> [CallerOverride] {
        let callers = Set((mine.all + theirs.all).map(\.caller))
        return callers.compactMap { caller in
            let both = [theirs[caller], mine[caller]].compactMap(\.self)
            let blocks = both.filter(\.isBlock)
            if let block = blocks.max(by: { $0.since < $1.since }) { return block }
            return both.count == 2 ? both.max { $0.since < $1.since } : nil
        }.sorted { $0.id < $1.id }
    }
}

extension Override {
    /// How much of a line it closes, then how long, then how new it is.
    fileprivate var restrictiveness: Restrictiveness {
        let kind =
            switch kind {
            case .closed: 3
            case .inform: 2
            case .forcedOpen: 1
            case .greeting: 0
            }
        return Restrictiveness(kind: kind, end: until?.microseconds ?? .max, since: since.microseconds)
    }

    fileprivate struct Restrictiveness: Comparable {
        let kind: Int
        let end: Int64
        let since: Int64

        static func < (left: Restrictiveness, right: Restrictiveness) -> Bool {
            (left.kind, left.end, left.since) < (right.kind, right.end, right.since)
        }
    }

    fileprivate func numbered(_ id: Int) -> Override {
        Override(id: id, kind: kind, scope: scope, reason: reason, who: who, since: since, until: until)
    }
}

extension CallerOverride {
    fileprivate func numbered(_ id: Int) -> CallerOverride {
        CallerOverride(id: id, kind: kind, caller: caller, reason: reason, who: who, since: since, until: until)
    }
}

extension SharedState {
    /// Joins the history of a replica with the engine's, so that each replica recognizes its own in it.
    ///
    /// `mine` is `nil` for a replica that was alone so far, with the overrides `alone`.
    package func joined(
        with mine: KeptShare?, alone: OverrideState, policy: Lineage.ConflictPolicy, id: StateID, by author: Author
    ) -> SharedState {
        let mineIsNewer = mine.map { $0.state.author.at > self.author.at } ?? false
        let joined = alone.joined(with: overrides, mineIsNewer: mineIsNewer, policy: policy)
        let mineAncestors = mine.map { ($0.state.ancestors + [$0.state.id]).filter { !comes(from: $0) } } ?? []
        let here =
            mine.map { SharedConflict.Side($0.state) }
            ?? SharedConflict.Side(version: 0, author: author, overrides: alone.overrides, callers: alone.callers)
        let differs =
            joined.overrides != overrides.overrides || joined.callers != overrides.callers
            || mine.map {
                $0.state.overrides.overrides != joined.overrides || $0.state.overrides.callers != joined.callers
            }
                ?? false
        return SharedState(
            epoch: epoch, version: max(version, mine?.state.version ?? 0) + 1, id: id,
            ancestors: ancestors + mineAncestors + [self.id], author: author, overrides: joined,
            conflict: differs ? SharedConflict(here: here, there: SharedConflict.Side(self), policy: policy) : conflict)
    }
}
