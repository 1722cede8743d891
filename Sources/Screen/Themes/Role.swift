// SPDX-License-Identifier: Apache-2.0

/// What a cell means; a theme defines how it looks.
///
/// The raw value is the role's name in theme files.
package enum Role: String, CaseIterable, Hashable, Sendable {
    case text
    case muted = "text.muted"
    case border
    case focusedBorder = "border.focus"
    case title
    case header
    case selectedRow = "row.selected"
    case key
    case statusBar = "bar.status"
    case alertBar = "bar.status.alert"
    case open = "mode.open"
    case closed = "mode.closed"
    case forced = "mode.forced"
    case paused = "mode.paused"
    case call
    case answered = "call.answered"
    case live = "call.live"
    case rejected = "call.rejected"
    case failed = "call.failed"
    case fast = "latency.fast"
    case slow = "latency.slow"
    case late = "latency.late"
    case marked = "call.marked"
    case match
    case field
    case dialog
    case danger = "dialog.danger"
    case button
    case focusedButton = "button.focus"
    case jsonKey = "json.key"
    case jsonString = "json.string"
    case jsonNumber = "json.number"
    case jsonWord = "json.word"

    /// The role's letter in a golden screen.
    package var letter: Character {
        switch self {
        case .text: "."
        case .muted: "m"
        case .border: "-"
        case .focusedBorder: "="
        case .title: "T"
        case .header: "H"
        case .selectedRow: "S"
        case .key: "k"
        case .statusBar: "b"
        case .alertBar: "A"
        case .open: "O"
        case .closed: "X"
        case .forced: "F"
        case .paused: "P"
        case .call: "c"
        case .answered: "a"
        case .live: "l"
        case .rejected: "r"
        case .failed: "f"
        case .fast: "1"
        case .slow: "2"
        case .late: "3"
        case .marked: "*"
        case .match: "M"
        case .field: "_"
        case .dialog: "d"
        case .danger: "!"
        case .button: "o"
        case .focusedButton: "@"
        case .jsonKey: "K"
        case .jsonString: "s"
        case .jsonNumber: "n"
        case .jsonWord: "w"
        }
    }
}
