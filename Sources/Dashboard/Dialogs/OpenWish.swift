// SPDX-License-Identifier: Apache-2.0

import Calls

/// What opening means, told from the switches and the hours.
enum OpenWish: Hashable, Sendable {
    /// The operator closed the lines; take that back.
    case takeBack
    /// The hours close some lines; skip them.
    case skipHours
    /// The hours are skipped already; go back to them.
    case followHours

    /// What there is to open, or `nil` when every line is open by itself.
    init?(_ desk: DeskStatus) {
        switch desk.closure?.kind {
        case .closed, .inform: self = .takeBack
        case .forcedOpen: self = .followHours
        case .greeting, nil:
            guard desk.lines.contains(where: { !$0.isOpen }) else { return nil }
            self = .skipHours
        }
    }
}
