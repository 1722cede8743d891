// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import WireFormat

extension RandomValues {
    mutating func report() -> CallReport {
        CallReport(
            seconds: optional { $0.number(Int.min...Int.max) }, summary: text(), endReason: optional { $0.text() })
    }

    mutating func state() -> CallState {
        switch tag(CallState.Tag.self) {
        case .ringing: .ringing
        case .live: .live(since: instant())
        case .ended: .ended(seconds: optional { $0.number(-9...9_999_999) })
        case .failed: .failed(reason: optional { $0.text() })
        case .rejected: .rejected
        case .other: .other(CallStatus(one(of: ["live", "ended", "ringing", "transferred", text()])))
        }
    }

    mutating func event() -> Webhook.Event {
        switch tag(Webhook.Event.Tag.self) {
        case .assistantRequest: .assistantRequest
        case .status: .status(CallStatus(text()), reason: optional { $0.text() })
        case .toolCalls: .toolCalls(names: list { $0.text() })
        case .report: .report(report())
        case .other: .other(type: one(of: ["speech", text()]))
        }
    }

    mutating func step() -> Step {
        let held = chance()
        return Step(what: text(), held: held, why: text(), isUndetermined: !held && chance())
    }

    private mutating func reply() -> [UInt8] {
        let deep = String(repeating: #"{"a":["#, count: 40) + String(repeating: "]}", count: 40)
        return one(of: [
            bytes(), Array("{}".utf8), Array("{ \"n\": 1.50e+2,\r\n \"n\": [\"\\ud800\"] }".utf8), Array(deep.utf8),
        ])
    }

    private mutating func answered(_ request: AssistantRequest) -> Answered {
        let decision = Decision(
            id: text(), by: decider(), kind: tag(), lineName: optional { $0.text() }, isTagged: chance(),
            reasoning: RecordedReasoning(
                words: text(), steps: list { $0.step() }, lookups: list { $0.step() },
                contact: optional { ContactLookup(contact: Contact(attributes: ["name": $0.text()]), reports: []) }))
        return Answered(
            request: request, body: bytes(), decision: decision, reply: reply(), receivedAt: instant(),
            microseconds: UInt64(number(0...1 << 53)))
    }

    private mutating func milliseconds() -> Instant { instant().inWholeMilliseconds }

    mutating func record() -> CallRecord {
        let request = AssistantRequest(
            callID: CallID(text()), callType: text(), caller: party(), called: party(),
            calledName: optional { $0.text() }, dialect: tag())
        let answered = optional { $0.answered(request) }
        var call = CallRecord(
            sequence: UInt64(number(0...1 << 53)), id: request.callID, caller: request.caller, called: request.called,
            calledName: request.calledName, firstHeardAt: instant(), answered: answered, state: state(),
            confirmation: tag(), timeline: list { $0.entry(of: answered) }, droppedEntries: number(0...99),
            report: optional { $0.report() },
            asSent: chance() ? NumbersAsSent(caller: "06 " + text(), called: chance() ? "tel:" + text() : nil) : nil,
            remarks: (chance() ? [CallRemark(at: milliseconds(), by: text(), .mark)] : [])
                + list { CallRemark(at: $0.milliseconds(), by: $0.text(), .note($0.text())) },
            remarkChanges: number(0...9))
        call.replica = optional { $0.text() }
        if answered == nil { call.configuredLineName = optional { "the line \($0.text())" } }
        return call
    }

    /// A webhook; only an assistant-request can be a retry.
    private mutating func entry(of answered: Answered?) -> TimelineEntry {
        let event = event()
        return TimelineEntry(
            at: instant(), event: event, isRepeat: event == .assistantRequest && chance(), confirmation: tag(),
            body: chance(3) ? answered?.body ?? [] : bytes(), leftOut: chance(5) ? number(0...1 << 53) : nil)
    }

    mutating func refusal() -> Refusal {
        switch tag(Refusal.Tag.self) {
        case .missingSignature: .missingSignature
        case .badSignature: .badSignature
        case .badTimestamp: .badTimestamp
        case .stale: .stale(age: Int64(number(Int.min...Int.max)))
        case .notHTTP: .notHTTP
        case .notJSON: .notJSON(problem: text())
        case .noMessageType: .noMessageType
        case .wrongPath: .wrongPath(AskedPath(text()))
        case .wrongMethod: .wrongMethod
        case .tooLarge: .tooLarge(limit: number(0...Int.max))
        case .tooSlow: .tooSlow
        case .incomplete: .incomplete
        case .unknownExpectation: .unknownExpectation
        case .unknownCoding: .unknownCoding
        case .tooManyRequests: .tooManyRequests
        case .stopping: .stopping
        }
    }

    mutating func refusedRequest() -> RefusedRequest {
        RefusedRequest(at: instant(), refusal: refusal(), peer: text())
    }

    mutating func loggedEvent() -> LoggedEvent {
        switch tag(LoggedEvent.Tag.self) {
        case .answered: .answered(record())
        case .updated: .updated(record())
        case .remarked: .remarked(record())
        case .refused: .refused(refusedRequest())
        case .unattributed: .unattributed(type: text(), at: instant())
        case .desk:
            .desk(
                DeskEvent(
                    at: instant(), words: text(), audit: list { $0.auditEntry() },
                    reload: [
                        nil, .fileChanged, .signal,
                        .operatorRequest(Operator(user: text(), terminal: text(), host: nil)),
                    ][number(0...3)]))
        }
    }
}
