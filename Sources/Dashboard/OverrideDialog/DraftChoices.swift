// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

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

/// The ends that a dialog offers for a switch.
enum UntilChoice: Hashable, Sendable {
    /// The next moment at which the hours of one of the lines open or close it.
    case nextChange
    case lasting(minutes: Int)
    /// A time of day that is typed.
    case time
    /// Until somebody takes it back.
    case reopened

    /// What is offered for any lines, the shortest first.
    static let always: [UntilChoice] =
        [15, 30, 60, 120, 240].map { .lasting(minutes: $0) } + [.time, .reopened]

    /// What holds where nobody chose and no hours change.
    static let usual = lasting(minutes: 60)

    /// The choice in words, without its moment.
    var words: String {
        switch self {
        case .nextChange: "next change"
        case .lasting(let minutes): minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h"
        case .time: "a time"
        case .reopened: "until reopened"
        }
    }
}

extension OverrideDraft {
    /// What can be chosen in a field, in words.
    func choices(of field: DialogField) -> [String] {
        switch field {
        case .scope: scopes
        case .kind: act == .open ? wishes.map(\.words) : ["reject the calls", "inform: the assistant says it"]
        case .until: untils.map(label)
        case .text, .time, .reason, .word, .path: []
        }
    }

    /// Which of the choices is chosen.
    func chosen(in field: DialogField) -> Int {
        switch field {
        case .scope: desk.scopes.firstIndex(of: scope) ?? 0
        case .kind where act == .open: wish.flatMap(wishes.firstIndex) ?? 0
        case .kind: form.isInform ? 1 : 0
        case .until: untils.firstIndex(of: until) ?? 0
        case .text, .time, .reason, .word, .path: 0
        }
    }

    /// The form with another choice in a field.
    func choosing(_ place: Int, in field: DialogField) -> DialogForm {
        var form = form
        switch field {
        case .scope:
            guard desk.scopes.indices.contains(place), desk.scopes[place] != scope else { return form }
            form.scope = desk.scopes[place]
            form.wish = OpenAction.all(for: form.scope, at: desk).first
        case .kind where act == .open: if wishes.indices.contains(place) { form.wish = wishes[place] }
        case .kind: form.isInform = place == 1
        case .until: if untils.indices.contains(place) { form.until = untils[place] }
        case .text, .time, .reason, .word, .path: break
        }
        return form
    }

    /// The names of `ServerStatus.scopes`, in the same order.
    private var scopes: [String] {
        guard desk.scopes.count > 1 else { return ["all lines"] }
        // A line by its name, as the operator knows it, and by its number, since names may be alike.
        let lines = desk.lines.map { $0.name.isEmpty ? "\($0.number)" : "\($0.name) \($0.number)" }
        return ["all lines"] + desk.groups.map { "group \($0)" } + lines
    }

    private func label(_ choice: UntilChoice) -> String {
        guard choice != .time, let end = end(choice) else { return choice.words }
        return "\(moment(end)) (\(choice.words))"
    }

    /// A moment as the operator's clock shows it, with the day where it is another one.
    func moment(_ instant: Instant) -> String {
        Words.moment(instant, on: clock, now: now)
    }
}
