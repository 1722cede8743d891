// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

/// A desk of several replicas, as `status --json` has it.
enum SharedDeskDocument: Document {
    typealias Subject = SharedDeskStatus

    static func fields<Coder: FieldCoder<Subject>>(_ key: inout Coder) throws(Coder.Failure) -> Subject {
        SharedDeskStatus(
            desk: try key("desk", .text, \.desk), replica: try key("replica", .text, \.replica),
            contact: try key("engine", .contact, \.contact), version: try key("version", .integer, \.version),
            isHereOnly: try key("here_only", .flag, \.isHereOnly),
            conflict: try key("conflict", .object(ConflictDocument.self), \.conflict),
            problem: try key("problem", .text, \.problem),
            replicas: try key("replicas", .list(ReplicaDocument.self), \.replicas),
            gaps: try key("missed", .laterList(CallGapDocument.self), \.gaps))
    }
}

private enum ConflictDocument: Document {
    typealias Subject = SharedDeskStatus.Conflict

    static func fields<Coder: FieldCoder<Subject>>(_ key: inout Coder) throws(Coder.Failure) -> Subject {
        SharedDeskStatus.Conflict(
            here: try key("here", .text, \.here), there: try key("there", .text, \.there),
            newestCounts: try key("newest_counts", .flag, \.newestCounts))
    }
}

private enum CallGapDocument: Document {
    typealias Subject = CallGap

    static func fields<Coder: FieldCoder<Subject>>(_ key: inout Coder) throws(Coder.Failure) -> Subject {
        CallGap(
            replica: try key("replica", .text, \.replica), changes: try key("changes", .place, \.changes),
            lastAt: try key("last_at", .time, \.lastAt), isRecent: try key("recent", .flag, \.isRecent))
    }
}

private enum ReplicaDocument: Document {
    typealias Subject = ReplicaStatus

    static func fields<Coder: FieldCoder<Subject>>(_ key: inout Coder) throws(Coder.Failure) -> Subject {
        ReplicaStatus(
            name: try key("name", .text, \.name), program: try key("program", .text, \.program),
            rules: try key("rules", .text, \.rules), version: try key("version", .integer, \.version),
            obeys: try key("obeys", .flag, \.obeys), lastHeard: try key("last_heard", .time, \.lastHeard),
            isHeard: try key("heard", .flag, \.isHeard),
            clockOffset: try key("clock_offset_ms", .integer, \.clockOffset),
            startedAt: try key("started_at", .time, \.startedAt), calls: try key("calls", .place, \.calls),
            callsPerSecond: try key("calls_per_second", .count, \.callsPerSecond),
            lastAnswerAt: try key("last_answer_at", .time, \.lastAnswerAt),
            problem: try key("problem", .text, \.problem))
    }
}

/// Which replicas a change has reached.
enum ChangeReachDocument: Document {
    typealias Subject = ChangeReach

    static func fields<Coder: FieldCoder<Subject>>(_ key: inout Coder) throws(Coder.Failure) -> Subject {
        ChangeReach(
            version: try key("version", .integer, \.version), obeying: try key("obeying", .count, \.obeying),
            of: try key("of", .count, \.of), milliseconds: try key("milliseconds", .count, \.milliseconds),
            missing: try key("missing", .texts, \.missing), hereOnly: try key("here_only", .text, \.hereOnly),
            isUnsure: try key("unsure", .flag, \.isUnsure))
    }
}

extension Form where Value == EngineContact {
    /// The word, and when the engine was last heard under `engine_heard`.
    fileprivate static var contact: Self {
        Form(
            write: { contact, key, object in
                object.add(key, contact.word)
                object.add("engine_heard", contact.since?.iso8601Exact)
            },
            read: { key, object throws(DocumentProblem) in
                let since = try object.optionalInstant("engine_heard")
                switch (try object.text(key), since) {
                case ("fresh", _): return .fresh
                case ("stale", let since?): return .stale(since: since)
                case ("cut off", let since?): return .cutOff(since: since)
                case ("never", _): return .never
                case (_, _): throw object.problem(key, "must be fresh, stale, cut off or never")
                }
            })
    }
}
