// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import Files
import StateFiles
import Foundation
import Glibc
import Overrides
import TestSupport
import Testing
import WireFormat

/// The state files on a real disk.
@Suite struct StateFilesTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func open(at now: Instant = .sample) throws -> StateFiles.Opening {
        try StateFiles.open(folder.path, at: now)
    }

    /// Carries out commands one after the other, and saves each.
    @discardableResult
    private func carryOut(_ commands: OverrideCommand..., on opening: StateFiles.Opening? = nil) throws -> OverrideState
    {
        let opening = try opening ?? open()
        return try commands.reduce(into: opening.state) { state, command in
            let step = try OverrideScript.step(command, on: state)
            try opening.files.keep(step.state, audit: step.audit)
            state = step.state
        }
    }

    @Test func aRestartFindsWhatWasSaved() throws {
        let state = try carryOut(OverrideScript.close("Dicht."), OverrideScript.close("Ook dicht.", [.group("north")]))
        let opening = try open()
        #expect(opening.state == state)
        #expect(opening.warnings == [])
        #expect(try folder.names == ["audit.jsonl", "lock", "state.json"])
        for name in try folder.names { #expect(try folder.mode(name) == "600", "\(name)") }
        #expect(try folder.read("lock") == "\(getpid())\n")
    }

    @Test func theFolderIsMadeWithThoseThatItIsIn() throws {
        let deep = folder.path("a/b/c/")
        _ = try StateFiles.open(deep, at: .sample)
        for name in ["a", "a/b", "a/b/c"] { #expect(try folder.mode(name) == "700", "\(name)") }
    }

    @Test func aFolderThatIsRemovedIsMadeAgainWithTheState() throws {
        let opening = try open()
        opening.note?.write(socket: "/run/a.sock")
        let state = try carryOut(OverrideScript.close("Dicht."), on: opening)
        #expect(opening.files.isInPlace)
        try FileManager.default.removeItem(atPath: folder.path)
        #expect(!opening.files.isInPlace)
        let wasMade = try opening.files.restoreFolder()
        #expect(wasMade)
        #expect(opening.files.isInPlace)
        #expect(try folder.read("lock") == "\(getpid())\n/run/a.sock\n")
        #expect(try folder.mode("state.json") == "600")
        #expect(throws: StateFilesError.inUse(folder: folder.path, process: Int(getpid()))) { try open() }
        let isMadeTwice = try opening.files.restoreFolder()
        #expect(!isMadeTwice)
        withExtendedLifetime(opening) {}
        let copy = try StateFiles.open(try copy(), at: .sample)
        #expect(copy.state == state)
    }

    @Test func aChangeMakesTheFolderAgain() throws {
        let opening = try open()
        try carryOut(OverrideScript.close("Dicht."), on: opening)
        try FileManager.default.removeItem(atPath: folder.path)
        let state = try carryOut(OverrideScript.close("Ook dicht.", [.group("north")]), on: opening)
        #expect(opening.files.isInPlace)
        let copy = try StateFiles.open(try copy(), at: .sample)
        #expect(copy.state == state)
    }

    @Test func aFolderWithAnotherStateIsNotTaken() throws {
        let opening = try open()
        try carryOut(OverrideScript.close("Dicht."), on: opening)
        try FileManager.default.removeItem(atPath: folder.path)
        try FileManager.default.createDirectory(
            atPath: folder.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try folder.write("{}", to: "state.json")
        #expect(throws: OverrideStoreError.self) { try opening.files.restoreFolder() }
        #expect(throws: OverrideStoreError.self) {
            try carryOut(OverrideScript.close("Ook dicht.", [.group("north")]), on: opening)
        }
        #expect(try folder.read("state.json") == "{}")
    }

    /// The files of the folder in another one, which no server uses.
    private func copy() throws -> String {
        let other = folder.path + "-copy"
        try FileManager.default.copyItem(atPath: folder.path, toPath: other)
        return other
    }

    @Test func aSecondServerIsRefusedUntilTheFirstHasEnded() throws {
        do {
            let first = try open()
            #expect(throws: StateFilesError.inUse(folder: folder.path, process: Int(getpid()))) { try open() }
            withExtendedLifetime(first) {}
        }
        _ = try open()
    }

    @Test("break 7: the lock is deleted") func aDeletedLockLetsNoSecondServerIn() throws {
        let first = try open()
        try folder.remove("lock")
        #expect(throws: StateFilesError.inUse(folder: folder.path, process: Int(getpid()))) { try open() }
        withExtendedLifetime(first) {}
    }

    @Test("break 7: an older server holds the lock's file only") func theLockOfAnOlderServerCounts() throws {
        try folder.write("77\n", to: "lock")
        let number = Glibc.open(folder.path("lock"), O_RDWR)
        defer { close(number) }
        #expect(flock(number, LOCK_EX | LOCK_NB) == 0)
        #expect(throws: StateFilesError.inUse(folder: folder.path, process: 77)) { try open() }
    }

    @Test("break 7: others can lock a folder that they can open") func anothersLockOnTheFolderKeepsNobodyOut() throws {
        #expect(chmod(folder.path, 0o755) == 0)
        let number = Glibc.open(folder.path, O_RDONLY | O_DIRECTORY)
        defer { close(number) }
        #expect(flock(number, LOCK_EX | LOCK_NB) == 0)
        _ = try open()
    }

    @Test("row 5: the lock names the socket") func theNoteNamesTheSocket() throws {
        let opening = try open()
        let note = try #require(opening.note)
        let process = Int(getpid())
        #expect(StateHolder.read(folder.path)?.socket == nil)
        note.write(socket: "/run/user/1000/a long name/switchboard.sock")
        note.write(socket: "/run/switchboard.sock")
        let holder = try #require(StateHolder.read(folder.path))
        #expect(holder.process == process)
        #expect(holder.socket == "/run/switchboard.sock")
        #expect(holder.isRunning || access("/proc/locks", R_OK) != 0)
    }

    @Test(arguments: ["", "\n", "x\n", "77", "-1\n", "0\n"]) func aNoteThatIsDamagedSaysNothing(_ text: String) throws {
        try folder.write(text, to: "lock")
        #expect(StateHolder.read(folder.path) == nil)
    }

    @Test func aNoteWithoutALockIsOfAServerThatEnded() throws {
        try folder.write("1\n/run/switchboard.sock\n", to: "lock")
        #expect(StateHolder.read(folder.path) == StateHolder.ended(1, "/run/switchboard.sock"))
    }

    @Test("break 7: a folder of another user", .enabled(if: geteuid() == 0)) func aFolderOfAnotherUserIsRefused() throws
    {
        #expect(chown(folder.path, 65534, 65534) == 0)
        #expect(throws: StateFilesError.notOurs(folder: folder.path, owner: 65534)) { try open() }
        #expect(chown(folder.path, 0, 0) == 0)
    }

    @Test("break 8: a state of 100 MB") func aHugeStateIsSetAside() throws {
        try folder.write("", to: "state.json")
        #expect(truncate(folder.path("state.json"), 100 << 20) == 0)
        let opening = try open()
        #expect(opening.warnings.first?.contains("64 MiB") == true)
        #expect(try folder.names.contains { $0.hasPrefix("state.json.damaged") })
    }

    @Test("break 8: garbage of 200 MB after the audit", .timeLimit(.minutes(5))) func aHugeTailIsNotSearched() throws {
        try carryOut(OverrideScript.close("Dicht."))
        #expect(truncate(folder.path("audit.jsonl"), 200 << 20) == 0)
        _ = try open()
    }

    @Test(arguments: [0o770, 0o702, 0o1777]) func aFolderThatOthersMayWriteToIsRefused(_ mode: Int) throws {
        chmod(folder.path, UInt32(mode))
        #expect(throws: StateFilesError.notPrivate(folder: folder.path, mode: UInt32(mode))) { try open() }
    }

    @Test func aPathThatIsNotAFolderIsReported() throws {
        try folder.write("", to: "file")
        for (name, words) in [("file", "Not a directory"), ("file/deep", "Not a directory")] {
            let problem = FileProblem(folder.path(name), words: words)
            #expect(throws: StateFilesError.cannotUse(folder: problem.path, problem)) {
                try StateFiles.open(folder.path(name), at: .sample)
            }
        }
    }

    static let damages = [
        "", "{\"version\":1", "[]", "{}", "{\"version\":2}", "{\"version\":1,\"overrides\":{}}", "\u{0}\u{0}",
    ]

    @Test(arguments: damages) func aDamagedStateIsSetAsideAndReported(_ text: String) throws {
        let why = try #require(throws: DocumentProblem.self) { try PersistedState(Array(text.utf8)) }
        try carryOut(OverrideScript.close("Dicht."))
        try folder.write(text, to: "state.json")
        let opening = try open()
        #expect(opening.state == OverrideState(overrides: [], changes: [], nextID: 2, auditLines: 1))
        #expect(opening.warnings.count == 1)
        for fact in [why.description, "\(folder.path)/state.json.damaged-20260701T120000Z", "all lines"] {
            #expect(opening.warnings.first?.contains(fact) == true)
        }
        #expect(try folder.read("state.json.damaged-20260701T120000Z") == text)
    }

    @Test func damagedFilesNeverReplaceEachOther() throws {
        for text in ["one", "two", "three"] {
            try folder.write(text, to: "state.json")
            _ = try open()
        }
        let names = ["", "-2", "-3"].map { "state.json.damaged-20260701T120000Z\($0)" }
        #expect(try names.map(folder.read) == ["one", "two", "three"])
    }

    @Test func anythingButARegularFileIsSetAsideWithoutWaiting() throws {
        mkfifo(folder.path("state.json"), 0o600)
        #expect(try open().warnings.count == 1)
        try folder.makeFolder("state.json")
        #expect(try open().warnings.count == 1)
        #expect(try folder.names.filter { $0.hasPrefix("state.json.damaged") }.count == 2)
    }

    @Test func aMissingStateIsReportedIfTheAuditShowsOverridesInForce() throws {
        let state = try carryOut(
            OverrideScript.close("Dicht.", until: .lasting(seconds: 60)), OverrideScript.commands[3])
        try folder.remove("state.json")
        let opening = try open()
        #expect(opening.state == OverrideState(overrides: [], changes: [], nextID: 3, auditLines: state.auditLines))
        #expect(opening.warnings.count == 1)
        for override in state.overrides { #expect(opening.warnings.first?.contains(override.words) == true) }
    }

    @Test func aMissingStateIsNotReportedIfNothingWouldBeInForce() throws {
        try carryOut(OverrideScript.close("Dicht.", until: .lasting(seconds: 60)))
        try folder.remove("state.json")
        let opening = try open(at: .sample.advanced(bySeconds: 60))
        #expect(opening.warnings == [])
        #expect(opening.state.nextID == 2)
    }

    @Test func aStateOlderThanTheAuditIsReportedAndNoNumberIsUsedTwice() throws {
        try carryOut(OverrideScript.close("Dicht."))
        let old = try folder.read("state.json")
        try carryOut(OverrideScript.commands[1])
        try folder.write(old, to: "state.json")
        let opening = try open()
        #expect(opening.warnings.count == 1)
        for fact in ["state.json", "audit.jsonl", "2 more lines"] {
            #expect(opening.warnings.first?.contains(fact) == true)
        }
        #expect(opening.state.overrides.map(\.id) == [1])
        #expect(opening.state.nextID == 4)
        #expect(opening.state.auditLines == 3)
        #expect(try carryOut(.undo, on: opening).auditLines == 4)
    }
}

extension StateFilesTests {
    @Test func aFailedWriteSavesNothing() throws {
        let opening = try open()
        let state = try carryOut(OverrideScript.close("Dicht."), on: opening)
        try folder.makeFolder("state.json.new")
        let failure = OverrideStoreError("\(folder.path)/state.json.new: File exists")
        #expect(throws: failure) { try opening.files.keep(OverrideState(), audit: []) }
        try folder.remove("state.json.new")
        #expect(try OverrideScript.step(.undo, on: state).state.overrides == [])
        #expect(try folder.read("state.json").contains("Dicht."))
        #expect(try folder.read("audit.jsonl").split(separator: "\n").count == 1)
    }

    @Test func aFolderThatCannotBeMadeAgainIsReported() throws {
        let opening = try open()
        try FileManager.default.removeItem(atPath: folder.path)
        try Data().write(to: folder.url)
        let error = #expect(throws: OverrideStoreError.self) {
            try opening.files.keep(OverrideState(), audit: [])
        }
        #expect(error?.description.hasPrefix(folder.path) == true)
        #expect(!opening.files.isInPlace)
        try FileManager.default.removeItem(atPath: folder.path)
        try opening.files.keep(OverrideState(), audit: [])
        #expect(opening.files.isInPlace)
        #expect(try folder.names == ["lock", "state.json"])
    }

    @Test func anUnreadableStateIsNotSaved() throws {
        let opening = try open()
        let state = OverrideState(
            overrides: [.sample(.closed(says: " "))], changes: [], nextID: 2, auditLines: 0)
        #expect(throws: OverrideStoreError("a restart could not read it: overrides[0].text must not be empty")) {
            try opening.files.keep(state, audit: [])
        }
        #expect(try folder.names == ["lock"])
    }

    @Test func anUnwritableAuditUndoesNothingAndIsCompletedLater() throws {
        let opening = try open()
        try folder.makeFolder("audit.jsonl")
        let state = try carryOut(OverrideScript.close("Dicht."), on: opening)
        let problem = try #require(opening.files.problem)
        #expect(problem.contains("\(folder.path)/audit.jsonl"))
        #expect(problem.contains("state.json"))
        try folder.remove("audit.jsonl")
        let step = try OverrideScript.step(OverrideScript.close("Weer."), on: state)
        try opening.files.keep(step.state, audit: step.audit)
        #expect(opening.files.problem == nil)
        #expect(try AuditLines(folder.path).numbers == [1, 2, 3])
    }

    @Test func linesThatWaitAreWrittenByTheNextStart() throws {
        do {
            let opening = try open()
            try folder.makeFolder("audit.jsonl")
            try carryOut(OverrideScript.close("Dicht."), OverrideScript.close("Weer."), on: opening)
        }
        #expect(try open().files.problem != nil)
        try folder.remove("audit.jsonl")
        #expect(try open().files.problem == nil)
        #expect(try AuditLines(folder.path).numbers == [1, 2, 3])
    }

    @Test func aTornLineIsCompletedAndLeft() throws {
        try carryOut(OverrideScript.close("Dicht."), OverrideScript.close("Weer."))
        let whole = try folder.read("audit.jsonl")
        try folder.write(String(whole.dropLast(40)), to: "audit.jsonl")
        _ = try open()
        let lines = whole.split(separator: "\n")
        #expect(try folder.read("audit.jsonl") == whole.dropLast(40) + "\n" + lines[2] + "\n")
        _ = try open()
        #expect(try folder.read("audit.jsonl") == whole.dropLast(40) + "\n" + lines[2] + "\n")
    }

    @Test func aLineThatMissesItsEndOnlyIsNotWrittenTwice() throws {
        try carryOut(OverrideScript.close("Dicht."))
        let whole = try folder.read("audit.jsonl")
        try folder.write(String(whole.dropLast()), to: "audit.jsonl")
        _ = try open()
        #expect(try folder.read("audit.jsonl") == whole)
    }

    @Test func theEndOfTheAuditIsFoundBeforeALongTornLine() throws {
        try carryOut(OverrideScript.close("Dicht."), OverrideScript.close("Weer."))
        let whole = try folder.read("audit.jsonl")
        let junk = String(repeating: "x", count: 200_000)
        try folder.write(whole + junk, to: "audit.jsonl")
        _ = try open()
        #expect(try folder.read("audit.jsonl") == whole + junk + "\n")
    }

    @Test func anAuditThatWasMovedAwayBeginsAgainWithTheNextLines() throws {
        let opening = try open()
        let state = try carryOut(OverrideScript.close("Dicht."), OverrideScript.close("Weer."), on: opening)
        try folder.remove("audit.jsonl")
        let step = try OverrideScript.step(.open([.all]), on: state)
        try opening.files.keep(step.state, audit: step.audit)
        #expect(try AuditLines(folder.path).numbers == [4])
    }

    @Test func theOldestWaitingLinesAreDropped() throws {
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
        #expect(try AuditLines(folder.path).numbers == Array(6...many.upperBound))
    }
}

/// The numbers of the lines of an audit.
private struct AuditLines {
    let numbers: [Int]

    init(_ path: String) throws {
        let bytes = try Data(contentsOf: URL(filePath: path + "/audit.jsonl"))
        numbers = bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            JSONReader.read(Array(line))?["n"].flatMap { if case .number(let text) = $0 { Int(text) } else { nil } }
        }
    }
}

extension StateHolder {
    fileprivate static func ended(_ process: Int, _ socket: String) -> StateHolder {
        StateHolder(process: process, socket: socket, isRunning: false)
    }
}
