// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON
import Overrides
package import Sharing

// What replicas of one desk read of each other: the state, and the report of each. Replicas of different versions meet, so a
// document of a newer format is refused as a whole.

extension SharedState {
    /// The version of the format.
    package static let format = 1

    /// The largest document, in bytes.
    package static let mostBytes = 8 << 20

    /// The state as an engine keeps it.
    package var engineState: EngineState {
        EngineState(epoch: epoch, version: version, id: id, document: SharedStateDocument.document(self).bytes)
    }

    /// Reads what `engineState` wrote, and checks that this replica can use it.
    package init(_ state: EngineState) throws(DocumentProblem) {
        guard state.document.count <= Self.mostBytes else {
            throw DocumentProblem(at: "", "is larger than \(Self.mostBytes >> 20) MiB")
        }
        self = try SharedStateDocument.read(state.document)
        guard epoch == state.epoch, version == state.version, id == state.id else {
            throw DocumentProblem(at: "id", "is of another state than the engine says")
        }
        // The same checks as for what comes from the disk.
        _ = try PersistedState(PersistedState(state: overrides, audit: []).bytes)
    }
}

extension ReplicaReport {
    /// The report as an engine keeps it.
    package var engineReport: EngineReport {
        EngineReport(replica: name, document: ReplicaReportDocument.document(self).bytes)
    }

    package init(_ report: EngineReport) throws(DocumentProblem) {
        self = try ReplicaReportDocument.read(report.document)
        guard name == report.replica else { throw DocumentProblem(at: "name", "is of another replica") }
    }
}

extension AuditEntry {
    /// The entry as a line that replicas share.
    package var engineLine: EngineLine { EngineLine(number: number, bytes: document.bytes) }
}

/// Something that has a shared state, with or without what is in force by it.
private protocol SharedStateHolder {
    var state: SharedState { get }
}

extension KeptShare: SharedStateHolder {}

extension SharedState: SharedStateHolder {
    fileprivate var state: SharedState { self }
}

/// What the engine and the disk have in common.
private enum LineageFields {
    static func read<Holder: SharedStateHolder, Coder: FieldCoder<Holder>>(
        _ key: inout Coder, overrides: (inout Coder) throws(Coder.Failure) -> OverrideState
    ) throws(Coder.Failure) -> SharedState {
        _ = try key("format", .sharedFormat) { _ in SharedState.format }
        let epoch = try key("epoch", .stateID, \.state.epoch)
        let version = try key("version", .ordinal, \.state.version)
        let id = try key("id", .stateID, \.state.id)
        let ancestors = try key("ancestors", .stateIDs, \.state.ancestors)
        let author = try key("author", .object(AuthorDocument.self), \.state.author)
        let state = try overrides(&key)
        return SharedState(
            epoch: epoch, version: version, id: id, ancestors: ancestors, author: author, overrides: state,
            conflict: try key("conflict", .laterObject(ConflictDocument.self), \.state.conflict))
    }
}

private enum SharedStateDocument: Document {
    typealias Subject = SharedState

    static func fields<Coder: FieldCoder<SharedState>>(_ key: inout Coder) throws(Coder.Failure) -> SharedState {
        try LineageFields.read(&key) { key throws(Coder.Failure) in
            try key("state", .object(OverrideStateDocument.self), \.overrides)
        }
    }
}

/// What a replica keeps of it in `state.json`, which has the overrides already.
enum KeptShareDocument: Document {
    typealias Subject = KeptShare

    static func fields<Coder: FieldCoder<KeptShare>>(_ key: inout Coder) throws(Coder.Failure) -> KeptShare {
        let state = try LineageFields.read(&key) { key throws(Coder.Failure) in
            try key.inherited("overrides", .inPlace(OverrideStateDocument.self), \.state.overrides)
        }
        return KeptShare(
            state, unshared: try key("unshared", .list(AuditDocument.self), \.unshared),
            isShared: try key("is_shared", .flag, \.isShared))
    }
}

private enum AuthorDocument: Document {
    typealias Subject = SharedState.Author

    static func fields<Coder: FieldCoder<Subject>>(_ key: inout Coder) throws(Coder.Failure) -> Subject {
        SharedState.Author(
            at: try key("at", .milliseconds, \.at), replica: try key("replica", .replicaName, \.replica),
            who: try key("who", .object(StoredOperator.self), \.who), words: try key("words", .text, \.words))
    }
}

private enum ConflictDocument: Document {
    typealias Subject = SharedConflict

    static func fields<Coder: FieldCoder<Subject>>(_ key: inout Coder) throws(Coder.Failure) -> Subject {
        SharedConflict(
            here: try key("here", .object(ConflictSideDocument.self), \.here),
            there: try key("there", .object(ConflictSideDocument.self), \.there),
            policy: try key("policy", .choice, \.policy))
    }
}

private enum ConflictSideDocument: Document {
    typealias Subject = SharedConflict.Side

    static func fields<Coder: FieldCoder<Subject>>(_ key: inout Coder) throws(Coder.Failure) -> Subject {
        let version = try key("version", .count, \.version)
        let author = try key("author", .object(AuthorDocument.self), \.author)
        let overrides = try key("overrides", .list(StoredOverride.self), \.overrides)
        let callers = try key("callers", .list(StoredCaller.self), \.callers.all)
        return SharedConflict.Side(
            version: version, author: author, overrides: overrides, callers: CallerOverrides(callers))
    }
}

/// What a replica says of itself.
enum ReplicaReportDocument: Document {
    typealias Subject = ReplicaReport

    static func fields<Coder: FieldCoder<Subject>>(_ key: inout Coder) throws(Coder.Failure) -> Subject {
        ReplicaReport(
            name: try key("name", .replicaName, \.name), program: try key("program", .text, \.program),
            rules: try key("rules", .text, \.rules),
            obeys: try key("obeys", .object(ObeyedDocument.self), \.obeys),
            problem: try key("problem", .text, \.problem),
            clockOffset: try key("clock_offset_ms", .integer, \.clockOffset),
            startedAt: try key("started_at", .time, \.startedAt), calls: try key("calls", .place, \.calls),
            callsPerSecond: try key("calls_per_second", .count, \.callsPerSecond),
            lastAnswerAt: try key("last_answer_at", .time, \.lastAnswerAt),
            isLeaving: try key("leaving", .mark, \.isLeaving))
    }
}

private enum ObeyedDocument: Document {
    typealias Subject = ReplicaReport.Obeyed

    static func fields<Coder: FieldCoder<Subject>>(_ key: inout Coder) throws(Coder.Failure) -> Subject {
        ReplicaReport.Obeyed(
            version: try key("version", .ordinal, \.version), id: try key("id", .stateID, \.id))
    }
}

extension Form where Value == StateID {
    fileprivate static var stateID: Self {
        Form(
            write: { $2.add($1, $0.description) },
            read: { key, object throws(DocumentProblem) in
                guard let id = StateID(try object.text(key)) else {
                    throw object.problem(key, "must be 32 hexadecimal digits")
                }
                return id
            })
    }
}

extension Form where Value == [StateID] {
    fileprivate static var stateIDs: Self {
        Form(
            write: { $2.add($1, .array($0.map { .string($0.description) })) },
            read: { key, object throws(DocumentProblem) in
                var ids: [StateID] = []
                for text in try object.texts(key) {
                    guard let id = StateID(text) else { throw object.problem(key, "must be lists of 32 digits") }
                    ids.append(id)
                }
                return ids
            })
    }
}

extension Form where Value == ReplicaName {
    static var replicaName: Self {
        Form(
            write: { $2.add($1, $0.text) },
            read: { key, object throws(DocumentProblem) in
                guard let name = ReplicaName(try object.text(key)) else {
                    throw object.problem(key, "must be the name of a replica")
                }
                return name
            })
    }
}

extension Form where Value == Int {
    fileprivate static var sharedFormat: Self {
        Form(
            write: { $2.add($1, .integer($0)) },
            read: { key, object throws(DocumentProblem) in
                let format = try object.integer(key)
                guard format == SharedState.format else {
                    throw object.problem(
                        key, "is \(format), but this version of switchboard knows \(SharedState.format)")
                }
                return format
            })
    }
}
