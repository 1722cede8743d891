// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Overrides

/// The overrides of a desk at one version, with where that version comes from.
///
/// Every replica keeps the newest one that it knows on its own disk. The states of a desk form a chain: each names the
/// states that it was made from, so that two of them can be compared without asking anyone.
package struct SharedState: Hashable, Sendable {
    /// The desk; made by the replica that founded it.
    package let epoch: StateID
    /// Counted from 1; a state is one above the newest that it was made from.
    package let version: Int
    package let id: StateID
    /// The states that it comes from, the one that it was made from last; at most ``mostAncestors``.
    package let ancestors: [StateID]
    package let author: Author
    package let overrides: OverrideState
    /// Two histories that were joined and that nobody has decided between; `nil` without any.
    package let conflict: SharedConflict?

    /// How many ancestors a state names.
    ///
    /// A replica that missed more changes cannot tell whether it is one of them.
    package static let mostAncestors = 256

    package init(
        epoch: StateID, version: Int, id: StateID, ancestors: [StateID], author: Author, overrides: OverrideState,
        conflict: SharedConflict? = nil
    ) {
        self.epoch = epoch
        self.version = version
        self.id = id
        self.ancestors = ancestors.suffix(Self.mostAncestors)
        self.author = author
        self.overrides = overrides
        self.conflict = conflict
    }

    /// Who made a state, where, and by doing what.
    package struct Author: Hashable, Sendable {
        package let at: Instant
        package let replica: ReplicaName
        /// `nil` where no operator did it, such as the founding of a desk.
        package let who: Operator?
        /// What was done, such as `closed all lines`.
        package let words: String

        package init(at: Instant, replica: ReplicaName, who: Operator?, words: String) {
            self.at = at.inWholeMilliseconds
            self.replica = replica
            self.who = who
            self.words = words
        }

        /// All of it but the time: `anna closed all lines at eu-1`.
        package var sentence: String { "\(who.map { "\($0.user) " } ?? "")\(words) at \(replica)" }
    }

    /// The first state of a desk.
    package static func founding(
        _ overrides: OverrideState, epoch: StateID, id: StateID, by author: Author
    ) -> SharedState {
        SharedState(epoch: epoch, version: 1, id: id, ancestors: [], author: author, overrides: overrides)
    }

    /// The state after a change; a conflict stays until someone decides it.
    package func successor(_ overrides: OverrideState, id: StateID, by author: Author) -> SharedState {
        successor(overrides, id: id, by: author, conflict: conflict)
    }

    /// The state after a decision between two histories.
    package func settled(_ overrides: OverrideState, id: StateID, by author: Author) -> SharedState {
        successor(overrides, id: id, by: author, conflict: nil)
    }

    private func successor(
        _ overrides: OverrideState, id: StateID, by author: Author, conflict: SharedConflict?
    ) -> SharedState {
        SharedState(
            epoch: epoch, version: version + 1, id: id, ancestors: ancestors + [self.id], author: author,
            overrides: overrides, conflict: conflict)
    }

    /// Whether it was made from another state, as far as it remembers.
    package func comes(from other: StateID) -> Bool { ancestors.contains(other) }
}

/// Two histories of a desk that were joined.
package struct SharedConflict: Hashable, Sendable {
    /// What the replica that joined them had.
    package let here: Side
    /// What the engine had.
    package let there: Side
    /// By what the two were joined.
    package let policy: Lineage.ConflictPolicy

    package init(here: Side, there: Side, policy: Lineage.ConflictPolicy) {
        self.policy = policy
        self.here = here
        self.there = there
    }

    /// One of the histories, with what was in force by it.
    package struct Side: Hashable, Sendable {
        package let version: Int
        package let author: SharedState.Author
        package let overrides: [Override]
        package let callers: CallerOverrides

        package init(
            version: Int, author: SharedState.Author, overrides: [Override], callers: CallerOverrides
        ) {
            self.version = version
            self.author = author
            self.overrides = overrides
            self.callers = callers
        }

        package init(_ state: SharedState) {
            self.init(
                version: state.version, author: state.author, overrides: state.overrides.overrides,
                callers: state.overrides.callers)
        }
    }
}

/// The newest state that a replica knows, and what of it the others may not know.
package struct KeptShare: Hashable, Sendable {
    package let state: SharedState
    /// Lines of the audit that the engine may not have, the oldest first.
    package let unshared: [AuditEntry]
    /// Whether the engine is known to have had this state.
    package let isShared: Bool

    package init(_ state: SharedState, unshared: [AuditEntry] = [], isShared: Bool) {
        self.state = state
        self.unshared = unshared
        self.isShared = isShared
    }

    /// The same, once the engine has it.
    package var shared: KeptShare { KeptShare(state, isShared: true) }
}

/// Keeps what replicas share together with the overrides, so that neither is ever older than the other.
package protocol SharedStateStore: OverrideStore {
    /// Saves a state as `keep(_:audit:)` does. Lines of the audit that it has already, by number, are not added again.
    func keep(_ share: KeptShare, audit: [AuditEntry]) throws(OverrideStoreError)
}
