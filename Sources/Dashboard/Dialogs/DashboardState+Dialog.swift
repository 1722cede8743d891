// SPDX-License-Identifier: Apache-2.0

import Calls
import Screen

extension DashboardState {
    /// Opens the dialog of a switch, or says why there is none.
    mutating func openSwitch(_ command: SwitchCommand) {
        guard !isReadOnly else { return say("read-only: the switches cannot be thrown from here") }
        guard let desk else { return say("the desk is not ready yet") }
        switch command {
        case .close:
            dialog = Dialog(.close, field: TextField(desk.closingTexts.first ?? ""), choices: desk.closingTexts)
        case .open:
            guard let wish = OpenWish(desk) else { return say("nothing is closed: \(Words.allOpen(desk.lines))") }
            dialog = Dialog(.open(wish))
        case .greet:
            if case .greeting(let text)? = desk.greeting?.kind {
                dialog = Dialog(.greet(isForced: true), field: TextField(text))
            } else {
                dialog = Dialog(.greet(isForced: false), field: TextField())
            }
        }
    }

    mutating func pressInDialog(_ key: Key) -> [DashboardEffect] {
        switch key {
        case .escape: dialog = nil
        case .tab: dialog?.moveFocus(by: 1)
        case .backTab: dialog?.moveFocus(by: -1)
        case .up where dialog?.choices.isEmpty == false: dialog?.cycle(by: -1)
        case .down where dialog?.choices.isEmpty == false: dialog?.cycle(by: 1)
        case .character, .control, .enter, .backspace, .delete, .left, .right, .home, .end, .up, .down, .pageUp,
            .pageDown,
            .function:
            return dialog?.focus == .field ? pressInField(key) : pressOnButtons(key)
        }
        return []
    }

    private mutating func pressInField(_ key: Key) -> [DashboardEffect] {
        switch key {
        case .enter where dialog?.purpose == .export:
            return confirm()
        case .enter, .down:
            dialog?.focusCancel()
        case .character, .control, .escape, .tab, .backTab, .backspace, .delete, .up, .left, .right, .home, .end,
            .pageUp,
            .pageDown, .function:
            if dialog?.field?.take(key) == true { dialog?.complaint = nil }
        }
        return []
    }

    private mutating func pressOnButtons(_ key: Key) -> [DashboardEffect] {
        switch key {
        case .left: dialog?.moveFocus(by: -1)
        case .right: dialog?.moveFocus(by: 1)
        case .up: dialog?.focusField()
        case .enter:
            if let button = dialog?.focusedButton { return press(button) }
        case .character("q"): dialog = nil
        case .character(let letter):
            if let button = dialog?.buttons.first(where: { $0.key == letter }) { return press(button) }
        case .control, .escape, .tab, .backTab, .backspace, .delete, .down, .home, .end, .pageUp, .pageDown, .function:
            break
        }
        return []
    }

    private mutating func press(_ button: DialogButton) -> [DashboardEffect] {
        switch button.act {
        case .cancel:
            dialog = nil
            return []
        case .confirm:
            return confirm()
        case .clear:
            return ask(.clearGreeting([.all]), of: .clearGreeting)
        }
    }
}
