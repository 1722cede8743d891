// SPDX-License-Identifier: Apache-2.0

import Calls

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
    func words(dash: String) -> String {
        switch wish {
        case .close(let says):
            "PENDING close all lines \(dash) not confirmed yet \(dash) callers will hear: \"\(says)\""
        case .open: "PENDING open all lines \(dash) not confirmed yet"
        case .followHours: "PENDING back to the hours \(dash) not confirmed yet"
        case .greet(let text):
            "PENDING forced greeting \(dash) not confirmed yet \(dash) callers will hear: \"\(text)\""
        case .clearGreeting: "PENDING clear the forced greeting \(dash) not confirmed yet"
        }
    }
}
