// SPDX-License-Identifier: Apache-2.0

import CursesDisplay
import Foundation
import Screen

extension ServerOptions {
    /// What the dashboard shall be; `nil` where there is none: asked so, or not at a terminal that can show one.
    func dashboardPlan(environment: [String: String]) throws -> DashboardPlan? {
        guard !headless else { return nil }
        let term = environment["TERM"] ?? ""
        let isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
        guard isTerminal, TerminalSession.knows(term) else {
            let why = isTerminal ? "TERM is \(term.isEmpty ? "not set" : term)" : "stdin or stdout is not one"
            if ui { throw CommandFailure(.usage, "--ui needs a terminal that can show a dashboard: \(why).") }
            if isTerminal { StandardError.say("No dashboard, since \(why): one JSON line per event instead.") }
            return nil
        }
        guard let color = ColorChoice(rawValue: color) else {
            let choices = ColorChoice.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure(.usage, "--color takes one of \(choices), not \(color)")
        }
        return DashboardPlan(
            theme: ThemeChoice.theme(named: theme, folder: themesDir, environment: environment), color: color,
            isASCII: ascii, isReadOnly: readonly, showsClock: !noClock, environment: environment)
    }
}
