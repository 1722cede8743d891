// SPDX-License-Identifier: Apache-2.0

import Calls
import Files
import Overrides
import StateFiles
import TestSupport
import Testing

/// Overrides on callers in the state folder.
@Suite struct CallerStateTests {
    private static let caller: PhoneNumber = "+31612345678"
    private static let other: PhoneNumber = "+4930123456"

    private static func block(_ callers: PhoneNumber...) -> OverrideCommand {
        .beginOnCallers(.blocked(says: "No."), callers: callers, reason: "call +31 6 12345678", until: .reopened)
    }

    private static func keep(_ commands: OverrideCommand..., in folder: String) throws {
        let opening = try StateFiles.open(folder, at: .sample)
        var state = opening.state
        for command in commands {
            let next = try state.carrying(
                out: command, by: Operator(user: "anna"), at: .sample, among: LineDirectory(lines: []))
            try opening.files.keep(next.state, audit: next.audit)
            state = next.state
        }
    }

    @Test func aRestartHasThem() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state")
        try Self.keep(Self.block(Self.caller), Self.block(Self.other), .clearCallers([Self.other]), in: path)
        let opening = try StateFiles.open(path, at: .sample)
        #expect(opening.warnings.isEmpty)
        #expect(opening.state.callers.all.map(\.caller) == [Self.caller])
        #expect(opening.audit.map(\.event) == [.begun, .begun, .takenBack])
        #expect(opening.audit.callersInForce(at: .sample).all.map(\.caller) == [Self.caller])
    }

    @Test(arguments: [true, false]) func aNameIsTheSameWhileAServerRuns(isMadeFirst: Bool) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state")
        let opening = try StateFiles.open(path, at: .sample)
        let own: [UInt8]? = try isMadeFirst ? opening.files.forgettingKey() : nil
        #expect(throws: StateFilesError.self) { try StateFiles.forgettingKey(in: path) }
        let key = try StateFiles.forgettingKey(ofServerIn: path)
        #expect(try opening.files.forgettingKey() == key)
        #expect(own == nil || own == key)
    }

    @Test func whatAJournalHasToForgetIsKept() throws {
        let folder = try TemporaryFolder()
        let files = try StateFiles.open(folder.path("state"), at: .sample).files
        let (jan, eva) = (
            ForgottenNumber(Self.caller, name: "forgotten-x"), ForgottenNumber(Self.other, name: "forgotten-y")
        )
        #expect(try files.pendingForgetting() == [])
        #expect(try files.noteForgetting(jan))
        #expect(try files.noteForgetting(eva))
        #expect(try !files.noteForgetting(jan))
        #expect(try files.pendingForgetting() == [jan, eva])
        #expect(try folder.mode("state/forgetting") == "600")
        try files.endForgetting(jan)
        #expect(try files.pendingForgetting() == [eva])
        try files.endForgetting(eva)
        #expect(throws: (any Error).self) { try folder.read("state/forgetting") }
    }

    @Test func notesOnTheCallsOfANumberGoFromTheAudit() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state")
        let notes = [("a", "UNSPEAKABLE"), ("b", "of somebody else")].enumerated().map { place, note in
            AuditEntry(
                number: place + 1, at: .sample, who: nil, content: .remark(.note(note.1), on: CallID(note.0)))
        }
        let opening = try StateFiles.open(path, at: .sample)
        try opening.files.keep(OverrideState(overrides: [], changes: [], nextID: 1, auditLines: 2), audit: notes)
        let forgotten = ForgottenNumber(Self.caller, name: "forgotten-x")
        #expect(try opening.files.forget(forgotten, notesOn: [CallID("a")]) == ["audit.jsonl"])
        let words = ["noted on call a: (forgotten)", "noted on call b: of somebody else"]
        #expect(try opening.files.auditEntries().map(\.words) == words)
        #expect(try !folder.read("state/audit.jsonl").contains("UNSPEAKABLE"))
    }

    @Test func aNumberIsForgottenWithoutAServer() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state")
        try Self.keep(Self.block(Self.caller, Self.other), in: path)
        let forgotten = ForgottenNumber(Self.caller, name: "forgotten-x")
        #expect(try StateFiles.forget(forgotten, in: path).sorted() == ["audit.jsonl", "state.json"])
        for name in ["state.json", "audit.jsonl"] {
            let text = try folder.read("state/\(name)")
            #expect(!forgotten.isIn(text), "\(name): \(text)")
        }
        let opening = try StateFiles.open(path, at: .sample)
        #expect(opening.warnings.isEmpty)
        #expect(opening.state.callers.all.map(\.caller) == [Self.other])
        #expect(opening.audit.map(\.words) == ["blocked caller forgotten-x", "blocked caller \(Self.other)"])
    }

    /// The audit has who had a number forgotten, and the block that ended with it.
    @Test func whatWasForgottenWithoutAServerIsInTheAudit() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state")
        try Self.keep(Self.block(Self.caller, Self.other), in: path)
        let forgotten = ForgottenNumber(Self.caller, name: "forgotten-x")
        let block = try #require(try StateFiles.override(on: Self.caller, at: .sample, in: path))
        _ = try StateFiles.forget(forgotten, in: path)
        #expect(try StateFiles.override(on: Self.caller, at: .sample, in: path) == nil)
        try StateFiles.note(
            forgotten.note(calls: 1, ending: block), by: Operator(user: "ben"), at: .sample, in: path)
        let opening = try StateFiles.open(path, at: .sample)
        #expect(opening.warnings.isEmpty)
        #expect(opening.audit.last?.words == "noted: forgot a number: 1 call, now forgotten-x; its block ended")
        #expect(opening.audit.map(\.number) == [1, 2, 3])
        #expect(opening.state.auditLines == 3)
        #expect(opening.audit.last?.who?.user == "ben")
    }

    /// A start warns of overrides that were lost, and still does after a note.
    @Test func aNoteHidesNothingThatAStartWarnsOf() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state")
        try Self.keep(Self.block(Self.other), in: path)
        try folder.remove("state/state.json")
        try StateFiles.note("something", by: Operator(user: "ben"), at: .sample, in: path)
        let opening = try StateFiles.open(path, at: .sample)
        #expect(opening.warnings.contains { $0.contains("is missing") && $0.contains("1 caller blocked") })
        #expect(opening.audit.map(\.number) == [1, 2])
    }

    @Test func aFolderKnowsWhetherAServerUsedIt() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state")
        _ = try StateFiles.forgettingKey(in: path)
        #expect(try !StateFiles.open(path, at: .sample).hadServer)
        #expect(try StateFiles.open(path, at: .sample).hadServer)
    }
}
