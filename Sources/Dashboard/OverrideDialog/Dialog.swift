// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

/// A question that must be answered before anything else, with Cancel as its first button.
struct Dialog: Hashable, Sendable {
    var purpose: Purpose
    var form: DialogForm
    var focus: Focus
    /// What is wrong with what was filled in, if it was refused.
    var complaint: String?
    /// The second question: whether there shall be no end.
    var asksForNoEnd = false

    /// What the dialog asks.
    enum Purpose: Hashable, Sendable {
        case order(OverrideAction)
        case undo(ServerStatus.Undo)
        case export
        case overwrite(path: String)
        case quit
        case suspend
    }

    enum Focus: Hashable, Sendable {
        case field(DialogField)
        case button(Int)

        /// The first button, on which Enter changes nothing.
        static let cancel = button(0)
    }

    /// Creates a question; Cancel has the focus unless something must be typed first.
    init(_ purpose: Purpose, form: DialogForm = DialogForm(), focus: Focus = .cancel) {
        self.purpose = purpose
        self.form = form
        self.focus = focus
    }

    /// The act, if a switch is to be thrown.
    var act: OverrideAction? {
        if case .order(let act) = purpose { act } else { nil }
    }

    /// Inserts pasted text, if something that is typed has the focus.
    mutating func paste(_ text: String) {
        guard case .field(let field) = focus, !field.isChoice else { return }
        form[field].insert(text)
        complaint = nil
    }
}

/// Something that is filled in before a dialog is confirmed.
enum DialogField: Hashable, Sendable {
    case scope
    /// How it is closed, or what opening means.
    case kind
    case text
    case until
    case time
    case reason
    /// The word that a wide action wants; it stands between the buttons.
    case word
    /// Where an export goes.
    case path

    /// Whether one of a few things is chosen, instead of anything being typed.
    var isChoice: Bool {
        switch self {
        case .scope, .kind, .until: true
        case .text, .time, .reason, .word, .path: false
        }
    }

    var label: String {
        switch self {
        case .scope: "Lines"
        case .kind: "Kind"
        case .text: "Text"
        case .until: "Until"
        case .time: "At"
        case .reason: "Reason"
        case .word: "Word"
        case .path: "File"
        }
    }

    /// The letter that goes to it from the buttons.
    var letter: Character? {
        switch self {
        case .scope: "l"
        case .kind: "k"
        case .text: "t"
        case .until: "u"
        case .time: "a"
        case .reason: "r"
        case .word, .path: nil
        }
    }
}

/// What is filled in; what it comes to beside a desk is worked out by `OverrideDraft`.
struct DialogForm: Hashable, Sendable {
    /// The fields that are typed.
    private var typed: [DialogField: TextField] = [:]
    /// Texts of the rules file that can be put into the text.
    var texts: [String] = []
    var scope = Scope.all
    /// Callers are told that it is closed, instead of being rejected.
    var isInform = false
    /// What opening means.
    var wish: OpenAction?
    /// The end; `nil` while nobody chose.
    var until: UntilChoice?
    /// What was typed to find a scope by its name.
    var sought = ""

    /// A field that is typed; empty while nothing is.
    subscript(field: DialogField) -> TextField {
        get { typed[field, default: TextField()] }
        set { typed[field] = newValue }
    }

    /// Puts the next of the texts into the text.
    mutating func cycleTexts(by step: Int) {
        guard let first = texts.first else { return }
        guard let current = texts.firstIndex(of: self[.text].text) else {
            self[.text] = TextField(first)
            return
        }
        self[.text] = TextField(texts[(current + step + texts.count) % texts.count])
    }
}

/// A way out of a dialog.
struct DialogButton: Hashable, Sendable {
    let label: String
    /// The label where there is little room.
    let short: String
    /// The letter that presses it while no text is being typed.
    let key: Character
    let act: Act

    enum Act: Hashable, Sendable {
        case cancel
        case confirm
        /// Clears the forced greetings of the scope.
        case clear
    }

    init(_ label: String, short: String? = nil, key: Character = "y", act: Act = .confirm) {
        self.label = label
        self.short = short ?? label
        self.key = key
        self.act = act
    }

    static let cancel = DialogButton("Cancel", key: "n", act: .cancel)
}

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
