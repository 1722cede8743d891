// SPDX-License-Identifier: Apache-2.0

import Calls
import WireFormat
import Files
import StateFiles
import Overrides
import TestSupport
import Testing

/// The process is killed, the power goes or the disk is full at every single call of the system: what a restart finds.
@Suite struct CrashTests {
    private let course: (states: [OverrideState], audit: [AuditEntry])
    /// How many calls the whole script makes.
    private let calls: Int

    init() throws {
        course = try OverrideScript.course()
        let folder = FaultyFolder(MemoryDisk(), .diesBefore, after: .max)
        #expect(try OverrideScript.confirmed(on: folder) == OverrideScript.commands.count)
        calls = folder.made
    }

    @Test func everyCallIsCounted() {
        // Four changes, each with a draft, a rename, two syncs and the audit.
        #expect((45...60).contains(calls), "\(calls)")
    }

    @Test(arguments: FaultyFolder.Fault.deaths) func killedAtAnyCall(_ fault: FaultyFolder.Fault) throws {
        for call in 0..<calls {
            let disk = MemoryDisk()
            let confirmed = try OverrideScript.confirmed(on: FaultyFolder(disk, fault, after: call))
            try expectWhole(disk, confirmed: confirmed, "\(fault) at call \(call)")
        }
    }

    @Test func killedAgainWhileTheRestartTidiesUp() throws {
        for call in 0..<calls {
            let disk = MemoryDisk()
            let confirmed = try OverrideScript.confirmed(on: FaultyFolder(disk, .diesWithin, after: call))
            for second in 0... {
                let again = disk.copy
                let restart = FaultyFolder(again, .diesWithin, after: second)
                _ = try OverrideScript.confirmed(on: restart, commands: [])
                guard restart.made > second else { break }
                try expectWhole(again, confirmed: confirmed, "killed at call \(call), and at \(second) of the restart")
            }
        }
    }

    @Test(arguments: [true, false], [true, false]) func withoutPowerAtAnyCall(namesSurvive: Bool, bytesSurvive: Bool)
        throws
    {
        for call in 0..<calls {
            let disk = MemoryDisk()
            let confirmed = try OverrideScript.confirmed(on: FaultyFolder(disk, .diesBefore, after: call))
            let left = disk.afterPowerLoss(namesSurvive: namesSurvive, bytesSurvive: bytesSurvive)
            try expectWhole(left, confirmed: confirmed, "no power at call \(call)")
        }
    }

    @Test func killedAtAnyCallOnARealDisk() throws {
        for call in 0..<calls {
            try TemporaryFolder.with { place in
                let confirmed = try OverrideScript.confirmed(
                    on: FaultyFolder(StateFolder.open(place.path), .diesWithin, after: call))
                try expectWhole(StateFolder.open(place.path), confirmed: confirmed, "killed at call \(call)")
            }
        }
    }

    /// A restart finds the state of the last confirmed change or the next, and the audit that belongs to it.
    private func expectWhole(_ folder: any FolderCalls, confirmed: Int, _ what: String) throws {
        let opening = try StateFiles.open(folder, at: .sample)
        let possible = course.states[confirmed...min(confirmed + 1, course.states.count - 1)]
        #expect(possible.contains(opening.state), "\(what): \(opening.state)")
        #expect(opening.warnings == [] && opening.files.problem == nil, "\(what)")
        let lines = try folder.auditLines()
        #expect(lines == Array(course.audit.prefix(opening.state.auditLines)), "\(what)")
    }
}

extension CrashTests {
    /// The operator goes on after a failure; what is kept is always what is in force.
    @Test(arguments: [FaultyFolder.Fault.isFullOnce, .staysFull]) func fullAtAnyCall(_ fault: FaultyFolder.Fault) throws
    {
        for call in 0..<calls {
            let disk = MemoryDisk()
            let folder = FaultyFolder(disk, fault, after: call)
            var bench = try Bench(folder)
            for command in OverrideScript.commands {
                bench.tries(command)
                try bench.expectTheSame(on: disk, "\(fault) at call \(call)")
            }
            // Space was made: the next change brings everything in order.
            bench = try Bench(disk, going: bench.state, audit: bench.audit)
            bench.tries(OverrideScript.close("Last."))
            #expect(bench.files.problem == nil)
            try bench.expectTheSame(on: disk, "\(fault) at call \(call), and then space")
            #expect(try disk.auditLines() == bench.audit, "\(fault) at call \(call)")
        }
    }
}

/// Overrides saved in a folder that may fail, and what is in force according to them.
private struct Bench {
    let files: StateFiles
    private(set) var state: OverrideState
    private(set) var audit: [AuditEntry]

    init(_ folder: any FolderCalls, going state: OverrideState = OverrideState(), audit: [AuditEntry] = []) throws {
        let opening: StateFiles.Opening
        do throws(StateFilesError) {
            opening = try StateFiles.open(folder, at: .sample)
        } catch {
            // Whoever could not begin begins again.
            opening = try StateFiles.open(folder, at: .sample)
        }
        #expect(opening.state == state)
        files = opening.files
        self.state = state
        self.audit = audit
    }

    mutating func tries(_ command: OverrideCommand) {
        do {
            let step = try OverrideScript.step(command, on: state)
            try files.keep(step.state, audit: step.audit)
            state = step.state
            audit += step.audit
        } catch is OverrideStoreError {
            // Not kept, so not in force.
        } catch {
            // Earlier failures may have left nothing to undo.
            #expect(error is OverrideError)
        }
    }

    /// A restart finds what is in force, and no line of the audit is lost.
    func expectTheSame(on disk: MemoryDisk, _ what: String) throws {
        let copy = disk.copy
        let opening = try StateFiles.open(copy, at: .sample)
        #expect(opening.state == state, "\(what)")
        #expect(try copy.auditLines() == audit, "\(what)")
        #expect(disk["state.json.new"] == nil, "\(what)")
    }
}

extension FolderCalls {
    /// The lines of the audit that are whole.
    fileprivate func auditLines() throws -> [AuditEntry] {
        (try read("audit.jsonl", last: .max) ?? []).split(separator: UInt8(ascii: "\n"))
            .compactMap { AuditEntry(line: $0) }
    }
}
