// SPDX-License-Identifier: Apache-2.0

/// What an operator has set for their dashboards.
package struct DashboardSettings: Hashable, Sendable {
    /// What `columns` and `sort` may name.
    package static let columnNames = CallColumn.all.map(\.name) + [CallColumn.formerNameOfTook]

    /// The name of a theme; `nil` for what the command line says, or `base`.
    package var theme: String?
    /// Clicks and the wheel are taken; the terminal then selects text only with Shift.
    package var usesMouse = false
    package var alarm = AlarmKind.none
    package var keymap = Keymap.standard
    /// The columns of the call list from left to right, by their titles; empty for the usual ones.
    package var columns: [String] = []
    /// The column that the calls are sorted by, with a minus sign in front for the other direction; `nil` for the time.
    package var sort: String?
    /// In the order of the file.
    package var filters: [SavedFilter] = []

    package init() {}
}

/// A filter with a name.
package struct SavedFilter: Hashable, Sendable {
    package let name: String
    /// As it is typed.
    package let text: String

    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}

/// A choice made in the dashboard that the next one begins with.
package enum Remembered: Hashable, Sendable {
    case theme(String)
    case columns([String])
    case sort(String?)
    case filters([SavedFilter])
}

/// Work that belongs to the terminal at which the dashboard is, and not to the server; done in the background.
package enum LocalWork: Hashable, Sendable {
    case remember(Remembered)
    /// Hand a text to tmux, which hands it to its terminals; `what` names it for the operator.
    case copyInTmux(text: String, what: String)
}
