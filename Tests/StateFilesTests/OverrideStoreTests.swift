// SPDX-License-Identifier: Apache-2.0

import Overrides
import Files
import StateFiles
import TestSupport
import Testing

/// What every store promises to the service that decides about overrides.
@Suite struct OverrideStoreTests {
    enum Implementation: CaseIterable, Sendable {
        case memory
        case files
        case faultlessDisk
    }

    /// A store, and the state that a restart finds; `nil` if it forgets.
    private struct Subject {
        let store: any OverrideStore
        let restart: () throws -> OverrideState?
    }

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func subject(_ implementation: Implementation) throws -> Subject {
        switch implementation {
        case .memory: return Subject(store: InMemoryOverrideStore()) { nil }
        case .files: return try subject(on: StateFolder.open(folder.path))
        case .faultlessDisk: return try subject(on: MemoryDisk())
        }
    }

    private func subject(on folder: any FolderCalls) throws -> Subject {
        let opening = try StateFiles.open(folder, at: .sample)
        return Subject(store: opening.files) { try StateFiles.open(folder, at: .sample).state }
    }

    /// Which states of the script are saved, in this order, and which one a restart finds.
    static let courses = [
        Row("every change", [1, 2, 3, 4], 4), Row("the empty state", [0], 0), Row("the same state again", [1, 1], 1),
        Row("an earlier state", [1, 2, 1], 1), Row("nothing", [], 0),
    ]

    @Test(arguments: Implementation.allCases, courses)
    func theLastStateIsSavedWithoutProblems(_ implementation: Implementation, _ row: Row<[Int], Int>) throws {
        let subject = try subject(implementation)
        let states = try OverrideScript.course().states
        for index in row.input {
            try subject.store.keep(states[index], audit: [])
            #expect(subject.store.problem == nil)
        }
        let found = try subject.restart()
        #expect((found == nil) == (implementation == .memory))
        if let found { #expect(found == states[row.expected]) }
    }

    @Test(arguments: Implementation.allCases)
    func auditEntriesAreSavedWithoutProblems(_ implementation: Implementation) throws {
        let subject = try subject(implementation)
        var state = OverrideState()
        for command in OverrideScript.commands {
            let step = try OverrideScript.step(command, on: state)
            try subject.store.keep(step.state, audit: step.audit)
            #expect(subject.store.problem == nil)
            state = step.state
        }
        if let found = try subject.restart() { #expect(found == state) }
    }
}
