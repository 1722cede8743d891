// SPDX-License-Identifier: Apache-2.0

import Calls

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
