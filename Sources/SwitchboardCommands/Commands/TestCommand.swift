// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConfigFiles
import DryRuns
import Foundation
import Rules

/// `switchboard test`: runs the cases of a rules file.
struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Run the cases of a rules file and print the failures.")

    @Argument(help: ArgumentHelp("Rules file; default: the one that serve would use.", valueName: "FILE"))
    var file: String?

    @Flag(help: "List the rules that no case reaches.")
    var coverage = false

    func run() throws {
        let path = try ConfigurationPath.find(named: file, environment: ProcessInfo.processInfo.environment)
        let rulesFile = try ConfigurationSource(path: path).usable()
        let dryRun = DryRun(rules: rulesFile.rules, numbers: ConfigurationSource.numbers)
        let results = rulesFile.cases.map { CaseResult($0, in: dryRun) }
        let failed = results.filter { !$0.differences.isEmpty }
        for result in failed {
            StandardOutput.say("\(path):\(result.ruleCase.line): \(result.ruleCase.name)")
            for difference in result.differences { StandardOutput.say("  \(difference)") }
        }
        if coverage {
            for name in CaseResult.unreached(rulesFile.rules.rules.map(\.name), by: results) {
                StandardOutput.say("no case reaches rule \(name)")
            }
        }
        StandardError.say("\(path): \(results.count - failed.count) passed, \(failed.count) failed")
        if !failed.isEmpty { throw CommandFailure(.failure, "") }
    }
}
