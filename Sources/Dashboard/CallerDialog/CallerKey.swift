// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

/// Overrides on the caller of the selected or open call; none of them in a read-only dashboard.
enum CallerKey: CaseIterable, Sendable {
    case block, allow

    var binding: Binding {
        switch self {
        case .block: bind("B", "block", "block the caller of this call on every line, for a time", bar: 11)
        case .allow: bind("A", "allow", "allow the caller in while lines are closed, for a time", bar: 12)
        }
    }

    private func bind(_ key: Character, _ name: String, _ help: String, bar: Int) -> Binding {
        Binding(
            [.character(key)], String(key), name, help, in: .overrides, contexts: [.list, .detail], bar: bar, word: name
        )
    }
}

extension Party {
    /// Why nothing can be set for it and nothing called back; `nil` for a number.
    var whyNoNumber: String? {
        switch self {
        case .number: nil
        case .withheld: "the caller shows no number"
        case .unusual(let text): "\"\(CleanText.clean(text))\" is not a phone number"
        }
    }
}

extension DashboardState {
    /// The call that keys are about: the open one, else the selected one.
    var callHere: CallRecord? {
        switch screenContext {
        case .detail: detail?.call
        case .list: list.selected.flatMap { shown[$0] }
        case .columns, .lines, .page, .dialog: nil
        }
    }

    /// Opens the dialog about the caller of the call, or says why it cannot.
    mutating func runOnCaller(_ key: CallerKey) {
        guard record == nil else { return say("this is a record: nothing of it can be changed") }
        guard !isReadOnly else { return say("read-only: overrides cannot be changed") }
        if let obstacle { return say(obstacle, isAlert: true) }
        guard let status else { return say("the server is not ready yet") }
        guard let call = callHere else { return say("no call is selected") }
        guard let caller = call.caller.number else {
            let why = call.caller.whyNoNumber ?? ""
            return say("\(why); close the line, or reject such calls by a rule")
        }
        var form = DialogForm()
        let deed: CallerAction.Deed
        switch key {
        case .block:
            deed = .block
            form.texts = status.closingTexts
            form[.text] = TextField(status.closingTexts.first ?? "")
        case .allow: deed = .allow
        }
        let mustType = key == .block && form[.text].text.isEmpty
        dialog = Dialog(
            .override(.caller(CallerAction(deed: deed, caller: caller))), form: form,
            focus: mustType ? .field(.text) : .cancel)
    }
}
