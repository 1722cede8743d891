// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls

/// What opening can mean for a scope, told from the switches and the hours.
enum OpenAction: Hashable, Sendable {
    /// An operator closed lines in it; take that back.
    case takeBack
    /// The hours are skipped already; go back to them.
    case followHours
    /// The hours close lines, now or later; skip them.
    case force

    /// What there is to do for a scope, the likeliest first; nothing when every line is open by itself.
    static func all(for scope: Scope, at desk: ServerStatus) -> [OpenAction] {
        let closures = desk.overrides(within: scope).map(\.kind).filter(\.isClosure)
        var wishes: [OpenAction] = []
        if closures.contains(where: { $0 != .forcedOpen }) { wishes.append(.takeBack) }
        if closures.contains(.forcedOpen) { wishes.append(.followHours) }
        // Under a wider closure the desk would refuse it.
        if desk.closure(over: scope) == nil, desk.lines(in: scope).contains(where: isClosedByHours) {
            wishes.append(.force)
        }
        return wishes
    }

    private static func isClosedByHours(_ line: LineStatus) -> Bool {
        if line.nextChange != nil { return true }
        if case .hours = line.by { return !line.isOpen }
        return false
    }

    /// The wish as a choice.
    var words: String {
        switch self {
        case .takeBack: "take back the closure"
        case .followHours: "follow the hours again"
        case .force: "force open: skip the hours"
        }
    }
}
