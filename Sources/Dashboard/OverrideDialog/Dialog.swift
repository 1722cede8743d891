// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

/// A question that takes all keys until it is answered; its first button is Cancel.
struct Dialog: Hashable, Sendable {
    var purpose: Purpose
    var form: DialogForm
    var focus: Focus
    /// What is wrong with the fields, after a refused confirmation.
    var complaint: String?
    /// The second question: whether it really has no end.
    var asksForNoEnd = false
    /// The field that was typed in has gone, since something else changed: the rest of what is typed goes nowhere.
    var isInterrupted = false

    /// What the dialog asks.
    enum Purpose: Hashable, Sendable {
        case override(OverrideAction)
        case undo(ServerStatus.Undo)
        case explain
        case testCall
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

    /// Creates a dialog; Cancel has the focus unless something must be typed first.
    init(_ purpose: Purpose, form: DialogForm = DialogForm(), focus: Focus = .cancel) {
        self.purpose = purpose
        self.form = form
        self.focus = focus
    }

    /// The change, if it is about overrides.
    var action: OverrideAction? {
        if case .override(let action) = purpose { action } else { nil }
    }

    /// Inserts pasted text, if something that is typed has the focus.
    mutating func paste(_ text: String) {
        guard case .field(let field) = focus, !field.isChoice else { return }
        form[field].insert(text)
        complaint = nil
    }
}

/// Something that is filled in before a dialog is confirmed.
enum DialogField: CaseIterable, Hashable, Sendable {
    case scope
    /// How it is closed, or what opening means.
    case kind
    case text
    case until
    case time
    case reason
    /// The word that confirms a change to more than one line, between the buttons.
    case word
    /// Where an export goes.
    case path
    /// The numbers of a call that has not happened, and when it comes in.
    case from, to, moment

    /// Whether one of a few things is chosen instead of typed.
    var isChoice: Bool {
        switch self {
        case .scope, .kind, .until: true
        case .text, .time, .reason, .word, .path, .from, .to, .moment: false
        }
    }

    /// The letter that moves the focus to it from the buttons.
    var letter: Character? { DialogKey.allCases.first { $0.field == self }?.letter }
}

/// What is filled in; `OverrideDraft` turns it into a command.
struct DialogForm: Hashable, Sendable {
    /// The fields that are typed.
    private var typed: [DialogField: TextField] = [:]
    /// Texts of the rules file that can be put into the text.
    var texts: [String] = []
    private(set) var scope = Scope.all
    /// The scope in words, which stay when its line or group leaves the rules file.
    private(set) var scopeWords = ""
    /// The assistant announces the closure instead of rejecting the call.
    var isInform = false
    /// What opening means.
    var opening: OpenAction?
    /// The end; `nil` for the default.
    var until: UntilChoice?
    /// What was typed to find a scope by its name.
    var sought = ""

    /// A field that is typed.
    subscript(field: DialogField) -> TextField {
        get { typed[field, default: TextField()] }
        set { typed[field] = newValue }
    }

    mutating func choose(_ scope: Scope, in status: ServerStatus) {
        self.scope = scope
        scopeWords = Text.scope(scope, in: status)
    }

    /// Fills in the next text of the rules file.
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
    /// The label for narrow screens.
    let short: String
    /// What presses it while no text is being typed.
    let key: DialogKey
    let role: Role

    enum Role: Hashable, Sendable {
        case cancel
        case confirm
        /// Clears the forced greetings of the scope, or what is set for the caller.
        case clear
    }

    init(_ label: String, short: String? = nil, key: DialogKey = .confirm, _ role: Role = .confirm) {
        self.label = label
        self.short = short ?? label
        self.key = key
        self.role = role
    }

    /// The letter of its key.
    var letter: String { key.letter.map(String.init) ?? "" }
}

/// The fields and buttons of a dialog; they depend on what is filled in.
struct DialogShape {
    /// The fields above the buttons.
    let fields: [DialogField]
    /// The word that must be typed between Cancel and the other buttons.
    let word: String?
    let buttons: [DialogButton]

    /// Where the focus goes, in order.
    var stops: [Dialog.Focus] {
        fields.map(Dialog.Focus.field) + [.cancel] + (word == nil ? [] : [.field(.word)])
            + buttons.indices.dropFirst().map(Dialog.Focus.button)
    }

    init(fields: [DialogField] = [], word: String? = nil, buttons: DialogButton...) {
        self.fields = fields
        self.word = word
        self.buttons = buttons
    }

    /// The shape of a dialog that changes overrides.
    init(_ draft: OverrideDraft) {
        fields = draft.fields
        guard !draft.isGone else {
            word = nil
            buttons = [.cancel]
            return
        }
        word = draft.isWide && !(draft.action == .open && draft.opening == nil) ? draft.action.word : nil
        let clear = draft.isClearable
        buttons = [.cancel, draft.confirmation] + (clear ? [.clear] : [])
    }
}

extension DashboardState {
    /// The command that a dialog would send, if it is about overrides.
    func draft(of dialog: Dialog) -> OverrideDraft? {
        guard let action = dialog.action, let status else { return nil }
        return OverrideDraft(action: action, form: dialog.form, status: status, now: now, clock: clock)
    }

    func shape(of dialog: Dialog) -> DialogShape {
        if dialog.asksForNoEnd { return DialogShape(buttons: .back, .noEnd) }
        return switch dialog.purpose {
        case .override: draft(of: dialog).map { DialogShape($0) } ?? DialogShape(buttons: .cancel)
        case .undo(let undo):
            DialogShape(word: isWide(undo) ? Self.undoWord : nil, buttons: .cancel, DialogButton("Undo"))
        case .explain: DialogShape(fields: [.from, .to, .moment], buttons: .cancel, DialogButton("Explain"))
        case .testCall: DialogShape(fields: [.from, .to], buttons: .cancel, DialogButton("Call"))
        case .export: DialogShape(fields: [.path], buttons: .cancel, DialogButton("Export"))
        case .overwrite: DialogShape(buttons: .cancel, DialogButton("Overwrite"))
        case .quit: DialogShape(buttons: .cancel, DialogButton("Quit"))
        case .suspend: DialogShape(buttons: .cancel, DialogButton("Suspend anyway", key: .suspend))
        }
    }

    func isWide(_ undo: ServerStatus.Undo) -> Bool { status?.isWide(undo) ?? true }
}
