// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Sharing
import TestSupport
import Testing
import WireFormat

/// What replicas of one desk read of each other.
@Suite struct SharedDocumentTests {
    private static let overrides = OverrideState.sample(
        [.sample(.closed(says: "Closed.\u{1B}"), id: 3), .sample(.greeting("Hi"), .group("demo"), id: 4)],
        callers: [
            CallerOverride(
                id: 5, kind: .allowed, caller: "+31612345678", reason: "vip", who: Operator(user: "anna"),
                since: .sample, until: nil)
        ],
        auditLines: 7)

    private static func state(conflict: Bool = false) -> SharedState {
        let former = SharedState.sample(4, from: [1, 2, 3], overrides: overrides)
        return .sample(
            9, from: [1, 2, 3, 4], overrides: overrides,
            conflict: conflict ? SharedConflict(here: .init(former), there: .init(former), policy: .newest) : nil)
    }

    @Test(arguments: [false, true])
    func aStateIsReadAsItIsWritten(conflict: Bool) throws {
        let state = Self.state(conflict: conflict)
        #expect(try SharedState(state.engineState) == state)
    }

    @Test(arguments: [
        ("\"format\":1", "\"format\":2", "format"), ("\"version\":5", "\"version\":6", "id"),
        ("\"next_id\":10", "\"next_id\":4", "overrides[1].id"), ("{\"format\"", "{\"formal\"", "format"),
        ("\"ancestors\":[\"", "\"ancestors\":[\"x", "ancestors"),
    ])
    func aStateThatCannotBeUsedIsRefusedAsAWhole(_ old: String, _ new: String, _ place: String) throws {
        let state = Self.state().engineState
        let text = String(decoding: state.document, as: UTF8.self).replacing(old, with: new)
        #expect(text != String(decoding: state.document, as: UTF8.self))
        let changed = EngineState(
            epoch: state.epoch, version: state.version, id: state.id, document: Array(text.utf8))
        let problem = #expect(throws: DocumentProblem.self) { try SharedState(changed) }
        #expect(problem?.place == place)
    }

    @Test func aReportIsReadAsItIsWritten() throws {
        let report = ReplicaReport(
            name: "eu-1", program: "1.2.3", rules: "abc", obeys: .init(Self.state()), problem: "disk full",
            clockOffset: -12, startedAt: .sample, calls: 7, callsPerSecond: 2, lastAnswerAt: .sample, isLeaving: true)
        #expect(try ReplicaReport(report.engineReport) == report)
        let plain = ReplicaReport(name: "eu-1", program: "1", rules: "", obeys: nil, startedAt: .sample)
        #expect(try ReplicaReport(plain.engineReport) == plain)
    }

    @Test func whatAReplicaKeepsSurvivesARestart() throws {
        let entry = AuditEntry(number: 7, at: .sample, who: nil, content: .note("a"))
        let share = KeptShare(Self.state(conflict: true), unshared: [entry], isShared: false)
        let saved = PersistedState(state: Self.overrides, audit: [entry], share: share)
        #expect(try PersistedState(saved.bytes) == saved)
    }
}
