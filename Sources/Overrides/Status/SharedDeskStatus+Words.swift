// SPDX-License-Identifier: Apache-2.0

package import Calls

// What is said of a desk of several replicas, on the screen and by `status`.

extension SharedDeskStatus {
    /// What is said of a server that is not a replica.
    package static let absence = "This server is a desk of its own: its rules file has no `shared`."

    /// The desk in one line: `replica eu-1 of desk main: v42, 5 of 5 replicas obey`.
    package var words: String {
        let version = version.map { "v\($0)" } ?? "no overrides of the desk yet"
        let obeying = replicas.count(where: \.obeys)
        return "replica \(replica) of desk \(desk): \(version), \(obeying) of \(replicas.count) replicas obey"
    }

    /// What somebody should know or do, the most urgent first; each is a sentence without a full stop.
    package func alarms(_ time: (Instant) -> String) -> [String] {
        [conflictWords, contactWords(time), hereOnlyWords].compactMap(\.self) + othersWords(time)
            + [otherRulesWords, clockWords].compactMap(\.self) + gapWords(time)
    }

    private var conflictWords: String? {
        conflict.map { conflict in
            let counts = conflict.newestCounts ? "What was set last" : "The most restrictive of both"
            return "CONFLICT: \(conflict.here); \(conflict.there). "
                + "\(counts) is in force until somebody closes or opens lines"
        }
    }

    private func contactWords(_ time: (Instant) -> String) -> String? {
        let reason = problem.map { " (\($0))" } ?? ""
        switch contact {
        case .fresh: return problem
        case .stale(let since):
            return
                "the engine of desk \(desk) was last heard at \(time(since))\(reason); the last known overrides are in force"
        case .cutOff(let since):
            return
                "CUT OFF from desk \(desk) since \(time(since))\(reason); what other replicas change does not arrive here"
        case .never:
            return "the engine of desk \(desk) was not reached since the start\(reason)"
        }
    }

    private var hereOnlyWords: String? {
        guard isHereOnly else { return nil }
        // A change that got no answer may have arrived.
        let limit = contact == .fresh ? "" : ", as far as it knows"
        return others == 0
            ? "the newest change is not in the engine yet\(limit)"
            : "HERE ONLY: the newest change is in force at this replica only\(limit)"
    }

    private func othersWords(_ time: (Instant) -> String) -> [String] {
        guard contact == .fresh else { return [] }
        return replicas.filter { $0.name != replica }.compactMap { other in
            guard other.isHeard else {
                return "replica \(other.name) was last heard at \(time(other.lastHeard)), with \(other.versionWords)"
            }
            if let problem = other.problem { return "replica \(other.name) has \(other.versionWords): \(problem)" }
            // One that is a moment late is the usual course of a change.
            guard let version, let theirs = other.version else { return nil }
            return theirs + 1 < version ? "replica \(other.name) has \(other.versionWords), not v\(version)" : nil
        }
    }

    private var otherRulesWords: String? {
        guard otherRules > 0 else { return nil }
        return
            "\(otherRules) of \(replicas.count) replicas \(otherRules == 1 ? "has" : "have") another rules file than this one"
    }

    /// From this difference on clocks are called wrong, in milliseconds.
    private static let mostOffset = 500

    private var clockWords: String? {
        let wrong = replicas.filter { $0.isHeard && abs($0.clockOffset ?? 0) >= Self.mostOffset }
        guard !wrong.isEmpty else { return nil }
        let names = wrong.map { "\($0.name) by \($0.clockOffset ?? 0) ms" }
        return "clocks differ from the engine's: \(names.shortList)"
    }

    private func gapWords(_ time: (Instant) -> String) -> [String] {
        gaps.filter(\.isRecent).map { gap in
            let changes = gap.changes == 1 ? "1 change of a call" : "\(gap.changes) changes of calls"
            return "\(changes) at replica \(gap.replica) did not come here, the last at \(time(gap.lastAt))"
        }
    }

    /// Who else answered when contact with this replica was last there: `eu-2 and eu-3 answered too`; `nil` for nobody.
    package var othersAnswering: String? {
        let names = replicas.filter { $0.name != replica && $0.isHeard }.map(\.name)
        guard !names.isEmpty else { return nil }
        return "\(names.shortList) answered too when it was last heard"
    }
}

extension ReplicaStatus {
    package var versionWords: String { version.map { "v\($0)" } ?? "no overrides of the desk" }
}
