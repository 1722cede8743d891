// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls

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
