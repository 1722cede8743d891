// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides

extension DashboardState {
    /// Opens the dialog for a change to the overrides, or says why it cannot.
    mutating func openDialog(_ key: OverrideKey) {
        guard record == nil else { return say("this is a record: nothing of it can be changed") }
        guard !isReadOnly else { return say("read-only: overrides cannot be changed") }
        if let obstacle { return say(obstacle, isAlert: true) }
        guard let status else { return say("the server is not ready yet") }
        if key != .undo, let gone = goneHere { return say(gone) }
        switch key {
        case .close: openForm(.close, at: status)
        case .open:
            guard !OpenAction.all(for: .all, at: status).isEmpty else {
                let byRules = status.lines.closedByRules
                return say(
                    byRules.isEmpty
                        ? "nothing is closed: \(Text.allOpen(status.lines))"
                        : byRules.joined(separator: " "))
            }
            openForm(.open, at: status)
        case .greet: openForm(.greet, at: status)
        case .undo:
            guard let undo = status.undo else { return say("nothing to undo") }
            dialog = Dialog(.undo(undo))
        }
    }

    private mutating func openForm(_ action: OverrideAction, at status: ServerStatus) {
        var form = DialogForm()
        form.choose(chosenGroup ?? chosenLine.map(Scope.line) ?? .all, in: status)
        switch action {
        case .close:
            form.texts = status.closingTexts
            form[.text] = TextField(status.closingTexts.first ?? "")
        case .greet:
            form.texts = status.greetingTexts
            form[.text] = TextField(status.greeting(of: form.scope)?.kind.text ?? "")
        case .open: form.opening = OpenAction.all(for: form.scope, at: status).first
        case .clear, .caller: break
        }
        let mustType = (action == .close || action == .greet) && form[.text].text.isEmpty
        dialog = Dialog(.override(action), form: form, focus: mustType ? .field(.text) : .cancel)
    }

    /// That the line or group whose page is shown has left the rules file, so that nothing can be set for it.
    var goneHere: String? {
        guard let kind = page?.kind, let status else { return nil }
        return switch kind {
        case .line(let number) where !status.has(.line(number)): PhoneLinePage.gone(number)
        case .group(let name) where !status.has(.group(name)): LineGroupPage.gone(name)
        case .line, .group, .help, .messages, .audit, .explanation, .statistics, .replicas, .wall: nil
        }
    }

    /// The line that the dialog starts with: the selected phone line, or that of the open call.
    ///
    /// A single line is the same as all lines.
    private var chosenLine: PhoneNumber? {
        guard (status?.lines.count ?? 0) > 1 else { return nil }
        if case .line(let number) = page?.kind { return number }
        // Over an open call: the line that was called.
        if screenContext == .detail, let called = detail?.call.called.number {
            return status?.lines.contains { $0.number == called } == true ? called : nil
        }
        let isInLines = screenContext == .lines || (page != nil && detail == nil && showsLines)
        return isInLines ? lineList.selected : nil
    }
}

extension DashboardState {
    /// Does what the dialog asks about, unless something is missing.
    mutating func confirm() -> [DashboardEffect] {
        guard let dialog, obstacle(to: dialog) == nil else { return [] }
        switch dialog.purpose {
        case .override: return confirmOverride(dialog)
        case .undo(let undo): return confirmUndo(undo, dialog)
        case .explain: return confirmExplain(dialog.form)
        case .testCall: return confirmTestCall(dialog.form)
        case .export:
            let path = dialog.form[.path].trimmed
            guard !path.isEmpty else { return complain("type a path", at: .path) }
            return export(to: path, overwriting: false)
        case .overwrite(let path): return export(to: path, overwriting: true)
        case .quit: return finish(with: .quit)
        case .suspend: return finish(with: .suspend)
        }
    }

    private mutating func confirmOverride(_ dialog: Dialog) -> [DashboardEffect] {
        guard let draft = draft(of: dialog) else { return [] }
        switch draft.command {
        case .failure(let complaint):
            self.dialog?.asksForNoEnd = false
            return complain(complaint.text, at: complaint.field)
        case .success(let command):
            guard draft.hasWord else { return complain(DialogText.request(for: draft.action.word), at: .word) }
            guard dialog.asksForNoEnd || !draft.isEndless else {
                self.dialog?.asksForNoEnd = true
                self.dialog?.focus = .cancel
                return []
            }
            return send(command)
        }
    }

    /// Undoes the change that the question names, and nothing that came after it.
    private mutating func confirmUndo(_ undo: ServerStatus.Undo, _ dialog: Dialog) -> [DashboardEffect] {
        guard let newest = status?.undo else {
            self.dialog = nil
            say("nothing left to undo")
            return []
        }
        guard newest == undo else {
            self.dialog = Dialog(.undo(newest))
            self.dialog?.complaint = "another change came in between: look again"
            return []
        }
        guard !isWide(undo) || dialog.form[.word].trimmed.uppercased() == Self.undoWord else {
            return complain(DialogText.request(for: Self.undoWord), at: .word)
        }
        return send(.undo)
    }

    /// Clears what is set for the caller, or the greeting of a single line, at once; for more lines the word must be typed.
    mutating func clearWhatIsSet() -> [DashboardEffect] {
        guard var dialog, obstacle(to: dialog) == nil else { return [] }
        if case .override(.caller(let action)) = dialog.purpose {
            dialog.purpose = .override(.caller(action.clearing))
        } else {
            dialog.purpose = .override(.clear)
        }
        dialog.form[.word] = TextField()
        guard let draft = draft(of: dialog) else { return [] }
        self.dialog = dialog
        guard draft.isWide else { return confirm() }
        self.dialog?.focus = .field(.word)
        return []
    }

    /// Sends a command; it is pending until its result comes.
    mutating func send(_ command: OverrideCommand) -> [DashboardEffect] {
        finish(with: order(command))
    }

    /// Orders what no dialog asked for, so that an open one stays.
    mutating func order(_ command: OverrideCommand) -> DashboardEffect {
        if let status { pending.append(PendingOverride(command, at: status)) }
        return .request(.override(command))
    }

    mutating func complain(_ text: String, at field: DialogField) -> [DashboardEffect] {
        guard let dialog else { return [] }
        self.dialog?.complaint = text
        let stop = Dialog.Focus.field(field)
        if shape(of: dialog).stops.contains(stop) { self.dialog?.focus = stop }
        return []
    }

    private mutating func export(to path: String, overwriting: Bool) -> [DashboardEffect] {
        guard let order = exportOrder(to: path, overwriting: overwriting) else {
            return complain("calls are still being filtered; try again", at: .path)
        }
        exportPath.take(path)
        say("writing \(path)")
        return finish(with: .request(.export(order)))
    }

    private mutating func finish(with effect: DashboardEffect) -> [DashboardEffect] {
        dialog = nil
        return [effect]
    }
}
