// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import StateFiles
import Foundation
import Glibc
import Overrides
import TestSupport
import Testing

/// The desk's folder on a real disk.
@Suite struct DeskFilesTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func open(at now: Instant = .sample) throws -> StateFiles.Opening {
        try StateFiles.open(folder.path, at: now)
    }

    /// Carries orders out one after the other, each kept before the next.
    @discardableResult
    private func carryOut(_ orders: OverrideCommand..., on opening: StateFiles.Opening? = nil) throws -> OverrideState {
        let opening = try opening ?? open()
        return try orders.reduce(into: opening.state) { state, order in
            let step = try DeskScript.step(order, on: state)
            try opening.files.keep(step.state, audit: step.audit)
            state = step.state
        }
    }

    @Test func whatWasKeptIsFoundByARestart() throws {
        let state = try carryOut(DeskScript.close("Dicht."), DeskScript.close("Ook dicht.", [.group("north")]))
        let opening = try open()
        #expect(opening.state == state)
        #expect(opening.warnings == [])
        #expect(try folder.names == ["audit.jsonl", "lock", "state.json"])
        for name in try folder.names { #expect(try folder.mode(name) == "600", "\(name)") }
        #expect(try folder.text("lock") == "\(getpid())\n")
    }

    @Test func theFolderIsMadeWithThoseThatItIsIn() throws {
        let deep = folder.path("a/b/c/")
        _ = try StateFiles.open(deep, at: .sample)
        for name in ["a", "a/b", "a/b/c"] { #expect(try folder.mode(name) == "700", "\(name)") }
    }

    @Test func aSecondServerIsRefusedUntilTheFirstHasEnded() throws {
        do {
            let first = try open()
            #expect(throws: StateFilesError.inUse(folder: folder.path, process: Int(getpid()))) { try open() }
            withExtendedLifetime(first) {}
        }
        _ = try open()
    }

    @Test(arguments: [0o770, 0o702, 0o1777]) func aFolderThatOthersMayWriteToIsRefused(_ mode: Int) throws {
        chmod(folder.path, UInt32(mode))
        #expect(throws: StateFilesError.notPrivate(folder: folder.path, mode: UInt32(mode))) { try open() }
    }

    @Test func whatCannotBeAFolderSaysSo() throws {
        try folder.write("", to: "file")
        for (name, words) in [("file", "Not a directory"), ("file/deep", "Not a directory")] {
            let problem = FileProblem(folder.path(name), words: words)
            #expect(throws: StateFilesError.cannotUse(folder: problem.path, problem)) {
                try StateFiles.open(folder.path(name), at: .sample)
            }
        }
    }

    static let damages = [
        ("", "this is not a JSON object"), ("{\"version\":1", "this is not a JSON object"),
        ("[]", "this is not a JSON object"), ("{}", "version is missing"),
        ("{\"version\":2}", "version is 2, but this program knows only 1"),
        ("{\"version\":1,\"overrides\":{}}", "overrides must be a list"), ("\u{0}\u{0}", "this is not a JSON object"),
    ]

    @Test(arguments: damages) func whatIsDamagedIsSetAsideAndToldOf(_ text: String, _ why: String) throws {
        try carryOut(DeskScript.close("Dicht."))
        try folder.write(text, to: "state.json")
        let opening = try open()
        #expect(opening.state == OverrideState(overrides: [], changes: [], nextID: 2, auditLines: 1))
        #expect(opening.warnings.count == 1)
        for fact in [why, "\(folder.path)/state.json.damaged-20260701T120000Z", "all lines"] {
            #expect(opening.warnings.first?.contains(fact) == true)
        }
        #expect(try folder.text("state.json.damaged-20260701T120000Z") == text)
    }

    @Test func noDamagedFileTakesThePlaceOfAnotherOne() throws {
        for text in ["one", "two", "three"] {
            try folder.write(text, to: "state.json")
            _ = try open()
        }
        let names = ["", "-2", "-3"].map { "state.json.damaged-20260701T120000Z\($0)" }
        #expect(try names.map(folder.text) == ["one", "two", "three"])
    }

    @Test func whatIsNoFileIsSetAsideAndNotWaitedFor() throws {
        mkfifo(folder.path("state.json"), 0o600)
        #expect(try open().warnings.count == 1)
        try folder.makeFolder("state.json")
        #expect(try open().warnings.first?.contains("not a regular file") == true)
    }

    @Test func aStateThatIsMissingIsToldOfWhileTheAuditShowsSomethingInForce() throws {
        let state = try carryOut(DeskScript.close("Dicht.", until: .lasting(seconds: 60)), DeskScript.orders[3])
        try folder.remove("state.json")
        let opening = try open()
        #expect(opening.state == OverrideState(overrides: [], changes: [], nextID: 3, auditLines: state.auditLines))
        #expect(opening.warnings.count == 1)
        for override in state.overrides { #expect(opening.warnings.first?.contains(override.words) == true) }
    }

    @Test func aStateThatIsMissingIsNoNewsWhenNothingWouldBeInForce() throws {
        try carryOut(DeskScript.close("Dicht.", until: .lasting(seconds: 60)))
        try folder.remove("state.json")
        let opening = try open(at: .sample.advanced(bySeconds: 60))
        #expect(opening.warnings == [])
        #expect(opening.state.nextID == 2)
    }

    @Test func anOldStateUnderANewerAuditIsToldOfAndNoNumberIsGivenTwice() throws {
        try carryOut(DeskScript.close("Dicht."))
        let old = try folder.text("state.json")
        try carryOut(DeskScript.orders[1])
        try folder.write(old, to: "state.json")
        let opening = try open()
        #expect(opening.warnings.count == 1)
        #expect(
            opening.warnings.first?.hasPrefix("state.json is older than audit.jsonl, which has 2 more lines") == true)
        #expect(opening.state.overrides.map(\.id) == [1])
        #expect(opening.state.nextID == 4)
        #expect(opening.state.auditLines == 3)
        #expect(try carryOut(.undo, on: opening).auditLines == 4)
    }
}

extension DeskFilesTests {
    @Test func whatCannotBeWrittenIsNotKept() throws {
        let opening = try open()
        let state = try carryOut(DeskScript.close("Dicht."), on: opening)
        try folder.makeFolder("state.json.new")
        let failure = OverrideStoreError("\(folder.path)/state.json.new: Is a directory")
        #expect(throws: failure) { try opening.files.keep(OverrideState(), audit: []) }
        try folder.remove("state.json.new")
        #expect(try DeskScript.step(.undo, on: state).state.overrides == [])
        #expect(try folder.text("state.json").contains("Dicht."))
        #expect(try folder.text("audit.jsonl").split(separator: "\n").count == 1)
    }

    @Test func aFolderThatIsGoneIsToldOf() throws {
        let opening = try open()
        try FileManager.default.removeItem(atPath: folder.path)
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: false)
        let error = #expect(throws: OverrideStoreError.self) {
            try opening.files.keep(OverrideState(), audit: [])
        }
        #expect(error?.description.hasPrefix(folder.path) == true)
        #expect(try folder.names == [])
    }

    @Test func whatARestartCouldNotReadIsNotKept() throws {
        let opening = try open()
        let state = OverrideState(
            overrides: [.sample(.closed(says: " "))], changes: [], nextID: 2, auditLines: 0)
        #expect(throws: OverrideStoreError("a restart could not read it: overrides[0].text must not be empty")) {
            try opening.files.keep(state, audit: [])
        }
        #expect(try folder.names == ["lock"])
    }

    @Test func anAuditThatCannotBeWrittenUndoesNothingAndIsMadeUpFor() throws {
        let opening = try open()
        try folder.makeFolder("audit.jsonl")
        let state = try carryOut(DeskScript.close("Dicht."), on: opening)
        let problem = try #require(opening.files.problem)
        #expect(problem.contains("\(folder.path)/audit.jsonl: not a regular file"))
        #expect(problem.contains("state.json"))
        try folder.remove("audit.jsonl")
        let step = try DeskScript.step(DeskScript.close("Weer."), on: state)
        try opening.files.keep(step.state, audit: step.audit)
        #expect(opening.files.problem == nil)
        #expect(try SystemFolderLines(folder.path).numbers == [1, 2, 3])
    }

    @Test func linesThatWaitAreWrittenByTheNextStart() throws {
        do {
            let opening = try open()
            try folder.makeFolder("audit.jsonl")
            try carryOut(DeskScript.close("Dicht."), DeskScript.close("Weer."), on: opening)
        }
        #expect(try open().files.problem != nil)
        try folder.remove("audit.jsonl")
        #expect(try open().files.problem == nil)
        #expect(try SystemFolderLines(folder.path).numbers == [1, 2, 3])
    }

    @Test func aTornLineIsCompletedAndLeft() throws {
        try carryOut(DeskScript.close("Dicht."), DeskScript.close("Weer."))
        let whole = try folder.text("audit.jsonl")
        try folder.write(String(whole.dropLast(40)), to: "audit.jsonl")
        _ = try open()
        let lines = whole.split(separator: "\n")
        #expect(try folder.text("audit.jsonl") == whole.dropLast(40) + "\n" + lines[2] + "\n")
        _ = try open()
        #expect(try folder.text("audit.jsonl") == whole.dropLast(40) + "\n" + lines[2] + "\n")
    }

    @Test func aLineThatMissesItsEndOnlyIsNotWrittenTwice() throws {
        try carryOut(DeskScript.close("Dicht."))
        let whole = try folder.text("audit.jsonl")
        try folder.write(String(whole.dropLast()), to: "audit.jsonl")
        _ = try open()
        #expect(try folder.text("audit.jsonl") == whole)
    }

    @Test func theEndOfALongAuditIsFoundBehindMuchThatIsNone() throws {
        try carryOut(DeskScript.close("Dicht."), DeskScript.close("Weer."))
        let whole = try folder.text("audit.jsonl")
        let junk = String(repeating: "x", count: 200_000)
        try folder.write(whole + junk, to: "audit.jsonl")
        _ = try open()
        #expect(try folder.text("audit.jsonl") == whole + junk + "\n")
    }

    @Test func anAuditThatWasMovedAwayBeginsAgainWithTheNextLines() throws {
        let opening = try open()
        let state = try carryOut(DeskScript.close("Dicht."), DeskScript.close("Weer."), on: opening)
        try folder.remove("audit.jsonl")
        let step = try DeskScript.step(.open([.all]), on: state)
        try opening.files.keep(step.state, audit: step.audit)
        #expect(try SystemFolderLines(folder.path).numbers == [4])
    }

    @Test func tooManyWaitingLinesLetTheOldestGo() throws {
        let opening = try open()
        try folder.makeFolder("audit.jsonl")
        let many = 1...(StateFiles.mostWaiting + 5)
        let entries = many.map {
            AuditEntry(number: $0, at: .sample, who: nil, event: .begun, override: .sample(.forcedOpen), old: nil)
        }
        let state = OverrideState(overrides: [], changes: [], nextID: 2, auditLines: many.upperBound)
        try opening.files.keep(state, audit: entries)
        try folder.remove("audit.jsonl")
        try opening.files.keep(state, audit: [])
        #expect(try SystemFolderLines(folder.path).numbers == Array(6...many.upperBound))
    }
}

/// The numbers of the lines of an audit.
private struct SystemFolderLines {
    let numbers: [Int]

    init(_ path: String) throws {
        let bytes = try Data(contentsOf: URL(filePath: path + "/audit.jsonl"))
        numbers = bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            JSONReader.read(Array(line))?["n"].flatMap { if case .number(let text) = $0 { Int(text) } else { nil } }
        }
    }
}
