// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import EventLog

extension Answered {
    /// What is not in the export's keys: the decision, the request and the answer byte for byte, and every step.
    var document: JSONValue {
        .object([
            .init("decision", .string(decision.id)), .init("kind", .string(decision.kind.rawValue)),
            .init("words", .string(words)), .text("line", decision.lineName),
            .init("tagged", .bool(decision.isTagged)), .init("call_type", .string(request.callType)),
            .init("dialect", .string(request.dialect.word)), .time("received_at", receivedAt),
            .init("microseconds", .integer(microseconds)), .bytes("request", body), .bytes("reply", reply),
            .init("steps", .array(steps.map(\.document))),
        ])
    }

    /// Reads what `document` wrote; the deciders and lookups stand in the call's own keys.
    static func read(
        _ fields: ObjectReader, of call: ObjectReader,
        asking request: (ObjectReader) throws(DocumentProblem) -> AssistantRequest
    ) throws(DocumentProblem) -> Answered {
        let reasoning = RecordedReasoning(
            words: try fields.text("words"), steps: try fields.list("steps", Step.init),
            lookups: call.value("lookups") == nil ? [] : try call.list("lookups", Step.init))
        let decision = Decision(
            id: try fields.text("decision"), by: try Decider(call), kind: try fields.choice("kind"),
            lineName: try fields.optionalText("line"),
            isTagged: try fields.flag("tagged"), reasoning: reasoning)
        return Answered(
            request: try request(fields), body: try fields.bytes("request"), decision: decision,
            reply: try fields.bytes("reply"), receivedAt: try fields.instant("received_at"),
            microseconds: try fields.place("microseconds"))
    }

    /// The answer as a value, where it is JSON that can stand within a document.
    var answer: JSONValue? {
        JSONReader.read(reply).flatMap { $0.depth <= Self.deepest ? $0 : nil }
    }

    /// A document is read to a depth of 64, and an answer stands a few levels down in it.
    private static let deepest = 56
}

extension JSONValue {
    /// How many values stand within one another at most.
    fileprivate var depth: Int {
        switch self {
        case .null, .bool, .number, .string: 1
        case .array(let items): 1 + (items.map(\.depth).max() ?? 0)
        case .object(let members): 1 + (members.map(\.value.depth).max() ?? 0)
        }
    }
}

extension Dialect {
    /// The word for it in documents.
    var word: String {
        switch self {
        case .snakeCase: "snake_case"
        case .camelCase: "camelCase"
        }
    }

    init(_ fields: ObjectReader) throws(DocumentProblem) {
        let word = try fields.text("dialect")
        guard let dialect = Dialect.allCases.first(where: { $0.word == word }) else {
            throw fields.problem("dialect", "must be snake_case or camelCase")
        }
        self = dialect
    }
}
