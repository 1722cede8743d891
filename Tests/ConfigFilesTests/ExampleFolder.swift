// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import Contacts
import ContactTables
import Foundation
import PhoneNumbers
import DryRuns
import TestSupport
import Testing
import TimeZones

/// A folder of `examples/`, read as the program reads it.
struct ExampleFolder {
    static let plan = WorldNumberingPlan()
    let outcome: RulesFile.Outcome
    private let folder: URL

    /// Everything in `examples/` but its page: what is put there is an example, or a failure.
    static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: examples.path).filter { $0 != "README.md" }.sorted()
    }

    init(name: String) throws {
        let folder = Self.examples.appending(path: name)
        let data = try Data(contentsOf: folder.appending(path: "switchboard.yaml"))
        self.folder = folder
        outcome = RulesFile.read(
            Array(data), name: name, zones: TimeZones.zone,
            files: { path in
                do { return .bytes(try Self.bytes(of: path, in: folder)) } catch { return .unreadable("\(error)") }
            }, plan: Self.plan)
    }

    func file() throws -> RulesFile {
        try #require(outcome.file, "\(outcome.findings)")
    }

    /// The outcomes of its cases, with the contacts that its files have.
    func results() throws -> [CaseResult] {
        let file = try file()
        let dryRun = DryRun(rules: file.rules, numbers: Self.plan)
        let directory = ContactDirectory(sources: try tables(of: file).map { .local($0.table) })
        return file.cases.map { ruleCase in
            let number = ruleCase.call.request.caller.number
            let contact = number.flatMap { directory.look(up: $0, at: 0) }
            return CaseResult(ruleCase, in: dryRun, contact: contact ?? .nobody)
        }
    }

    /// Its CSV files, read.
    func tables(of file: RulesFile) throws -> [ContactTable.Reading] {
        try file.contacts.compactMap { source in
            guard case .csv(let path, let columns) = source.kind else { return nil }
            return try ContactTable.read(
                try bytes(of: path), name: path, columns: columns, country: file.country, numbers: Self.plan)
        }
    }

    /// A file next to the rules.
    private func bytes(of path: String) throws -> [UInt8] {
        try Self.bytes(of: path, in: folder)
    }

    private static let examples = Repository.root.appending(path: "examples")

    private static func bytes(of path: String, in folder: URL) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: path)))
    }
}
