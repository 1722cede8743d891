// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConfigFiles

/// `switchboard schema`: the JSON Schema of the rules file.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of the rules file, for editors.",
        discussion: """
            Save it next to a rules file that begins with `# yaml-language-server: $schema=\(RulesSchema.fileName)`:
            switchboard schema > \(RulesSchema.fileName)
            """)

    func run() throws {
        StandardOutput.emit(RulesSchema.bytes)
    }
}
