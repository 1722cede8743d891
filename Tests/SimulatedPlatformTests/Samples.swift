// SPDX-License-Identifier: Apache-2.0

import Calls
import SimulatedPlatform

extension Conversation {
    /// A conversation in which one tool is called.
    static let sample = Conversation(
        summary: "Asked for the hours.", turns: [.init(.user, "When are you open?"), .init(.assistant, "Until six.")],
        tool: "find_hours", intent: "appointment")
}

extension SimulatedCall {
    /// A call of which every part can be replaced.
    static func sample(
        caller: CallerNumber = .text("+31605550112"), name: String? = "Front desk",
        conversation: Conversation = .sample
    ) -> SimulatedCall {
        SimulatedCall(
            id: "c-1", line: SimulatedLine(number: "+31200550100", name: name), caller: caller,
            conversation: conversation)
    }
}

extension CallPlan {
    /// A call that rings for 1 s, talks for 30 s and is reported 2 s later.
    static func sample(_ end: Happening = .ended(reason: "user_hangup")) -> CallPlan {
        CallPlan(
            call: .sample(),
            steps: [
                Step(after: .seconds(1), what: .pickedUp),
                Step(after: .seconds(10), what: .toolCalled(name: "find_hours")),
                Step(after: .seconds(20), what: end), Step(after: .seconds(2), what: .reported),
            ])
    }
}
