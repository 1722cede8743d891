// SPDX-License-Identifier: Apache-2.0

import Calls

/// What another server's reply does to a call, told from its JSON.
enum ReplyWords {
    static func of(_ reply: [UInt8]) -> (kind: AnswerKind, words: String) {
        guard let answer = JSONReader.read(reply) else { return (.raw, "asked: no JSON") }
        if let error = answer["error"]?.string { return (.rejected, "asked: rejected \"\(error)\"") }
        let assistant =
            answer["assistant"] ?? answer["assistant_override"] ?? answer["assistantOverride"]
            ?? answer["assistantOverrides"]
        if let greeting = (assistant?["first_message"] ?? assistant?["firstMessage"])?.string {
            return (.greeting, "asked: greeting \"\(greeting)\"")
        }
        if case .object(let members) = answer, members.isEmpty { return (.standard, "asked: default") }
        return (.override, "asked: override")
    }
}
