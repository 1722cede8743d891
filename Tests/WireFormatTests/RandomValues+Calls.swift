// SPDX-License-Identifier: Apache-2.0

import Calls
import WireFormat
import EventLog

extension RandomValues {
    mutating func report() -> CallReport {
        CallReport(
            seconds: optional { $0.number(Int.min...Int.max) }, summary: text(), endReason: optional { $0.text() })
    }

    mutating func state() -> CallState {
        let word = one(of: ["live", "ended", "ringing", "transferred", text()])
        return one(of: [
            .ringing, .live(since: instant()), .ended(seconds: optional { $0.number(-9...9_999_999) }),
            .failed(reason: optional { $0.text() }), .rejected, .other(CallStatus(word)),
        ])
    }

    mutating func event() -> Webhook.Event {
        one(of: [
            .assistantRequest, .status(CallStatus(text()), reason: optional { $0.text() }),
            .toolCalls(names: list { $0.text() }), .report(report()), .other(type: text()),
        ])
    }

    mutating func step() -> Step { Step(what: text(), held: chance(), why: text()) }

    private mutating func reply() -> [UInt8] {
        let deep = String(repeating: #"{"a":["#, count: 40) + String(repeating: "]}", count: 40)
        return one(of: [
            bytes(), Array("{}".utf8), Array("{ \"n\": 1.50e+2,\r\n \"n\": [\"\\ud800\"] }".utf8), Array(deep.utf8),
        ])
    }

    private mutating func answered(_ request: AssistantRequest) -> Answered {
        let decision = Decision(
            id: text(), by: decider(), kind: one(of: AnswerKind.allCases),
            lineName: optional { $0.text() }, isTagged: chance(),
            reasoning: RecordedReasoning(words: text(), steps: list { $0.step() }, lookups: list { $0.step() }))
        return Answered(
            request: request, body: bytes(), decision: decision, reply: reply(), receivedAt: instant(),
            microseconds: UInt64(number(0...1 << 53)))
    }

    mutating func record() -> CallRecord {
        let request = AssistantRequest(
            callID: CallID(text()), callType: text(), caller: party(), called: party(),
            calledName: optional { $0.text() }, dialect: one(of: Dialect.allCases))
        let exchange = optional { $0.answered(request) }
        return CallRecord(
            sequence: UInt64(number(0...1 << 53)), id: request.callID, caller: request.caller, called: request.called,
            calledName: request.calledName, firstHeardAt: instant(), exchange: exchange, state: state(),
            confirmation: one(of: Confirmation.allCases),
            timeline: list { values in
                TimelineEntry(
                    at: values.instant(), event: values.event(), isRepeat: false,
                    confirmation: values.one(of: Confirmation.allCases),
                    body: values.chance(3) ? exchange?.body ?? [] : values.bytes())
            }, droppedEntries: number(0...99), report: optional { $0.report() })
    }

    mutating func loggedEvent() -> LoggedEvent {
        one(of: [
            .answered(record()), .updated(record()), .refused(refusedRequest()),
            .unattributed(type: text(), at: instant()),
            .desk(text(), at: instant()),
        ])
    }
}
