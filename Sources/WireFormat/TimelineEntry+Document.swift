// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import EventLog

extension TimelineEntry {
    /// The webhook as an export has it, with its exact time and its bytes; these are left out where they are `known`.
    func document(besides known: [UInt8]?) -> JSONValue {
        let head: [JSONValue.Member] = [.time("at", at), .init("type", .string(event.wireName))]
        let applied = JSONValue.Member("applied", .string(confirmation.rawValue))
        return .object(head + said + [applied] + (body == known ? [] : [.bytes("body", body)]))
    }

    init(_ value: JSONValue, at place: String, besides known: [UInt8]?) throws(DocumentProblem) {
        let fields = try ObjectReader(value, at: place)
        let event = try Webhook.Event(fields)
        guard let body = try fields.optionalBytes("body") ?? known else { throw fields.problem("body", "is missing") }
        self.init(
            at: try fields.instant("at"), event: event, isRepeat: try fields.flag("repeat"),
            confirmation: try fields.choice("applied"), body: body)
    }
}

extension Webhook.Event {
    fileprivate init(_ fields: ObjectReader) throws(DocumentProblem) {
        switch try fields.text("type") {
        case "assistant-request": self = .assistantRequest
        case "status-update":
            self = .status(CallStatus(try fields.text("status")), reason: try fields.optionalText("reason"))
        case "tool-calls": self = .toolCalls(names: try fields.texts("tools"))
        case "end-of-call-report": self = .report(try CallReport(fields))
        case let type: self = .other(type: type)
        }
    }
}
