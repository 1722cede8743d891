// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What a replica says of itself, each second and after every change.
package struct ReplicaReport: Hashable, Sendable {
    package let name: ReplicaName
    /// The version of the program.
    package let program: String
    /// The revision of its rules file.
    package let rules: String
    /// The state that its callers get; `nil` while it has none of this desk.
    package let obeys: Obeyed?
    /// Why it does not use the newest state, as a sentence; `nil` where it does.
    package let problem: String?
    /// How far its clock is ahead of the engine's, in milliseconds; `nil` while it is not known.
    package let clockOffset: Int?
    package let startedAt: Instant
    /// Calls since its start.
    package let calls: UInt64
    /// Calls in the last whole second.
    package let callsPerSecond: Int
    /// When it last answered a call.
    package let lastAnswerAt: Instant?
    /// It is about to end, so that nobody waits for it.
    package let isLeaving: Bool

    package init(
        name: ReplicaName, program: String, rules: String, obeys: Obeyed?, problem: String? = nil,
        clockOffset: Int? = nil, startedAt: Instant, calls: UInt64 = 0, callsPerSecond: Int = 0,
        lastAnswerAt: Instant? = nil, isLeaving: Bool = false
    ) {
        self.name = name
        self.program = program
        self.rules = rules
        self.obeys = obeys
        self.problem = problem
        self.clockOffset = clockOffset
        self.startedAt = startedAt
        self.calls = calls
        self.callsPerSecond = callsPerSecond
        self.lastAnswerAt = lastAnswerAt
        self.isLeaving = isLeaving
    }

    /// A state, by its version and id.
    package struct Obeyed: Hashable, Sendable {
        package let version: Int
        package let id: StateID

        package init(version: Int, id: StateID) {
            self.version = version
            self.id = id
        }

        package init(_ state: SharedState) { self.init(version: state.version, id: state.id) }
    }
}

/// A replica as another one knows it.
package struct HeardReplica: Hashable, Sendable {
    package let report: ReplicaReport
    /// How long ago it was heard, by the engine's clock.
    package let age: Duration

    package init(report: ReplicaReport, age: Duration) {
        self.report = report
        self.age = age
    }

    /// A replica that was not heard for longer is called silent.
    package static let silence = Duration.seconds(5)
    /// One that was silent for longer is not counted any more; until then its callers may still get an older state.
    package static let forgotten = Duration.seconds(600)

    /// Whether it was heard just now.
    package var isHeard: Bool { age <= Self.silence }

    /// Whether it counts as a part of the desk.
    package var counts: Bool { !report.isLeaving && age <= Self.forgotten }
}
