// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import DryRuns
import Rules
import TestSupport
import Testing

@Suite struct StarterTests {
    @Test func hasNoFindingsAtAll() throws {
        let outcome = RulesFile.readInTheWorld(Starter.text, name: Starter.fileName)
        #expect(outcome.findings.isEmpty, "\(outcome.findings)")
        let file = try #require(outcome.file)
        #expect(file.server == ServerSettings())
        #expect(file.rules.lines.count == 4)
        #expect(file.rules.rules.count == 6)
    }

    @Test func itsCasesHoldAndReachEveryRule() throws {
        let file = try #require(RulesFile.readInTheWorld(Starter.text, name: Starter.fileName).file)
        let dryRun = DryRun(rules: file.rules, numbers: NoNumberingPlan())
        let results = file.cases.map { CaseResult($0, in: dryRun) }
        for result in results {
            #expect(result.differences.isEmpty, "line \(result.ruleCase.line), \(result.ruleCase.name)")
        }
        #expect(CaseCoverage(of: file.rules.rules.map(\.name), by: results).unreached == [])
    }

    @Test func itsFirstLineNamesTheSchema() {
        #expect(Starter.text.hasPrefix("# yaml-language-server: $schema=\(RulesSchema.fileName)\n"))
    }
}
