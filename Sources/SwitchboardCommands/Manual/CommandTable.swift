// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// A command with its arguments and subcommands, as the argument parser describes them.
struct CommandTable: Decodable {
    let commandName: String
    /// The commands that it belongs to, from the program's own; absent for the program.
    let superCommands: [String]?
    let shouldDisplay: Bool
    let abstract: String?
    let discussion: String?
    let subcommands: [CommandTable]?
    let arguments: [Argument]?

    /// An option, a flag or a value.
    struct Argument: Decodable {
        enum Kind: String, Decodable {
            case positional
            case option
            case flag
        }

        struct Name: Decodable {
            enum Kind: String, Decodable {
                case long
                case short
                case longWithSingleDash
            }

            let kind: Kind
            let name: String
        }

        let kind: Kind
        let shouldDisplay: Bool
        let isOptional: Bool
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?
        let defaultValue: String?
        let allValues: [String]?
        let abstract: String?
        let discussion: String?
    }

    private struct Program: Decodable {
        let command: CommandTable
    }

    /// The table of a program.
    init(of program: (some ParsableCommand).Type) throws {
        self = try JSONDecoder().decode(Program.self, from: Data(program._dumpHelp().utf8)).command
    }
}

extension CommandTable {
    /// What is typed to run it, such as `switchboard journal info`.
    var words: [String] { (superCommands ?? []) + [commandName] }

    var displayedSubcommands: [CommandTable] { (subcommands ?? []).filter(\.shouldDisplay) }

    var displayedArguments: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }
}

extension CommandTable.Argument.Name {
    /// As it is typed.
    var text: String {
        switch kind {
        case .long: "--\(name)"
        case .short, .longWithSingleDash: "-\(name)"
        }
    }
}
