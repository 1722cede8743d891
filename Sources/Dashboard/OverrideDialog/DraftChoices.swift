// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

/// What opening can mean for a scope, given its overrides and hours.
enum OpenAction: Hashable, Sendable {
    /// An operator closed lines in it: lift the closure.
    case lift
    /// Lines in it ignore their hours: follow them again.
    case followHours
    /// The hours close lines, now or later: ignore them.
    case force

    /// The available ways for a scope, the likeliest first; empty if every line is open anyway.
    static func all(for scope: Scope, at status: ServerStatus) -> [OpenAction] {
        let closures = status.overrides(within: scope).map(\.kind).filter(\.isClosure)
        var openings: [OpenAction] = []
        if closures.contains(where: { $0 != .forcedOpen }) { openings.append(.lift) }
        if closures.contains(.forcedOpen) { openings.append(.followHours) }
        // Under a wider closure the server would refuse it.
        if status.closures(over: scope).isEmpty, status.lines(in: scope).contains(where: isClosedByHours) {
            openings.append(.force)
        }
        return openings
    }

    private static func isClosedByHours(_ line: LineStatus) -> Bool {
        if line.nextChange != nil { return true }
        if case .hours = line.by { return !line.isOpen }
        return false
    }
}

/// The ends that a dialog offers for an override.
enum UntilChoice: Hashable, Sendable {
    /// The next time at which the hours open or close one of the lines.
    case nextChange
    case lasting(minutes: Int)
    /// A time of day that is typed.
    case time
    /// Until an operator lifts it.
    case reopened

    /// Available for all lines, the shortest first.
    static let always: [UntilChoice] =
        [15, 30, 60, 120, 240].map { .lasting(minutes: $0) } + [.time, .reopened]

    /// The default where no hours change.
    static let usual = lasting(minutes: 60)
}

extension OverrideDraft {
    /// Which of the choices is chosen; `nil` for a scope that has left the rules file.
    func chosen(in field: DialogField) -> Int? {
        switch field {
        case .scope: isGone ? nil : status.scopes.firstIndex(of: scope) ?? 0
        case .kind where action == .open: opening.flatMap(openings.firstIndex) ?? 0
        case .kind: form.isInform ? 1 : 0
        case .until: untils.firstIndex(of: until) ?? 0
        case .text, .time, .reason, .word, .path, .from, .to, .moment: 0
        }
    }

    /// The form with a different choice in a field.
    func choosing(_ place: Int, in field: DialogField) -> DialogForm {
        var form = form
        switch field {
        case .scope:
            guard status.scopes.indices.contains(place), status.scopes[place] != scope else { return form }
            form.choose(status.scopes[place], in: status)
            form.opening = OpenAction.all(for: form.scope, at: status).first
        case .kind where action == .open: if openings.indices.contains(place) { form.opening = openings[place] }
        case .kind: form.isInform = place == 1
        case .until: if untils.indices.contains(place) { form.until = untils[place] }
        case .text, .time, .reason, .word, .path, .from, .to, .moment: break
        }
        return form
    }
}
