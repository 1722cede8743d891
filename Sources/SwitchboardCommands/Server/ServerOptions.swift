// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// What `serve` and `demo` have in common on the command line.
struct ServerOptions: ParsableArguments {
    @Flag(help: "No dashboard: one JSON line per event on stdout.")
    var headless = false

    @Flag(help: "The dashboard, or exit 2 where the terminal cannot show one.")
    var ui = false

    @OptionGroup var dashboard: DashboardOptions

    @ArgumentParser.Option(help: "When the terminal goes away: exit, or go on headless.")
    var onHangup = HangupPolicy.exit

    func validate() throws {
        if headless, ui { throw ValidationError("--headless and --ui exclude each other.") }
    }
}

/// What becomes of the server when the dashboard's terminal goes away.
enum HangupPolicy: String, ExpressibleByArgument, CaseIterable, Sendable {
    case exit
    case headless
}
