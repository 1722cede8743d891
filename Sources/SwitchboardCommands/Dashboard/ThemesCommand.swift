// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Calls
import ConfigFiles
import Foundation
import JSON
import Screen

/// `switchboard themes`: the looks of the dashboard.
struct ThemesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "themes", abstract: "List, show and check the themes of the dashboard.",
        discussion: """
            A theme of your own is a file in $XDG_CONFIG_HOME/switchboard/themes (default: ~/.config/switchboard/themes).

            EXAMPLES:
              switchboard themes
              switchboard themes show night > ~/.config/switchboard/themes/mine.yaml
              switchboard themes check mine
            """,
        subcommands: [ThemesListCommand.self, ThemesShowCommand.self, ThemesCheckCommand.self],
        defaultSubcommand: ThemesListCommand.self)
}

/// Where themes are looked for.
struct ThemeFolderOption: ParsableArguments {
    @ArgumentParser.Option(
        help: ArgumentHelp("Folder to search for themes first.", valueName: "DIR"), completion: .directory)
    var themesDir: String?

    var library: ThemeLibrary {
        ThemeChoice.library(folder: themesDir, environment: ProcessInfo.processInfo.environment)
    }
}

/// `switchboard themes list`: the names that `--theme` takes.
struct ThemesListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the themes: name, for which terminals, title, file.")

    @OptionGroup var folder: ThemeFolderOption

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let library = folder.library
        let themes = library.entries.map { ($0, library.load($0.name).theme) }
        guard !json else { return StandardOutput.document(Self.document(themes).text) }
        let rows = themes.map { entry, theme in
            [entry.name, theme.appearance.rawValue, theme.name, entry.path ?? "built in"].map(CleanText.clean)
        }
        let widths = (0..<3).map { column in rows.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
        for row in rows {
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - DisplayWidth.of(cell))
            }
            StandardOutput.say((cells + [row[3]]).joined(separator: "  "))
        }
    }

    private static func document(_ themes: [(ThemeLibrary.Entry, Theme)]) -> JSONValue {
        .array(
            themes.map { entry, theme in
                .object([
                    .init("name", .string(entry.name)), .init("title", .string(theme.name)),
                    .init("appearance", .string(theme.appearance.rawValue)),
                    .init("file", entry.path.map(JSONValue.string) ?? .null),
                ])
            })
    }
}

/// `switchboard themes show`: the file of a theme, to begin one's own with.
struct ThemesShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print the file of a theme, as a start for one of your own.")

    @Argument(help: ArgumentHelp("Theme, by name or path.", valueName: "THEME"), completion: ShellCompletion.themes)
    var theme: String

    @OptionGroup var folder: ThemeFolderOption

    func run() throws {
        let library = folder.library
        guard let file = library.file(named: HomeFolder.expand(theme)) else {
            throw CommandFailure(.usage, library.missingWords(theme))
        }
        StandardOutput.emit(file.bytes)
    }
}

/// `switchboard themes check`: the diagnostics of themes, and whether every role can be read at every colour depth.
struct ThemesCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check themes and print all errors and warnings.",
        discussion: """
            Besides the file it checks what the theme makes of every role with its exact colours and with 256, 16, 8 and \
            none: whether letters can be read on their background (contrast of at least 4.5), and whether a selected row and \
            a closure can be seen. The contrast with a colour of the terminal's own is unknown, and not checked.
            """)

    @Argument(
        help: ArgumentHelp("Themes, by name or path; default: all that list shows.", valueName: "THEME"),
        completion: ShellCompletion.themes)
    var themes: [String] = []

    @OptionGroup var folder: ThemeFolderOption

    @Flag(help: "Treat warnings as errors.")
    var strict = false

    func run() throws {
        let library = folder.library
        var isBad = false
        for name in themes.isEmpty ? library.entries.map(\.name) : themes {
            let path = HomeFolder.expand(name)
            guard library.file(named: path) != nil else {
                StandardError.say(library.missingWords(name))
                isBad = true
                continue
            }
            let findings = library.check(path).findings
            if !findings.isEmpty { StandardOutput.say(findings.map(\.description).joined(separator: "\n")) }
            StandardError.say("\(CleanText.clean(name)): \(CheckCommand.summary(findings))")
            if findings.contains(where: { strict || $0.severity == .error }) { isBad = true }
        }
        if isBad { throw CommandFailure(.failure, "") }
    }
}

extension ThemeLibrary {
    /// Why there is no theme of a name.
    fileprivate func missingWords(_ name: String) -> String {
        guard !name.contains("/") else { return "cannot read \(CleanText.clean(name))" }
        let meant = NearMiss.word(nearest: name, among: entries.map(\.name))
        return "there is no theme \"\(CleanText.clean(name))\""
            + (meant.map { "; did you mean \"\($0)\"?" } ?? "; `switchboard themes` lists them")
    }
}
