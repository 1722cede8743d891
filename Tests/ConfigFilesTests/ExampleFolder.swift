// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
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

    func results() throws -> [CaseResult] {
        let file = try file()
        let dryRun = DryRun(rules: file.rules, numbers: Self.plan)
        return file.cases.map { CaseResult($0, in: dryRun) }
    }

    /// A file next to the rules.
    func bytes(of path: String) throws -> [UInt8] {
        try Self.bytes(of: path, in: folder)
    }

    private static let examples = Repository.root.appending(path: "examples")

    private static func bytes(of path: String, in folder: URL) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: path)))
    }
}
