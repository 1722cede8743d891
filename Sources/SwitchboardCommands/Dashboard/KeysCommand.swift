// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Dashboard
import Foundation
import JSON

/// `switchboard help keys`: the keys of the dashboard, with those that the operator bound.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "switchboard help keys", abstract: "Print the keys of the dashboard, by view.",
        discussion: """
            The first column is the name of the command, for `keys:` in the settings of the dashboard; see docs/operator.md. \
            The keys of dialogs cannot be changed and have no name.
            """)

    @Flag(help: "Print JSON.")
    var json = false

    /// The words that ask for it; the parser's own `help` knows commands only.
    static func arguments(of arguments: [String]) -> [String]? {
        Array(arguments.prefix(2)) == ["help", "keys"] ? Array(arguments.dropFirst(2)) : nil
    }

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let start = SettingsKeeper(.init(), environment: environment).start()
        for problem in start.problems { StandardError.say(problem) }
        let rows = KeyReference(start.settings.keymap).rows
        guard !json else { return StandardOutput.document(Self.document(rows).text) }
        let names = rows.map { ($0.command ?? "").count }.max() ?? 0
        let keys = rows.map { Self.keys(of: $0).count }.max() ?? 0
        var group: String?
        for row in rows {
            if row.group != group { StandardOutput.say((group == nil ? "" : "\n") + row.group) }
            group = row.group
            let cells = [
                "  ", Self.padded(row.command ?? "", to: names), "  ", Self.padded(Self.keys(of: row), to: keys), "  ",
            ]
            StandardOutput.say(cells.joined() + row.help)
        }
    }

    private static func keys(of row: KeyReference.Row) -> String {
        row.keys.isEmpty ? "-" : row.keys.joined(separator: " ")
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func document(_ rows: [KeyReference.Row]) -> JSONValue {
        .array(
            rows.map { row in
                .object([
                    .init("group", .string(row.group)), .init("command", row.command.map(JSONValue.string) ?? .null),
                    .init("keys", .array(row.keys.map(JSONValue.string))),
                    .init("word", row.word.map(JSONValue.string) ?? .null),
                    .init("views", .array(row.views.map(JSONValue.string))), .init("help", .string(row.help)),
                ])
            })
    }
}
