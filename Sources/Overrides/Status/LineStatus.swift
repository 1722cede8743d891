// SPDX-License-Identifier: Apache-2.0

package import Calls

/// The state of a phone line: what the next caller gets, what decides it, until when, and what comes next.
///
/// The next caller is one without a contact or earlier calls; a rule may know more about a real one.
package struct LineStatus: Hashable, Sendable, ScopedLine {
    package let number: PhoneNumber
    package let name: String
    package let group: String?
    package let state: State
    package let by: Decider
    package let says: FirstMessage
    /// When the hours or an end change this; `nil` when nothing will within a year.
    package let until: Instant?
    /// Seconds by which the line's clock is ahead of UTC at `until`, so that it can be shown as the line reads it.
    package let untilOffset: Int
    /// What holds from `until` on.
    package let next: Next?
    /// When its hours next open or close it, whatever an operator has set; `nil` for a line that they do not close.
    package let nextChange: Instant?
    /// What changes without an operator, in order: the first ones, and in any case the one that opens or closes the line
    /// if it comes within a year.
    package let changes: [Change]
    /// What callers would get without overrides; `nil` where no closure or opening covers the line and its hours do not
    /// close it.
    package let withoutOverrides: WithoutOverrides?
    /// When its next caller may hear other words though nothing else changes, as a text that says the time; known to the
    /// server itself only.
    package let wordsUntil: Instant?

    package init(
        number: PhoneNumber, name: String, group: String?, state: State, by: Decider, says: FirstMessage,
        until: Instant?,
        untilOffset: Int, next: Next?, nextChange: Instant? = nil, changes: [Change]? = nil,
        withoutOverrides: WithoutOverrides? = nil, wordsUntil: Instant? = nil
    ) {
        self.number = number
        self.name = name
        self.group = group
        self.state = state
        self.by = by
        self.says = says
        self.until = until
        self.untilOffset = untilOffset
        self.next = next
        self.nextChange = nextChange
        self.changes = changes ?? Self.changes(until, untilOffset, next)
        self.withoutOverrides = withoutOverrides
        self.wordsUntil = wordsUntil
    }

    /// The only change of a line of which no other is known.
    private static func changes(_ until: Instant?, _ offset: Int, _ next: Next?) -> [Change] {
        guard let until, let next else { return [] }
        return [Change(at: until, offset: offset, state: next.state, by: next.by)]
    }

    /// The first change of the state, so that a new text or another decider is none.
    package var stateChange: Change? { changes.first { $0.state != state } }

    /// The change that opens or closes the line.
    package var turn: Change? { changes.first { $0.state.isOpen != state.isOpen } }

    /// What happens to a call, as one word; a format of `status --json`.
    package enum State: String, CaseIterable, Hashable, Sendable {
        case open
        /// The call is rejected.
        case closed
        /// The assistant announces that the line is closed.
        case inform
        /// Open outside its hours, since an operator forced it open.
        case forcedOpen = "forced-open"

        /// Whether callers reach what they called for.
        package var isOpen: Bool {
            switch self {
            case .open, .forcedOpen: true
            case .closed, .inform: false
            }
        }
    }

    /// A change that the hours, a rule or the end of an override makes.
    package struct Change: Hashable, Sendable {
        package let at: Instant
        /// Seconds by which the line's clock is ahead of UTC then.
        package let offset: Int
        package let state: State
        package let by: Decider

        package init(at: Instant, offset: Int, state: State, by: Decider) {
            self.at = at
            self.offset = offset
            self.state = state
            self.by = by
        }
    }

    /// What a line would do if no override were in force.
    package struct WithoutOverrides: Hashable, Sendable {
        package let state: State
        package let by: Decider
        /// When that opens or closes the line.
        package let turn: Change?
        /// What callers would get if only the hours were skipped: rules may still reject them.
        package let forcedOpen: Next

        package init(state: State, by: Decider, turn: Change?, forcedOpen: Next) {
            self.state = state
            self.by = by
            self.turn = turn
            self.forcedOpen = forcedOpen
        }
    }

    /// The next state of the line.
    package struct Next: Hashable, Sendable {
        package let state: State
        package let by: Decider

        package init(state: State, by: Decider) {
            self.state = state
            self.by = by
        }
    }

    package var isOpen: Bool { state.isOpen }

    /// Whether a closure decides; under one, only a rule that bypasses closures decides anything else.
    package var isClosedByOperator: Bool {
        if case .override = by { true } else { false }
    }
}

/// What a caller hears first.
package enum FirstMessage: Hashable, Sendable {
    /// This, word for word.
    case text(String)
    /// The greeting of the saved assistant, which the platform knows.
    case assistant
    /// What another server answers, by its name.
    case otherServer(String)
}

extension FirstMessage: CustomStringConvertible {
    package var description: String {
        switch self {
        case .text(let text): "\"\(text)\""
        case .assistant: "the assistant's own greeting"
        case .otherServer(let name): "what \(name) answers"
        }
    }

    /// The text, where it is known word for word.
    package var text: String? {
        if case .text(let text) = self { text } else { nil }
    }
}
