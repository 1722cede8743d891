// SPDX-License-Identifier: Apache-2.0

import CursesDisplay
import Dashboard
import DashboardRuntime
import Screen

/// What the command line asks of the dashboard.
struct DashboardPlan: Sendable {
    let theme: Theme
    /// What is wrong with the theme, for the operator to see on the dashboard.
    let problems: [String]
    let color: ColorChoice
    let isASCII: Bool
    let isReadOnly: Bool
    /// The server runs in another process.
    let isAttached: Bool
    let showsClock: Bool
    let environment: [String: String]

    /// The value of `TERM`.
    var term: String { environment["TERM"] ?? "" }
}
