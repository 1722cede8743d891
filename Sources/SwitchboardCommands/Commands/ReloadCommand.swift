// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSON
import Screen
import WireFormat

/// `switchboard reload`: has the running server read its rules file again.
struct ReloadCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload", abstract: "Read the rules file again; the server also does this when it is saved.",
        discussion: """
            Every dashboard shows who reloaded and what changed. A file with errors is not used: the command lists them \
            and exits 1.
            """)

    @OptionGroup var operatorOptions: OperatorOptions

    func run(with client: ControlClient) async throws {
        let report = try await client.reloadRules()
        if operatorOptions.json {
            StandardOutput.document(report.document.text)
        } else {
            let say = report.isTaken ? StandardOutput.say : StandardError.say
            for line in [report.words] + report.details { say(CleanText.clean(line)) }
        }
        guard report.isTaken else { throw CommandFailure(.failure, "") }
    }
}
