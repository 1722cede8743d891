// SPDX-License-Identifier: Apache-2.0

import Dashboard
import TestSupport
import Testing

@testable import SwitchboardCommands

@Suite struct ManualTests {
    private let table: CommandTable
    private let pages: [String: String]

    /// Made once, since reading all commands takes a second.
    private static let made = Result {
        let table = try CommandTable(of: SwitchboardCommand.self)
        let manual = Manual(of: table, keys: KeyReference(.standard).rows, version: "1.2.3")
        return (table, Dictionary(uniqueKeysWithValues: manual.pages.map { ($0.file, $0.source) }))
    }

    init() throws { (table, pages) = try Self.made.get() }

    @Test func everyCommandThatIsShownHasAPageThatTheProgramsPageNames() throws {
        let program = try #require(pages["switchboard.1"])
        let commands = table.displayedSubcommands.map(\.commandName).filter { $0 != "help" }
        #expect(commands.count > 20)
        for command in commands {
            #expect(pages["switchboard-\(command).1"] != nil, "\(command)")
            #expect(program.contains("\\fBswitchboard\\-\(command)\\fR(1)"), "\(command)")
        }
        #expect(pages.count == commands.count + 2)
        #expect(!program.contains("switchboard\\-manual"))
    }

    @Test func everyOptionOfACommandIsOnItsPage() {
        for command in table.displayedSubcommands where command.commandName != "help" {
            let page = pages["switchboard-\(command.commandName).1"] ?? ""
            for owner in [command] + command.displayedSubcommands where !(owner.arguments ?? []).isEmpty {
                for name in owner.displayedArguments.flatMap({ $0.names ?? [] }) where owner.subcommands == nil {
                    let typed = name.text.replacing("-", with: "\\-")
                    #expect(page.contains("\\fB\(typed)\\fR"), "\(owner.words) \(name.text)")
                }
            }
        }
    }

    @Test func everyExitCodeIsOnThePageOfTheProgram() {
        for reason in ExitReason.allCases {
            #expect(pages["switchboard.1"]?.contains("\\fB\(reason.rawValue)\\fR") == true)
        }
    }

    @Test func theKeysHaveAPage() {
        #expect(pages["switchboard-keys.7"]?.contains("\\fB:reload\\fR") == true)
    }

    /// Only macros of man(7) begin with a dot; what else does would vanish from the page.
    @Test func noTextIsARequest() {
        let macros: Set = [".TH", ".SH", ".SS", ".PP", ".TP", ".HP", ".RS", ".RE", ".nf", ".fi", ".nh", ".ad"]
        for (file, page) in pages {
            for line in page.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
                let name = line.split(separator: " ").first.map(String.init) ?? ""
                #expect(macros.contains(name), "\(file): \(line)")
            }
        }
    }

    static let texts: [Row<String, String>] = [
        Row("options keep their hyphens", "see --all", "see \\-\\-all"),
        Row("a backslash", "a\\b", "a\\eb"),
        Row("quotation marks", "it's \"so\"", "it\\(aqs \\(dqso\\(dq"),
        Row("code is bold", "run `a -b` now", "run \\fBa \\-b\\fR now"),
        Row("a backtick alone", "a ` b", "a \\(ga b"),
        Row("a dot first", ".config", "\\&.config"),
        Row("code first", "`.x` is", "\\fB.x\\fR is"),
        Row("other letters", "café → ✓", "café → ✓"),
    ]

    @Test(arguments: texts) func textStaysWhatItIs(_ row: Row<String, String>) {
        #expect(ManualText.escaped(row.input) == row.expected)
    }
}
