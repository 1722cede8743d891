// SPDX-License-Identifier: Apache-2.0

/// Who rings whom, and what is said; everything about a call but its timing.
package struct SimulatedCall: Hashable, Sendable {
    package let id: String
    package let line: SimulatedLine
    package let caller: CallerNumber
    package let conversation: Conversation

    package init(id: String, line: SimulatedLine, caller: CallerNumber, conversation: Conversation) {
        self.id = id
        self.line = line
        self.caller = caller
        self.conversation = conversation
    }
}
