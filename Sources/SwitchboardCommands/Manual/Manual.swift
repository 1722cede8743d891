// SPDX-License-Identifier: Apache-2.0

import Dashboard

/// The manual pages of the program: one for each command, and one for the keys.
struct Manual {
    /// A page, by the name of its file.
    struct Page {
        let file: String
        let source: String
    }

    let pages: [Page]

    init(of table: CommandTable, keys: [KeyReference.Row], version: String) {
        let commands = table.displayedSubcommands
        pages =
            [Self.program(table, commands, version)]
            + commands.filter { $0.commandName != "help" }.map { Self.command($0, version) }
            + [Self.keys(keys, version)]
    }

    private static let programName = "switchboard"
    private static let keysPage = "switchboard-keys"

    /// Where else the program is described.
    private static let documents =
        "`/usr/share/doc/switchboard` or `/usr/local/share/doc/switchboard` has the documentation, the examples among it."

    private static func program(_ table: CommandTable, _ commands: [CommandTable], _ version: String) -> Page {
        var text = ManualText(title: programName, section: 1, version: version, kind: "User Commands")
        name(programName, table, in: &text)
        text.section("Synopsis")
        text.synopsis([[.bold(programName)], [.italic("COMMAND")], [.roman("["), .italic("OPTION"), .roman("]...")]])
        describe(table, in: &text)
        text.section("Commands")
        for command in commands {
            let tag: [ManualText.Span] =
                command.commandName == "help"
                ? [.bold("\(programName) help")]
                : [.bold("\(programName)-\(command.commandName)"), .roman("(1)")]
            text.entry(tag, command.abstract ?? "")
        }
        options(table, in: &text)
        environment(in: &text)
        files(in: &text)
        exitStatus(in: &text)
        text.section("See also")
        text.line("\(keysPage)(7)")
        text.paragraph()
        text.line(documents)
        return Page(file: "\(programName).1", source: text.source)
    }

    private static func command(_ command: CommandTable, _ version: String) -> Page {
        let title = command.words.joined(separator: "-")
        var text = ManualText(title: title, section: 1, version: version, kind: "User Commands")
        name(title, command, in: &text)
        text.section("Synopsis")
        let subcommands = command.displayedSubcommands
        if subcommands.isEmpty { synopsis(command, in: &text) }
        for subcommand in subcommands { synopsis(subcommand, in: &text) }
        describe(command, in: &text)
        if !subcommands.isEmpty { text.section("Commands") }
        for subcommand in subcommands {
            text.subsection(subcommand.words.joined(separator: " "))
            text.line(subcommand.abstract ?? "")
            body(subcommand.discussion, in: &text)
            list(subcommand.displayedArguments, in: &text)
        }
        options(command, in: &text)
        examples(command, in: &text)
        text.section("See also")
        text.line("\(programName)(1), \(keysPage)(7)")
        return Page(file: "\(title).1", source: text.source)
    }

    private static func keys(_ rows: [KeyReference.Row], _ version: String) -> Page {
        var text = ManualText(title: keysPage, section: 7, version: version, kind: "Switchboard Manual")
        text.section("Name")
        text.line("\(keysPage) - keys of the dashboard of switchboard")
        text.section("Description")
        text.line(
            "These are the keys before any is bound in `~/.config/switchboard/dashboard.yaml`; `switchboard help keys` "
                + "prints those in use, and `?` in the dashboard those of the view.")
        var group: String?
        for row in rows where !row.keys.isEmpty || row.word != nil {
            if row.group != group { text.section(row.group) }
            group = row.group
            text.entry(tag(of: row), row.help)
        }
        text.section("See also")
        text.line("\(programName)(1), \(programName)-serve(1), \(programName)-attach(1)")
        return Page(file: "\(keysPage).7", source: text.source)
    }

    private static func tag(of row: KeyReference.Row) -> [ManualText.Span] {
        let keys = row.keys + (row.word.map { [":\($0)"] } ?? [])
        return Array(keys.map { [ManualText.Span.bold($0)] }.joined(separator: [.roman(", ")]))
    }
}

// The parts of a page.
extension Manual {
    private static func name(_ title: String, _ command: CommandTable, in text: inout ManualText) {
        text.section("Name")
        let abstract = command.abstract ?? ""
        text.line("\(title) - \(abstract.hasSuffix(".") ? String(abstract.dropLast()) : abstract)")
    }

    private static func synopsis(_ command: CommandTable, in text: inout ManualText) {
        let arguments = command.displayedArguments.filter { argument in
            !(argument.names ?? []).contains { $0.name == "help" || $0.name == "version" }
        }
        text.synopsis([[.bold(command.words.joined(separator: " "))]] + arguments.map(synopsis))
    }

    private static func synopsis(_ argument: CommandTable.Argument) -> [ManualText.Span] {
        var spans: [ManualText.Span] = argument.names?.first.map { [.bold($0.text)] } ?? []
        if argument.kind != .flag {
            if !spans.isEmpty { spans.append(.roman(" ")) }
            spans.append(.italic(argument.valueName ?? "VALUE"))
        }
        if argument.isOptional { spans = [.roman("[")] + spans + [.roman("]")] }
        return spans + (argument.isRepeating ? [.roman("...")] : [])
    }

    private static func describe(_ command: CommandTable, in text: inout ManualText) {
        text.section("Description")
        text.line(command.abstract ?? "")
        body(command.discussion, in: &text)
    }

    /// The heading of examples in the help of a command.
    private static let examplesHeading = "EXAMPLES:"

    /// What the help says besides the examples: paragraphs, and indented lines that keep their form.
    private static func body(_ discussion: String?, in text: inout ManualText) {
        var verbatim: [String] = []
        func flush(_ text: inout ManualText) {
            if !verbatim.isEmpty { text.verbatim(verbatim) }
            verbatim = []
        }
        let lines = split(discussion).body
        if !lines.isEmpty { text.paragraph() }
        for line in lines {
            if line.hasPrefix(" ") || line.hasPrefix("\(programName) ") {
                verbatim.append(line)
                continue
            }
            flush(&text)
            if line.isEmpty { text.paragraph() } else { text.line(line) }
        }
        flush(&text)
    }

    private static func examples(_ command: CommandTable, in text: inout ManualText) {
        let lines = split(command.discussion).examples
        guard !lines.isEmpty else { return }
        text.section("Examples")
        text.verbatim(lines)
    }

    private static func split(_ discussion: String?) -> (body: [String], examples: [String]) {
        let lines = (discussion ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let heading = lines.firstIndex(of: examplesHeading) else { return (trimmed(lines), []) }
        let examples = trimmed(Array(lines[(heading + 1)...])).map { $0.hasPrefix("  ") ? String($0.dropFirst(2)) : $0 }
        return (trimmed(Array(lines[..<heading])), examples)
    }

    /// Without the empty lines at the end.
    private static func trimmed(_ lines: [String]) -> [String] {
        Array(lines.reversed().drop(while: \.isEmpty).reversed())
    }

    private static func options(_ command: CommandTable, in text: inout ManualText) {
        guard command.displayedSubcommands.isEmpty || command.superCommands == nil else { return }
        text.section("Options")
        list(command.displayedArguments, in: &text)
    }

    private static func list(_ arguments: [CommandTable.Argument], in text: inout ManualText) {
        for argument in arguments {
            let help = [argument.abstract, argument.discussion, values(of: argument)].compactMap(\.self)
            text.entry(tag(of: argument), help.joined(separator: " "))
        }
    }

    private static func tag(of argument: CommandTable.Argument) -> [ManualText.Span] {
        let value = argument.kind == .flag ? nil : argument.valueName ?? "VALUE"
        let names = (argument.names ?? []).map { [ManualText.Span.bold($0.text)] }
        let tag = Array(names.joined(separator: [.roman(", ")]))
        return tag + (value.map { (tag.isEmpty ? [] : [.roman(" ")]) + [.italic($0)] } ?? [])
    }

    private static func values(of argument: CommandTable.Argument) -> String? {
        let values = argument.kind == .flag ? nil : argument.allValues.map { "values: \($0.joined(separator: ", "))" }
        let parts = [values, argument.defaultValue.map { "default: \($0)" }].compactMap(\.self)
        return parts.isEmpty ? nil : "(\(parts.joined(separator: "; ")))"
    }
}

// What all commands share.
extension Manual {
    private static let variables: [(name: String, meaning: String)] = [
        ("SWITCHBOARD_CONFIG", "The rules file, where `--config` is not given."),
        (
            "SWITCHBOARD_WEBHOOK_SECRET",
            "The secret that `call`, `probe` and `doctor` sign with, and rules files may name."
        ),
        ("SWITCHBOARD_THEME", "The theme of the dashboard, where `--theme` is not given."),
        ("NO_COLOR", "No colors in the dashboard, whatever its value."),
        ("XDG_CONFIG_HOME", "The folder of settings; default: `~/.config`."),
        ("XDG_STATE_HOME", "The folder of overrides, the audit and the journal; default: `~/.local/state`."),
        ("XDG_RUNTIME_DIR", "The folder of the control socket."),
    ]

    private static func environment(in text: inout ManualText) {
        text.section("Environment")
        for variable in variables { text.entry([.bold(variable.name)], variable.meaning) }
    }

    private static let paths: [(path: String, meaning: String)] = [
        ("./switchboard.yaml", "The rules file, else the next one."),
        ("~/.config/switchboard/switchboard.yaml", "The rules file."),
        ("~/.config/switchboard/dashboard.yaml", "The settings of the dashboard: keys, mouse, alarm, theme."),
        ("~/.local/state/switchboard/", "Overrides, the audit (`audit.jsonl`) and the journal (`calls.sqlite`)."),
        ("/etc/switchboard/switchboard.yaml", "The rules file of the systemd service."),
        ("/var/lib/switchboard/", "The state folder of the systemd service."),
    ]

    private static func files(in text: inout ManualText) {
        text.section("Files")
        for path in paths { text.entry([.italic(path.path)], path.meaning) }
    }

    private static func exitStatus(in text: inout ManualText) {
        text.section("Exit status")
        for reason in ExitReason.allCases { text.entry([.bold("\(reason.rawValue)")], reason.meaning) }
    }
}

extension ExitReason {
    /// What the code says, for the manual.
    fileprivate var meaning: String {
        switch self {
        case .success: "Success; a server was stopped by SIGTERM, or quit on the screen."
        case .failure: "The command failed, or a server could not start: the reason is on stderr."
        case .usage: "Wrong usage."
        case .addressTaken: "The address, or the control socket, is in use."
        case .defect: "A defect of the program."
        case .hungUp: "The terminal went away."
        case .interrupted: "Ended by ^C."
        case .quit: "Ended by ^\\."
        case .terminated: "Ended by SIGTERM before it had stopped in order."
        }
    }
}
