// SPDX-License-Identifier: Apache-2.0

package import JSON
import Calls
package import EventLog

extension CallRecord {
    /// Everything that is known of the call: the keys of an export, times to the microsecond, and what only we need.
    package var document: JSONValue {
        let facts: [JSONValue.Member] = [
            .init("sequence", .integer(sequence)), .init("id", .string(id.text)), .text("from", caller.wireText),
            .text("to", called.wireText), .text("line", lineName), .text("called_name", calledName),
            .time("received_at", firstHeardAt),
        ]
        let outcome = state.members + [.init("applied", .string(confirmation.rawValue))]
        let history: [JSONValue.Member] = [
            .init("events", .array(timeline.map { $0.document(besides: exchange?.body) })),
            .init("dropped_events", .integer(droppedEntries)), .init("notes", .array([])),
            .init("report", report?.document ?? .null), .init("exchange", exchange?.document ?? .null),
        ]
        return .object(facts + answered + outcome + history)
    }

    private var answered: [JSONValue.Member] {
        guard let exchange else { return ["by", "answer", "latency_ms"].map { .init($0, .null) } }
        let lookups = exchange.lookups
        return exchange.decision.by.members + [
            .init("answer", exchange.answer ?? .null),
            .init("latency_ms", .number(SessionExport.milliseconds(exchange.microseconds))),
        ] + (lookups.isEmpty ? [] : [.init("lookups", .array(lookups.map(\.document)))])
    }

    package init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        let fields = try ObjectReader(value, at: place)
        let id = CallID(try fields.text("id"))
        let (caller, called) = (Party(try fields.optionalText("from")), Party(try fields.optionalText("to")))
        let calledName = try fields.optionalText("called_name")
        let exchange: Answered? =
            if let told = try fields.optionalObject("exchange") {
                try Answered.read(told, of: fields) { told throws(DocumentProblem) in
                    AssistantRequest(
                        callID: id, callType: try told.text("call_type"), caller: caller, called: called,
                        calledName: calledName, dialect: try Dialect(told))
                }
            } else {
                nil
            }
        self.init(
            sequence: try fields.place("sequence"), id: id, caller: caller, called: called, calledName: calledName,
            firstHeardAt: try fields.instant("received_at"), exchange: exchange, state: try CallState(fields),
            confirmation: try fields.choice("applied"),
            timeline: try fields.list("events") { value, place throws(DocumentProblem) in
                try TimelineEntry(value, at: place, besides: exchange?.body)
            },
            droppedEntries: try fields.count("dropped_events"),
            report: try fields.optionalObject("report").map(CallReport.init))
    }
}
