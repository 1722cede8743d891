// SPDX-License-Identifier: Apache-2.0

import Calls
import Screen

extension DashboardState {
    mutating func pressInDialog(_ key: Key) -> [DashboardEffect] {
        guard !takeLostKey(key) else { return [] }
        switch key {
        case .escape: leaveDialog()
        case .tab: moveFocus(by: 1)
        case .backTab: moveFocus(by: -1)
        case .character, .control, .enter, .backspace, .delete, .left, .right, .home, .end, .up, .down, .pageUp,
            .pageDown, .function:
            guard case .field(let field) = dialog?.focus else { return pressOnButtons(key) }
            return field.isChoice ? pressInChoice(key, field) : pressInField(key, field)
        }
        return []
    }

    /// Takes the rest of what was being typed when its field went, so that no letter of it presses a button; returns
    /// whether it was a part of that.
    private mutating func takeLostKey(_ key: Key) -> Bool {
        guard dialog?.isInterrupted == true else { return false }
        switch key {
        case .character, .control, .backspace, .delete, .left, .right, .home, .end: return true
        case .enter, .escape, .tab, .backTab, .up, .down, .pageUp, .pageDown, .function:
            dialog?.isInterrupted = false
            dialog?.complaint = nil
            return key == .enter
        }
    }

    /// Leaves the second question for the first, and the first for the screen.
    private mutating func leaveDialog() {
        guard dialog?.asksForNoEnd == true else {
            dialog = nil
            return
        }
        dialog?.asksForNoEnd = false
        dialog?.focus = .cancel
    }

    mutating func moveFocus(by step: Int) {
        guard let dialog else { return }
        let stops = shape(of: dialog).stops
        let place = stops.firstIndex(of: dialog.focus) ?? 0
        self.dialog?.focus = stops[(place + step + stops.count) % stops.count]
        self.dialog?.form.sought = ""
    }

    /// Leaves a field or button that the dialog has no more, since another change came in between.
    mutating func settleDialog() {
        guard let dialog else { return }
        let stops = shape(of: dialog).stops
        guard !stops.contains(dialog.focus) else { return }
        self.dialog?.focus = stops.contains(.field(.kind)) ? .field(.kind) : .cancel
        guard case .field(let field) = dialog.focus, !field.isChoice else { return }
        self.dialog?.isInterrupted = true
        self.dialog?.complaint = "the field you were typing in is gone: Tab or Esc"
    }

    private mutating func pressInField(_ key: Key, _ field: DialogField) -> [DashboardEffect] {
        let hasTexts = field == .text && dialog?.form.texts.isEmpty == false
        switch key {
        case .enter where field == .path || field == .word: return confirm()
        // A question changes nothing.
        case .enter where dialog?.purpose == .explain: return confirm()
        case .enter: dialog?.focus = .cancel
        case .up where hasTexts: dialog?.form.cycleTexts(by: -1)
        case .down where hasTexts: dialog?.form.cycleTexts(by: 1)
        case .up where field == .path: chooseExport(by: -1)
        case .down where field == .path: chooseExport(by: 1)
        case .down where field != .word: dialog?.focus = .cancel
        case .character, .control, .escape, .tab, .backTab, .backspace, .delete, .left, .right, .home, .end, .up, .down,
            .pageUp, .pageDown, .function:
            guard dialog?.form[field].take(key) == true else { return [] }
        }
        dialog?.complaint = nil
        return []
    }

    private mutating func pressOnButtons(_ key: Key) -> [DashboardEffect] {
        guard let dialog else { return [] }
        let shape = shape(of: dialog)
        switch key {
        case .left, .up: moveFocus(by: -1)
        case .right, .down: moveFocus(by: 1)
        case .enter:
            if case .button(let place) = dialog.focus, shape.buttons.indices.contains(place) {
                return press(shape.buttons[place])
            }
        case .character("q"): leaveDialog()
        case .character(let letter):
            if let button = shape.buttons.first(where: { $0.key.letter == letter }) { return press(button) }
            if let field = shape.fields.first(where: { $0.letter == letter }) {
                self.dialog?.focus = .field(field)
            } else if let first = shape.word?.first, letter.uppercased() == String(first) {
                // The word can be typed at once: in an incident every key counts.
                self.dialog?.focus = .field(.word)
                self.dialog?.form[.word].insert(String(letter))
            }
        case .control, .escape, .tab, .backTab, .backspace, .delete, .home, .end, .pageUp, .pageDown, .function: break
        }
        return []
    }

    private mutating func press(_ button: DialogButton) -> [DashboardEffect] {
        switch button.role {
        case .cancel:
            leaveDialog()
            return []
        case .confirm: return confirm()
        case .clear: return clearWhatIsSet()
        }
    }
}

extension DashboardState {
    /// A key in a field whose value is chosen.
    mutating func pressInChoice(_ key: Key, _ field: DialogField) -> [DashboardEffect] {
        switch key {
        case .enter: dialog?.focus = .cancel
        case .left, .up: choose(by: -1, in: field)
        case .right, .down: choose(by: 1, in: field)
        case .pageUp: choose(by: -10, in: field)
        case .pageDown: choose(by: 10, in: field)
        case .home: choose(in: field) { _, _ in 0 }
        case .end: choose(in: field) { _, count in count - 1 }
        case .character(let character) where field == .until && character.isNumber: typeTime(character)
        case .character(" ") where dialog?.form.sought.isEmpty == true: choose(by: 1, in: field)
        case .character(let character) where field == .scope: seek((dialog?.form.sought ?? "") + String(character))
        case .backspace where field == .scope: seek(String(dialog?.form.sought.dropLast() ?? ""))
        // Nothing is typed here, so a letter does what its button says.
        case .character: return pressOnButtons(key)
        case .control, .escape, .tab, .backTab, .backspace, .delete, .function: break
        }
        return []
    }

    private mutating func choose(by step: Int, in field: DialogField) {
        // A longer step stops at the ends instead of wrapping past them.
        choose(in: field) { place, count in
            guard let place else { return step > 0 ? 0 : count - 1 }
            return abs(step) == 1 ? (place + step + count) % count : min(max(0, place + step), count - 1)
        }
        dialog?.form.sought = ""
    }

    private mutating func choose(in field: DialogField, _ next: (_ place: Int?, _ count: Int) -> Int) {
        guard let dialog, let draft = draft(of: dialog) else { return }
        let count = draft.choices(of: field).count
        guard count > 0 else { return }
        self.dialog?.form = draft.choosing(next(draft.chosen(in: field), count), in: field)
        self.dialog?.complaint = nil
    }

    /// Chooses the first scope whose name contains the text.
    private mutating func seek(_ text: String) {
        guard let dialog, let draft = draft(of: dialog) else { return }
        let sought = SearchText(text)
        if !text.isEmpty, let place = draft.choices(of: .scope).firstIndex(where: sought.isFound) {
            self.dialog?.form = draft.choosing(place, in: .scope)
        }
        self.dialog?.form.sought = text
        self.dialog?.complaint = nil
    }

    /// A digit in the choice of the end starts a time.
    private mutating func typeTime(_ digit: Character) {
        dialog?.form.until = .time
        dialog?.form[.time] = TextField(String(digit))
        dialog?.focus = .field(.time)
        dialog?.complaint = nil
    }
}
