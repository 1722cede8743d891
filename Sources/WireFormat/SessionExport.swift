// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
package import EventLog

/// Writes the session as JSON lines: strict JSON, one object a line, without its line break.
package enum SessionExport {
    /// Writes one call with everything that is known of it.
    package static func line(_ call: CallRecord) -> [UInt8] {
        let decision = call.exchange?.decision
        var object = JSONObject()
        object.add("id", call.id.text)
        object.add("from", call.caller.wireText)
        object.add("to", call.called.wireText)
        object.add("line", call.lineName)
        object.add("received_at", call.firstHeardAt.iso8601)
        object.add("by", decision?.by.description)
        object.add(json: "answer", call.exchange.flatMap { Self.oneLine($0.reply) })
        object.add(number: "latency_ms", call.exchange.map { Self.milliseconds($0.microseconds) })
        object.add("state", call.state.word)
        object.add("applied", call.confirmation.rawValue)
        object.addLookups(of: call)
        object.add("events", .array(call.timeline.map(\.json)))
        object.add("notes", .array([]))
        return object.bytes
    }

    /// Writes one event for those who follow the log without a dashboard.
    package static func eventLine(_ event: LoggedEvent) -> [UInt8] {
        switch event {
        case .answered(let call): answered(call)
        case .updated(let call): news(call)
        case .refused(let request): refused(request)
        case .unattributed(let type, let instant):
            JSONObject(event: "stray", at: instant) { $0.add("type", type) }.bytes
        case .desk(let words, let instant): JSONObject(event: "desk", at: instant) { $0.add("words", words) }.bytes
        }
    }
}
