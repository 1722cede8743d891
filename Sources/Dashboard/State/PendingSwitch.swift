// SPDX-License-Identifier: Apache-2.0

import Calls
import Screen

/// A switch that was asked for: the screen says *pending* until the desk shows it.
struct PendingSwitch: Hashable, Sendable {
    let wish: Wish
    /// The switches as they were when it was asked for.
    let closure: Override?
    let greeting: Override?

    enum Wish: Hashable, Sendable {
        case close(says: String)
        case open
        case followHours
        case greet(String)
        case clearGreeting
    }

    init(_ wish: Wish, desk: DeskStatus?) {
        self.wish = wish
        closure = desk?.closure
        greeting = desk?.greeting
    }

    /// Whether the desk did what was asked, or has moved on since.
    func isSettled(by desk: DeskStatus) -> Bool {
        switch wish {
        case .close(let says): desk.closure != closure || desk.closure?.kind == .closed(says: says)
        case .open: desk.closure != closure || desk.lines.allSatisfy(\.isOpen)
        case .followHours: desk.closure == nil
        case .greet(let text): desk.greeting != greeting || desk.greeting?.kind == .greeting(text)
        case .clearGreeting: desk.greeting == nil
        }
    }

    /// The switch in words, for the bar.
    func words(dash: String) -> BarWords {
        let unsure = "\(dash) not confirmed yet"
        let hear = "\(unsure) \(dash) callers will hear: "
        return switch wish {
        case .close(let says):
            BarWords(head: "PENDING close all lines \(hear)", quote: says, role: .alertBar)
        case .open: BarWords(head: "PENDING open all lines \(unsure)", role: .alertBar)
        case .followHours: BarWords(head: "PENDING back to the hours \(unsure)", role: .alertBar)
        case .greet(let text):
            BarWords(head: "PENDING forced greeting \(hear)", quote: text, role: .alertBar)
        case .clearGreeting: BarWords(head: "PENDING clear the forced greeting \(unsure)", role: .alertBar)
        }
    }
}
