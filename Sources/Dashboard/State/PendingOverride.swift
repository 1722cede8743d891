// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Screen

/// An order that was given: the screen says *pending* until the desk tells what came of it.
struct PendingOverride: Hashable, Sendable {
    /// What was asked for, such as `close group amsterdam`.
    private let deed: String
    /// What callers will hear, if it makes them hear something.
    private let text: String?

    init(_ order: OverrideCommand, at desk: ServerStatus) {
        let words: (deed: String, text: String?) =
            switch order {
            case .begin(let kind, let scopes, reason: _, until: _):
                ("\(Self.deed(of: kind)) \(Self.names(scopes, desk))", kind.text)
            case .open(let scopes): ("open \(Self.names(scopes, desk))", nil)
            case .followHours(let scopes): ("back to the hours on \(Self.names(scopes, desk))", nil)
            case .clearGreeting(let scopes): ("clear the forced greeting of \(Self.names(scopes, desk))", nil)
            case .end(let id): ("end override \(id)", nil)
            case .undo: ("take back: \(desk.undo?.words ?? "the last action")", nil)
            }
        (deed, text) = words
    }

    /// The order in words, for the bar.
    func words(dash: String) -> BarText {
        let head = "PENDING \(deed) \(dash) not confirmed yet"
        return BarText(
            head: text == nil ? head : "\(head) \(dash) callers will hear: ", quote: text, role: .alertBar)
    }

    private static func deed(of kind: Override.Kind) -> String {
        switch kind {
        case .closed: "close"
        case .inform: "close (inform)"
        case .forcedOpen: "force open"
        case .greeting: "greet on"
        }
    }

    private static func names(_ scopes: [Scope], _ desk: ServerStatus) -> String {
        scopes.map { Words.scope($0, in: desk) }.formattedList
    }
}
