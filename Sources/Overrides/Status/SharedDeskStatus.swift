// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A desk of several replicas, as one of them knows it.
package struct SharedDeskStatus: Hashable, Sendable {
    /// The name of the desk.
    package let desk: String
    /// The name of this replica, whose view it is.
    package let replica: String
    package let contact: EngineContact
    /// The version of the overrides in force here; `nil` before this replica has seen the desk.
    package let version: Int?
    /// Changes that were made here and that the engine does not have.
    package let isHereOnly: Bool
    /// Two histories that were joined; `nil` without any.
    package let conflict: Conflict?
    /// Why the newest state is not used here, as a sentence; `nil` where it is.
    package let problem: String?
    /// All replicas that count as a part of the desk, this one included, by name.
    package let replicas: [ReplicaStatus]
    /// What this replica missed of the calls of others since its start; empty where all came.
    package var gaps: [CallGap]

    package init(
        desk: String, replica: String, contact: EngineContact, version: Int?, isHereOnly: Bool = false,
        conflict: Conflict? = nil, problem: String? = nil, replicas: [ReplicaStatus], gaps: [CallGap] = []
    ) {
        self.gaps = gaps
        self.desk = desk
        self.replica = replica
        self.contact = contact
        self.version = version
        self.isHereOnly = isHereOnly
        self.conflict = conflict
        self.problem = problem
        self.replicas = replicas
    }

    /// What the two histories say: `anna closed all lines at eu-1`.
    package struct Conflict: Hashable, Sendable {
        package let here: String
        package let there: String
        /// Whether what was set last is in force; else it is the most restrictive of both.
        package let newestCounts: Bool

        package init(here: String, there: String, newestCounts: Bool) {
            self.newestCounts = newestCounts
            self.here = here
            self.there = there
        }
    }

    /// How many replicas have another rules file than this one.
    package var otherRules: Int {
        guard let own = replicas.first(where: { $0.name == replica }) else { return 0 }
        return replicas.count { $0.rules != own.rules }
    }

    /// How many replicas other than this one count.
    package var others: Int { replicas.count { $0.name != replica } }
}

/// Changes of calls of another replica that never came here.
package struct CallGap: Hashable, Sendable {
    package let replica: String
    package let changes: UInt64
    /// When the last of them was missed.
    package let lastAt: Instant
    /// Whether that is so new that an operator has to know it.
    package let isRecent: Bool

    package init(replica: String, changes: UInt64, lastAt: Instant, isRecent: Bool) {
        self.replica = replica
        self.changes = changes
        self.lastAt = lastAt
        self.isRecent = isRecent
    }

    /// For how many seconds a gap is shown on the screen.
    package static let newsSeconds: Int64 = 600
}

/// How newly a replica has heard from the engine.
package enum EngineContact: Hashable, Sendable {
    /// Within two seconds.
    case fresh
    /// Not any more; the last known state is in force.
    case stale(since: Instant)
    /// Not for a minute; others count on it no longer.
    case cutOff(since: Instant)
    /// Not since the start.
    case never

    /// The word in JSON; a format.
    package var word: String {
        switch self {
        case .fresh: "fresh"
        case .stale: "stale"
        case .cutOff: "cut off"
        case .never: "never"
        }
    }

    /// When it was last heard; `nil` while it is heard, and where it never was.
    package var since: Instant? {
        switch self {
        case .stale(let since), .cutOff(let since): since
        case .fresh, .never: nil
        }
    }
}

/// One replica of a desk, as another one knows it.
package struct ReplicaStatus: Hashable, Sendable {
    package let name: String
    /// The version of the program.
    package let program: String
    /// The revision of its rules file.
    package let rules: String
    /// The version of the overrides that its callers get; `nil` while it has none.
    package let version: Int?
    /// Whether that is the version in force here.
    package let obeys: Bool
    /// When it was last heard.
    package let lastHeard: Instant
    /// Whether that is just now.
    package let isHeard: Bool
    /// How far its clock is ahead of the engine's, in milliseconds.
    package let clockOffset: Int?
    package let startedAt: Instant
    package let calls: UInt64
    package let callsPerSecond: Int
    package let lastAnswerAt: Instant?
    package let problem: String?

    package init(
        name: String, program: String, rules: String, version: Int?, obeys: Bool, lastHeard: Instant, isHeard: Bool,
        clockOffset: Int?, startedAt: Instant, calls: UInt64, callsPerSecond: Int, lastAnswerAt: Instant?,
        problem: String?
    ) {
        self.name = name
        self.program = program
        self.rules = rules
        self.version = version
        self.obeys = obeys
        self.lastHeard = lastHeard
        self.isHeard = isHeard
        self.clockOffset = clockOffset
        self.startedAt = startedAt
        self.calls = calls
        self.callsPerSecond = callsPerSecond
        self.lastAnswerAt = lastAnswerAt
        self.problem = problem
    }
}

/// Which replicas a change has reached, by the time its result was reported.
package struct ChangeReach: Hashable, Sendable {
    /// The version that the change made; `nil` for a change that no engine has.
    package let version: Int?
    package let obeying: Int
    /// How many replicas count.
    package let of: Int
    /// From the command to the last answer, in milliseconds.
    package let milliseconds: Int
    /// The replicas that do not obey it, each with why: `eu-2: last heard 34 s ago`.
    package let missing: [String]
    /// Why the engine does not have it, as a clause; `nil` where it does.
    package let hereOnly: String?
    /// Whether the engine may have it all the same: it was asked and did not answer.
    package let isUnsure: Bool

    package init(
        version: Int?, obeying: Int, of count: Int, milliseconds: Int, missing: [String] = [], hereOnly: String? = nil,
        isUnsure: Bool = false
    ) {
        self.version = version
        self.obeying = obeying
        of = count
        self.milliseconds = milliseconds
        self.missing = missing
        self.hereOnly = hereOnly
        self.isUnsure = isUnsure
    }

    /// Whether every replica obeys.
    package var isComplete: Bool { hereOnly == nil && obeying == of }

    /// The reach in one clause: `5 of 5 obey v42 (38 ms)`.
    package var words: String {
        if let hereOnly {
            let others = of - obeying
            let unaware =
                switch others {
                case 0: ""
                case 1: isUnsure ? ", 1 replica may not know" : ", 1 replica does not know"
                default: isUnsure ? ", \(others) replicas may not know" : ", \(others) replicas do not know"
                }
            return "\(isUnsure ? "here for sure" : "here only")\(unaware): \(hereOnly)"
        }
        let version = version.map { " v\($0)" } ?? ""
        let reached = "\(obeying) of \(of) obey\(version)"
        return isComplete
            ? "\(reached) (\(milliseconds) ms)" : "\(reached) after \(milliseconds) ms; not: \(missing.shortList)"
    }
}
