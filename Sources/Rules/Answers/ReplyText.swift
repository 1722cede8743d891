// SPDX-License-Identifier: Apache-2.0

import Overrides
import JSON
import Calls

/// What another server's reply does to a call, told from its JSON.
enum ReplyText {
    static func of(_ reply: [UInt8]) -> (kind: AnswerKind, words: String) {
        guard let answer = JSONReader.read(reply) else { return (.raw, "asked: no JSON") }
        if let error = answer["error"]?.string { return (.rejected, "asked: rejected \"\(error)\"") }
        if let greeting = greeting(of: answer) {
            return (.greeting, "asked: greeting \"\(greeting)\"")
        }
        if case .object(let members) = answer, members.isEmpty { return (.standard, "asked: default") }
        return (.override, "asked: override")
    }

    /// What a reply makes the caller hear first.
    static func heard(_ reply: [UInt8]) -> FirstMessage {
        guard let answer = JSONReader.read(reply) else { return .assistant }
        return (answer["error"]?.string ?? greeting(of: answer)).map(FirstMessage.text) ?? .assistant
    }

    private static func greeting(of answer: JSONValue) -> String? {
        let assistant =
            answer["assistant"] ?? answer["assistant_override"] ?? answer["assistantOverride"]
            ?? answer["assistantOverrides"]
        return (assistant?["first_message"] ?? assistant?["firstMessage"])?.string
    }
}
