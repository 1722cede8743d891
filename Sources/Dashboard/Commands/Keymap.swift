// SPDX-License-Identifier: Apache-2.0

import Screen

/// Finds the command of a key, where it is pressed.
enum Keymap {
    private static let commands: [InputContext: [Key: Command]] = {
        var commands: [InputContext: [Key: Command]] = [:]
        for command in Command.allCases {
            for place in command.binding.places {
                for key in command.binding.keys { commands[place, default: [:]][key] = command }
            }
        }
        return commands
    }()

    static func command(for key: Key, in place: InputContext) -> Command? {
        commands[place]?[key]
    }
}
