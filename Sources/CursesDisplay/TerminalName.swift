// SPDX-License-Identifier: Apache-2.0

import Screen

/// The name under which the system knows a terminal.
package struct TerminalName: Hashable, Sendable {
    /// The value of `TERM`.
    package let wanted: String
    /// The description that is used.
    package let used: String

    /// Families of terminals that understand what another description says of a terminal.
    private static let families: [(beginnings: [String], like: [String])] = [
        (["tmux", "screen"], ["screen-256color", "screen", "xterm-256color"]),
        (
            [
                "alacritty", "contour", "foot", "ghostty", "gnome", "iterm", "kitty", "konsole", "mintty",
                "ms-terminal",
                "mlterm", "mosh", "nsterm", "putty", "rio", "rxvt", "st-", "stterm", "terminator", "terminology", "vte",
                "wezterm", "xfce", "xterm",
            ], ["xterm-256color", "xterm"]
        ),
    ]

    /// The name for a value of `TERM`: itself, or that of a terminal which it is like; `nil` if neither is known.
    package init?(_ wanted: String, isKnown: (String) -> Bool) {
        self.wanted = wanted
        if isKnown(wanted) {
            used = wanted
            return
        }
        // With a hyphen at its end, "st" is a family as well.
        let name = wanted.lowercased() + "-"
        let family = Self.families.first { family in family.beginnings.contains { name.hasPrefix($0) } }
        guard let like = family?.like.first(where: isKnown) else { return nil }
        used = like
    }

    /// What the operator has to know; `nil` if the terminal is known.
    package var note: String? {
        wanted == used ? nil : "this machine does not know TERM=\(CleanText.clean(wanted)); using \(used)"
    }
}
