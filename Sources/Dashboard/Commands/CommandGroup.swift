// SPDX-License-Identifier: Apache-2.0

/// The chapters of the help.
enum CommandGroup: String, CaseIterable, Sendable {
    case switches = "Switches"
    case calls = "Calls"
    case lines = "Lines"
    case search = "Search"
    case program = "Program"
    case detail = "One call"
}
