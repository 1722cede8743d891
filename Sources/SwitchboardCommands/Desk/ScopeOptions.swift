// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Calls
import PhoneNumbers

/// Which lines a command means.
struct ScopeOptions: ParsableArguments {
    @Flag(help: "All lines.")
    var all = false

    @ArgumentParser.Option(name: .customLong("group"), help: "A group of lines; may be given several times.")
    var groups: [String] = []

    @ArgumentParser.Option(name: .customLong("line"), help: "A line by its number; may be given several times.")
    var lines: [String] = []

    func validate() throws {
        if all, !groups.isEmpty || !lines.isEmpty {
            throw ValidationError("--all means every line; leave --group and --line away.")
        }
        if !all, groups.isEmpty, lines.isEmpty {
            throw ValidationError("Say which lines: --all, --group NAME or --line NUMBER.")
        }
    }

    /// The scopes, or what is wrong with a number.
    func scopes() throws -> [Scope] {
        if all { return [.all] }
        let plan = WorldNumberingPlan()
        let numbers = try lines.map { text in
            guard let number = plan.number(spelled: text, country: nil) else {
                throw CommandFailure(.usage, "--line takes a number such as +31850835037, not \(text)")
            }
            return Scope.line(number)
        }
        return groups.map(Scope.group) + numbers
    }
}
