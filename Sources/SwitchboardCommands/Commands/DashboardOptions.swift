// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import CursesDisplay
import Dashboard
import DashboardRuntime
import Filters
import Foundation
import Screen

/// The options of a dashboard.
struct DashboardOptions: ParsableArguments {
    @Flag(help: "Read-only dashboard.")
    var readonly = false

    @ArgumentParser.Option(
        help: ArgumentHelp("Theme, by name or path; default: $SWITCHBOARD_THEME, then base.", valueName: "THEME"),
        completion: ShellCompletion.themes)
    var theme: String?

    @ArgumentParser.Option(
        help: ArgumentHelp("Folder to search for themes first.", valueName: "DIR"), completion: .directory)
    var themesDir: String?

    @ArgumentParser.Option(
        help: ArgumentHelp("auto, never, mono, 16, 256 or truecolor.", valueName: "MODE"),
        completion: .list(ColorChoice.allCases.map(\.rawValue)))
    var color = "auto"

    @Flag(help: "Use ASCII characters only.")
    var ascii = false

    @Flag(help: "Take clicks and the wheel; the terminal then selects text with Shift only.")
    var mouse = false

    @Flag(help: "Hide the clock; an idle dashboard then sleeps until the next event.")
    var noClock = false

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "Show only the calls of this filter at first, such as is:bad (docs/filters.md).", valueName: "FILTER"))
    var filter: String?

    /// Why no dashboard can be shown here; `nil` if one can.
    static func obstacle(environment: [String: String]) -> String? {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return "stdin or stdout is not a terminal" }
        guard terminal(environment) == nil else { return nil }
        return TerminalSession.problem(of: environment["TERM"] ?? "")?.description
    }

    /// The description of the terminal that is used; `nil` if it can show no dashboard.
    private static func terminal(_ environment: [String: String]) -> TerminalName? {
        TerminalName(environment["TERM"] ?? "") { TerminalSession.problem(of: $0) == nil }
    }

    /// The configuration of the dashboard.
    func plan(environment: [String: String], isAttached: Bool = false) throws -> DashboardPlan {
        guard let color = ColorChoice(rawValue: color) else {
            let choices = ColorChoice.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure(.usage, "--color: \"\(color)\" is not one of \(choices)")
        }
        try filter.map(Self.check)
        let keeper = SettingsKeeper(
            .init(theme: theme, themesDir: themesDir, usesMouse: mouse), environment: environment)
        let terminal = Self.terminal(environment)
        return DashboardPlan(
            keeper: keeper, start: keeper.start(), term: terminal?.used ?? "",
            note: terminal?.note, color: color, isASCII: ascii, isReadOnly: readonly, isAttached: isAttached,
            showsClock: !noClock, filter: filter, environment: environment
        )
    }
}

extension DashboardOptions {
    /// Refuses a filter with a mistake before the screen is taken.
    private static func check(_ filter: String) throws {
        let now = WallClock.system.now()
        let setting = FilterSetting(now: now, clock: .fixed(0), plan: ConfigurationSource.numbers, country: nil)
        do throws(FilterError) {
            _ = try CallFilter(filter, setting)
        } catch {
            throw CommandFailure(.usage, "--filter: \(error.message)")
        }
    }
}

/// The configuration of a dashboard, from the command line.
struct DashboardPlan: Sendable {
    let keeper: SettingsKeeper
    let start: DashboardStart
    /// The name of the terminal's description.
    let term: String
    /// What else the dashboard says at its start; `nil` for nothing.
    let note: String?
    let color: ColorChoice
    let isASCII: Bool
    let isReadOnly: Bool
    /// The server runs in another process.
    let isAttached: Bool
    let showsClock: Bool
    /// The filter that the list begins with.
    let filter: String?
    let environment: [String: String]
}
