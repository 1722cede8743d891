// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// The options of `serve` and `demo`.
struct ServerOptions: ParsableArguments {
    @Flag(help: "No dashboard; print one JSON line per event to stdout.")
    var headless = false

    @Flag(help: "Require the dashboard; exit 2 if the terminal cannot show it.")
    var ui = false

    @OptionGroup var dashboard: DashboardOptions

    @ArgumentParser.Option(
        help: ArgumentHelp("When the terminal goes away: exit, or continue headless.", valueName: "POLICY"))
    var onHangup = HangupPolicy.exit

    func validate() throws {
        if headless, ui { throw ValidationError("--headless and --ui cannot be combined.") }
    }
}

/// What the server does when the terminal of its dashboard goes away.
enum HangupPolicy: String, ExpressibleByArgument, CaseIterable, Sendable {
    case exit
    case headless
}

extension ServerOptions {
    /// The configuration of the dashboard; `nil` if there is none, as requested or because the terminal cannot show one.
    func dashboardPlan(environment: [String: String]) throws -> DashboardPlan? {
        guard !headless else { return nil }
        if let why = DashboardOptions.obstacle(environment: environment) {
            if ui { throw CommandFailure(.usage, "--ui needs a terminal that can show the dashboard: \(why).") }
            if isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 {
                StandardError.say("No dashboard: \(why). Printing one JSON line per event instead.")
            }
            return nil
        }
        return try dashboard.plan(environment: environment)
    }
}
