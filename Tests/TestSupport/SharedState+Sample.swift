// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Overrides
package import Sharing

extension StateID {
    /// An id of its own for each number.
    package static func sample(_ number: Int) -> StateID {
        var generator = SeededGenerator(seed: UInt64(number))
        return random(using: &generator)
    }
}

extension ReplicaName: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) {
        guard let name = ReplicaName(text) else { preconditionFailure("\(text) is not a name of a replica") }
        self = name
    }
}

extension OverrideState {
    /// A state with these overrides, which go on with the number `nextID`.
    package static func sample(
        _ overrides: [Override] = [], callers: [CallerOverride] = [], nextID: Int = 10, auditLines: Int = 0
    ) -> OverrideState {
        OverrideState(
            overrides: overrides, changes: [], callers: CallerOverrides(callers), nextID: nextID,
            auditLines: auditLines)
    }
}

extension SharedState {
    /// A state of the sample desk.
    package static func sample(
        _ id: Int, version: Int? = nil, from ancestors: [Int] = [], epoch: Int = 0,
        overrides: OverrideState = OverrideState(), at now: Instant = .sample, words: String = "closed all lines",
        conflict: SharedConflict? = nil
    ) -> SharedState {
        SharedState(
            epoch: .sample(epoch), version: version ?? ancestors.count + 1, id: .sample(id),
            ancestors: ancestors.map { StateID.sample($0) },
            author: Author(at: now, replica: "eu-1", who: Operator(user: "anna"), words: words), overrides: overrides,
            conflict: conflict)
    }
}
