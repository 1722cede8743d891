// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls

/// The conversation of a simulated call, and its analysis.
package struct Conversation: Hashable, Sendable {
    package let summary: String
    package let turns: [Turn]
    /// The tool that the assistant calls, if it calls one.
    package let tool: String?
    /// One of the words of an analysis, such as `appointment`.
    package let intent: String

    package init(summary: String, turns: [Turn], tool: String?, intent: String) {
        self.summary = summary
        self.turns = turns
        self.tool = tool
        self.intent = intent
    }

    /// One utterance.
    package struct Turn: Hashable, Sendable {
        package let role: Role
        package let text: String

        package init(_ role: Role, _ text: String) {
            self.role = role
            self.text = text
        }
    }

    /// The speaker, as named in the report.
    package enum Role: String, Hashable, Sendable {
        case user
        case assistant
    }
}

extension Conversation {
    /// The `messages` of the report.
    var messages: JSONValue {
        .array(
            turns.map { turn in
                .object([.init("role", .string(turn.role.rawValue)), .init("content", .string(turn.text))])
            })
    }

    /// The `analysis` of the report, where the assistant in use asks for one.
    var analysis: JSONValue {
        .object([
            .init("intent", .string(intent)), .init("sentiment", .string("neutral")),
            .init("appointment_booked", .bool(intent == "appointment")),
        ])
    }
}
