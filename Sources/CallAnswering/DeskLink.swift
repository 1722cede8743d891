// SPDX-License-Identifier: Apache-2.0

package import Overrides
package import Sharing

/// The way to the other replicas of a desk; the queue of the overrides waits for it, calls never do.
package protocol DeskLink: Sendable {
    /// The name of this replica.
    var replica: ReplicaName { get }

    /// What counts while two histories differ.
    var policy: Lineage.ConflictPolicy { get }

    /// How many other replicas count as a part of the desk.
    var others: Int { get }

    /// Proposes a state, and finds out what became of it; blocks for a second or two at most.
    func propose(_ state: SharedState, audit: [AuditEntry], expecting: StateID?) -> DeskProposal

    /// The lines of the audit with a greater number, as far as the engine has them; `nil` if it does not answer.
    ///
    /// Blocks like `propose`.
    func lines(after number: Int) -> [AuditEntry]?

    /// The state in force here has changed.
    func noteState()

    /// Waits until all replicas obey a state, a second at most, and returns which do.
    ///
    /// `started` are the ticks of the clock at the beginning of the change.
    func reach(of state: ReplicaReport.Obeyed, since started: UInt64) async -> ChangeReach
}

/// What became of a proposal.
package enum DeskProposal: Hashable, Sendable {
    case accepted
    /// The engine has another state than was expected; `nil` for none at all.
    case stale(SharedState?)
    /// The engine does not have it, for this reason.
    case failed(String)
    /// It is not known whether the engine has it, or will: it was asked and did not answer.
    case unknown(String)
}
