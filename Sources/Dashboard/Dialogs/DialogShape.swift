// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls

/// Which fields and buttons a dialog has now; what is filled in may change it.
struct DialogShape {
    /// The fields above the buttons.
    let fields: [DialogField]
    /// The word that must be typed between Cancel and the other buttons.
    let word: String?
    let buttons: [DialogButton]

    /// Where the focus goes, one after the other.
    var stops: [Dialog.Focus] {
        fields.map(Dialog.Focus.field) + [.cancel] + (word == nil ? [] : [.field(.word)])
            + buttons.indices.dropFirst().map(Dialog.Focus.button)
    }

    init(fields: [DialogField] = [], word: String? = nil, buttons: DialogButton...) {
        self.fields = fields
        self.word = word
        self.buttons = buttons
    }

    /// The shape of a dialog that throws a switch.
    init(_ plan: OverrideDraft) {
        fields = plan.fields
        word = plan.isWide && !(plan.act == .open && plan.wish == nil) ? plan.act.word : nil
        let clear = plan.act == .greet && !plan.greetings.isEmpty
        buttons =
            [.cancel, Self.confirmation(of: plan)] + (clear ? [DialogButton("Clear", key: "x", act: .clear)] : [])
    }

    private static func confirmation(of plan: OverrideDraft) -> DialogButton {
        let lines = Words.count(max(1, plan.lines.count), "line")
        return switch plan.act {
        case .close where plan.form.isInform: DialogButton("Inform on \(lines)", short: "Inform")
        case .close: DialogButton("Close \(lines)", short: "Close")
        case .greet: DialogButton("Greet on \(lines)", short: "Greet")
        case .clear: DialogButton("Clear on \(lines)", short: "Clear")
        case .open:
            switch plan.wish {
            case .followHours: DialogButton("Follow the hours", short: "Follow")
            case .force: DialogButton("Force open \(lines)", short: "Open")
            case .takeBack, nil: DialogButton("Open \(lines)", short: "Open")
            }
        }
    }
}

extension DashboardState {
    /// What the form of a dialog comes to, if it throws a switch.
    func plan(of dialog: Dialog) -> OverrideDraft? {
        guard let act = dialog.act, let desk else { return nil }
        return OverrideDraft(act: act, form: dialog.form, desk: desk, now: now, clock: clock)
    }

    func shape(of dialog: Dialog) -> DialogShape {
        if dialog.asksForNoEnd {
            return DialogShape(buttons: DialogButton("Back", key: "n", act: .cancel), DialogButton("No end"))
        }
        return switch dialog.purpose {
        case .order: plan(of: dialog).map { DialogShape($0) } ?? DialogShape(buttons: .cancel)
        case .undo(let undo):
            DialogShape(word: isWide(undo) ? Self.undoWord : nil, buttons: .cancel, DialogButton("Undo"))
        case .export: DialogShape(fields: [.path], buttons: .cancel, DialogButton("Export"))
        case .overwrite: DialogShape(buttons: .cancel, DialogButton("Overwrite"))
        case .quit: DialogShape(buttons: .cancel, DialogButton("Quit"))
        case .suspend: DialogShape(buttons: .cancel, DialogButton("Suspend anyway", key: "s"))
        }
    }

    /// The word that taking back wants when more than one line feels it.
    static let undoWord = "UNDO"

    func isWide(_ undo: ServerStatus.Undo) -> Bool { desk?.isWide(undo) ?? true }
}
