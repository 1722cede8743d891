// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import EventLog

extension SessionExport {
    static func answered(_ call: CallRecord) -> [UInt8] {
        let instant = call.exchange?.receivedAt ?? call.firstHeardAt
        return JSONObject(event: "call", at: instant) { object in
            identify(call, in: &object)
            object.add("by", call.exchange?.decision.by.description)
            object.add(json: "answer", call.exchange.flatMap { oneLine($0.reply) })
            object.add(number: "latency_ms", call.exchange.map { milliseconds($0.microseconds) })
            conclude(call, in: &object)
            object.addLookups(of: call)
        }.bytes
    }

    /// What the newest webhook of a call said.
    static func news(_ call: CallRecord) -> [UInt8] {
        guard let entry = call.timeline.last else { return answered(call) }
        return JSONObject(event: entry.event.name, at: entry.at) { object in
            identify(call, in: &object)
            if case .other(let type) = entry.event { object.add("type", type) }
            for member in entry.said { object.add(member.key, member.value) }
            conclude(call, in: &object)
        }.bytes
    }

    static func refused(_ request: RefusedRequest) -> [UInt8] {
        JSONObject(event: "refused", at: request.at) { object in
            object.add("reason", request.refusal.code)
            object.add("words", request.refusal.description)
            object.add("peer", request.peer)
        }.bytes
    }

    private static func identify(_ call: CallRecord, in object: inout JSONObject) {
        object.add("id", call.id.text)
        object.add("from", call.caller.wireText)
        object.add("to", call.called.wireText)
        object.add("line", call.lineName)
    }

    private static func conclude(_ call: CallRecord, in object: inout JSONObject) {
        object.add("state", call.state.word)
        object.add("applied", call.confirmation.rawValue)
    }
}
