// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

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

extension DashboardState {
    /// Does what the open dialog asked about, unless something is missing.
    mutating func confirm() -> [DashboardEffect] {
        guard let dialog else { return [] }
        switch dialog.purpose {
        case .order: return confirmOrder(dialog)
        case .undo(let undo): return confirmUndo(undo, dialog)
        case .export:
            let path = dialog.form[.path].trimmed
            guard !path.isEmpty else { return complain("type a path", at: .path) }
            return export(to: path, overwriting: false)
        case .overwrite(let path): return export(to: path, overwriting: true)
        case .quit: return finish(with: .quit)
        case .suspend: return finish(with: .suspend)
        }
    }

    private mutating func confirmOrder(_ dialog: Dialog) -> [DashboardEffect] {
        guard let plan = plan(of: dialog) else { return [] }
        switch plan.order {
        case .failure(let complaint):
            self.dialog?.asksForNoEnd = false
            return complain(complaint.words, at: complaint.field)
        case .success(let order):
            guard plan.hasWord else {
                return complain(wanted(plan.act.word), at: .word)
            }
            guard dialog.asksForNoEnd || !plan.isEndless else {
                self.dialog?.asksForNoEnd = true
                self.dialog?.focus = .cancel
                return []
            }
            return ask(order)
        }
    }

    /// Takes back what was named in the question, and nothing that came in between.
    private mutating func confirmUndo(_ undo: ServerStatus.Undo, _ dialog: Dialog) -> [DashboardEffect] {
        guard let newest = desk?.undo else {
            self.dialog = nil
            say("there is nothing to take back any more")
            return []
        }
        guard newest == undo else {
            self.dialog = Dialog(.undo(newest))
            self.dialog?.complaint = "meanwhile something else was done: look again"
            return []
        }
        guard !isWide(undo) || dialog.form[.word].trimmed.uppercased() == Self.undoWord else {
            return complain(wanted(Self.undoWord), at: .word)
        }
        return ask(.undo)
    }

    private func wanted(_ word: String) -> String { "more than one line: type \(word), then Enter" }

    /// Clears at once what one line hears; what more lines hear wants its word.
    mutating func clearGreeting() -> [DashboardEffect] {
        guard var dialog else { return [] }
        dialog.purpose = .order(.clear)
        dialog.form[.word] = TextField()
        guard let plan = plan(of: dialog) else { return [] }
        self.dialog = dialog
        guard plan.isWide else { return confirm() }
        self.dialog?.focus = .field(.word)
        return []
    }

    /// Gives the desk an order; the screen says *pending* until the desk tells what came of it.
    private mutating func ask(_ order: OverrideCommand) -> [DashboardEffect] {
        if let desk { pending.append(PendingOverride(order, at: desk)) }
        return finish(with: .order(order))
    }

    private mutating func complain(_ words: String, at field: DialogField) -> [DashboardEffect] {
        guard let dialog else { return [] }
        self.dialog?.complaint = words
        let stop = Dialog.Focus.field(field)
        if shape(of: dialog).stops.contains(stop) { self.dialog?.focus = stop }
        return []
    }

    private mutating func export(to path: String, overwriting: Bool) -> [DashboardEffect] {
        exportPath = path
        say("writing \(path)")
        return finish(with: .export(to: path, overwriting: overwriting))
    }

    private mutating func finish(with effect: DashboardEffect) -> [DashboardEffect] {
        dialog = nil
        return [effect]
    }
}
