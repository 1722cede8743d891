// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls

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
