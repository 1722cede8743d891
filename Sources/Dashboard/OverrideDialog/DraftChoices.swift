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

    /// Its label as a choice.
    var label: String {
        switch self {
        case .lift: "lift the closure"
        case .followHours: "follow the hours again"
        case .force: "force open: ignore the hours"
        }
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

    /// Its label, without the time.
    var label: String {
        switch self {
        case .nextChange: "next change"
        case .lasting(let minutes): minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h"
        case .time: "a time"
        case .reopened: "until reopened"
        }
    }
}

extension OverrideDraft {
    /// The labels of the choices in a field.
    func choices(of field: DialogField) -> [String] {
        switch field {
        case .scope: scopes
        case .kind:
            action == .open ? openings.map(\.label) : ["reject the calls", "inform: the assistant announces it"]
        case .until: untils.map(label)
        case .text, .time, .reason, .word, .path, .from, .to, .moment: []
        }
    }

    /// Which of the choices is chosen.
    func chosen(in field: DialogField) -> Int {
        switch field {
        case .scope: status.scopes.firstIndex(of: scope) ?? 0
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
            form.scope = status.scopes[place]
            form.opening = OpenAction.all(for: form.scope, at: status).first
        case .kind where action == .open: if openings.indices.contains(place) { form.opening = openings[place] }
        case .kind: form.isInform = place == 1
        case .until: if untils.indices.contains(place) { form.until = untils[place] }
        case .text, .time, .reason, .word, .path, .from, .to, .moment: break
        }
        return form
    }

    /// The names of `ServerStatus.scopes`, in the same order.
    private var scopes: [String] {
        guard status.scopes.count > 1 else { return ["all lines"] }
        // Name and number, since names need not be unique.
        let lines = status.lines.map { $0.name.isEmpty ? "\($0.number)" : "\($0.name) \($0.number)" }
        return ["all lines"] + status.groups.map { "group \($0)" } + lines
    }

    private func label(_ choice: UntilChoice) -> String {
        if choice == .reopened, action != .close { return "until removed" }
        guard choice != .time, let end = end(choice) else { return choice.label }
        return "\(moment(end)) (\(choice.label))"
    }

    /// A time on the operator's clock, with the day unless it is today.
    func moment(_ instant: Instant) -> String {
        Text.moment(instant, on: clock, now: now)
    }
}
