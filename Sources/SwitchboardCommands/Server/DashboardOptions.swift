// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConfigFiles
import CursesDisplay
import Foundation
import Screen

/// What a dashboard takes on the command line, wherever it runs.
struct DashboardOptions: ParsableArguments {
    @Flag(help: "A dashboard that only watches.")
    var readonly = false

    @ArgumentParser.Option(help: "A theme by name or path; else SWITCHBOARD_THEME, else base.")
    var theme: String?

    @ArgumentParser.Option(help: "A folder in which themes are looked for first.")
    var themesDir: String?

    @ArgumentParser.Option(help: "auto, never, mono, 16, 256 or truecolor.")
    var color = "auto"

    @Flag(help: "Draw with ASCII characters only.")
    var ascii = false

    @Flag(help: "Show no running clock: an idle dashboard then sleeps until something happens.")
    var noClock = false

    /// Why no dashboard can be shown here; `nil` where one can.
    static func obstacle(environment: [String: String]) -> String? {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return "stdin or stdout is not one" }
        let term = environment["TERM"] ?? ""
        return TerminalSession.knows(term) ? nil : "TERM is \(term.isEmpty ? "not set" : term)"
    }

    /// What the dashboard shall be.
    func plan(environment: [String: String], isAttached: Bool = false) throws -> DashboardPlan {
        guard let color = ColorChoice(rawValue: color) else {
            let choices = ColorChoice.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure(.usage, "--color takes one of \(choices), not \(color)")
        }
        let choice = ThemeChoice.load(named: theme, folder: themesDir, environment: environment)
        return DashboardPlan(
            theme: choice.theme, problems: choice.findings.map(\.description), color: color, isASCII: ascii,
            isReadOnly: readonly, isAttached: isAttached, showsClock: !noClock, environment: environment
        )
    }
}
