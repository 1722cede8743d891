// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls

extension DashboardState {
    /// Opens the dialog of a switch, or says why there is none.
    mutating func openSwitch(_ command: OverrideKeyCommand) {
        guard !isReadOnly else { return say("read-only: the switches cannot be thrown from here") }
        guard let desk else { return say("the desk is not ready yet") }
        switch command {
        case .close: openForm(.close, at: desk)
        case .open:
            guard !OpenAction.all(for: .all, at: desk).isEmpty else {
                return say("nothing is closed: \(Words.allOpen(desk.lines))")
            }
            openForm(.open, at: desk)
        case .greet: openForm(.greet, at: desk)
        case .undo:
            guard let undo = desk.undo else { return say("there is nothing to take back") }
            dialog = Dialog(.undo(undo))
        }
    }

    private mutating func openForm(_ act: OverrideAction, at desk: ServerStatus) {
        var form = DialogForm()
        form.scope = chosenLine.map(Scope.line) ?? .all
        switch act {
        case .close:
            form.texts = desk.closingTexts
            form[.text] = TextField(desk.closingTexts.first ?? "")
        case .greet:
            form.texts = desk.greetingTexts
            form[.text] = TextField(desk.greeting(of: form.scope)?.kind.text ?? "")
        case .open: form.wish = OpenAction.all(for: form.scope, at: desk).first
        case .clear: break
        }
        let mustType = (act == .close || act == .greet) && form[.text].text.isEmpty
        dialog = Dialog(.order(act), form: form, focus: mustType ? .field(.text) : .cancel)
    }

    /// The line that is meant where lines are looked at; with one line only, all lines are that one.
    private var chosenLine: PhoneNumber? {
        guard (desk?.lines.count ?? 0) > 1 else { return nil }
        if case .line(let number) = page?.kind { return number }
        return place == .lines || (page != nil && detail == nil && showsLines) ? lineList.selected : nil
    }
}
