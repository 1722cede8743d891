// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import ContactTables
import DryRuns
import Rules
import Testing

/// Every folder of `examples/` can be served as it is, and its cases say what it does.
@Suite struct ExampleFileTests {
    @Test func thereAreSome() throws {
        #expect(try ExampleFolder.names().count >= 5)
    }

    @Test(arguments: try ExampleFolder.names())
    func hasNoFindings(name: String) throws {
        let outcome = try ExampleFolder(name: name).outcome
        #expect(outcome.findings.isEmpty, "\(outcome.findings)")
        #expect(outcome.file != nil)
    }

    @Test(arguments: try ExampleFolder.names())
    func itsCasesHold(name: String) throws {
        let results = try ExampleFolder(name: name).results()
        #expect(!results.isEmpty, "an example has cases")
        for result in results {
            #expect(result.differences.isEmpty, "line \(result.ruleCase.line), \(result.ruleCase.name)")
        }
    }

    @Test(arguments: try ExampleFolder.names())
    func itsCasesReachEveryRuleAndArm(name: String) throws {
        let folder = try ExampleFolder(name: name)
        let rules = try folder.file().rules.rules
        let results = try folder.results()
        #expect(CaseCoverage(of: rules.map(\.name), by: results).unreached == [])
        let arms = rules.flatMap { rule -> [String] in
            guard case .split(let split) = rule.outcome else { return [] }
            return split.arms.map { "rule \(rule.name)/\($0.name)" }
        }
        #expect(Set(arms).subtracting(results.map(\.by.description)) == [])
    }

    @Test(arguments: try ExampleFolder.names())
    func itsContactsCanBeRead(name: String) throws {
        let folder = try ExampleFolder(name: name)
        for table in try folder.tables(of: try folder.file()) { #expect(table.problems == []) }
    }
}
