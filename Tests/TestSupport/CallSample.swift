// SPDX-License-Identifier: Apache-2.0

import JSON
package import Calls
package import EventLog
package import Overrides

/// A call for a log: the request, the answer, and the later webhooks.
package struct CallSample {
    package var id: String
    package var from: String?
    package var to = "+31201234567"
    /// Whether the bytes of its assistant-request are there.
    package var keepsRequest = true
    /// The numbers as the platform spelled them; `nil` where it sent `from` and `to`.
    package var sentFrom: String?
    package var sentTo: String?
    package var calledName: String? = "Front desk"
    package var kind = AnswerKind.greeting
    package var words = #"greeting "Hallo Jan, leuk dat je belt! Hoe kan ik je helpen?""#
    package var by = Decider.rule("vip")
    package var lineName: String?
    package var isTagged = true
    package var reply: String?
    package var body: String?
    /// Seconds after the sample instant.
    package var at: Double = 0
    package var microseconds: UInt64 = 400
    package var steps = SampleReasoning.usual
    /// The name of the caller, where a contact source knows it.
    package var contact: String?
    /// Whether an assistant-request came at all.
    package var isAsked = true
    package var news: [News] = []
    /// What anna says of the call, 90 seconds after it came.
    package var remarks: [RemarkChange] = []

    /// A later webhook.
    package struct News {
        package let after: Double
        package let event: Webhook.Event
        package let echo: Webhook.Echo
        /// The whole webhook; `nil` for one that has nothing but its type.
        let body: String?
    }

    package init(_ id: String, from: String? = "+31612345678", at: Double = 0) {
        self.id = id
        self.from = from
        self.at = at
    }
}

extension CallSample {
    package func with<Value>(_ path: WritableKeyPath<CallSample, Value>, _ value: Value) -> CallSample {
        var copy = self
        copy[keyPath: path] = value
        return copy
    }

    /// A call that is let in with the saved assistant.
    package func standard(by: Decider = .otherwise) -> CallSample {
        with(\.kind, .standard).with(\.words, "default").with(\.by, by).with(\.isTagged, false)
    }

    /// A call that is greeted with other words.
    package func greeted(_ text: String) -> CallSample {
        with(\.words, "greeting \"\(text)\"")
    }

    /// A call that is turned away.
    package func rejected(
        _ text: String = "Sorry, we zijn op dit moment gesloten.", by: Decider = .override(.all)
    ) -> CallSample {
        with(\.kind, .rejected).with(\.words, "rejected \"\(text)\"").with(\.by, by).with(\.isTagged, false)
    }

    /// Adds a webhook that comes some seconds after the call.
    package func then(
        _ event: Webhook.Event, after: Double, echo: Webhook.Echo = .none, body: String? = nil
    ) -> CallSample {
        with(\.news, news + [News(after: after, event: event, echo: echo, body: body)])
    }

    package func marked() -> CallSample { with(\.remarks, remarks + [.mark]) }

    package func noted(_ text: String) -> CallSample { with(\.remarks, remarks + [.note(text)]) }

    /// The assistant starts, with our answer.
    package func live(after: Double = 2.08) -> CallSample {
        then(.status(.inProgress, reason: nil), after: after, echo: .decision("d-\(id)"))
    }

    /// The call ends and its report comes.
    package func ended(
        seconds: Int = 41, summary: String = "Asked about opening hours.", after: Double = 45
    ) -> CallSample {
        let report = CallReport(seconds: seconds, summary: summary, endReason: "user_hangup")
        return then(.status(.ended, reason: nil), after: after).then(.report(report), after: after + 3)
    }
}

extension CallSample {
    private var request: AssistantRequest {
        AssistantRequest(
            callID: CallID(id), callType: "inbound_phone_call", caller: Party(from), called: Party(to),
            calledName: calledName, dialect: .snakeCase,
            asSent: NumbersAsSent(caller: sentFrom ?? from, called: sentTo ?? to))
    }

    private func instant(after seconds: Double) -> Instant {
        Instant(microseconds: Instant.sample.microseconds + Int64(((at + seconds) * 1_000_000).rounded()))
    }

    private var requestBody: [UInt8] {
        guard keepsRequest else { return [] }
        if let body { return Array(body.utf8) }
        let customer = JSONValue.object([.init("number", from.map(JSONValue.string) ?? .null)])
        return JSONValue.object([
            .init(
                "message",
                .object([
                    .init("type", .string("assistant-request")),
                    .init("timestamp", .string(instant(after: 0).iso8601)),
                    .init("call", .object([.init("id", .string(id)), .init("status", .string("ringing"))])),
                    .init("phone_number", .object([.init("number", .string(to))])), .init("customer", customer),
                ]))
        ]).bytes
    }

    private var replyBytes: [UInt8] {
        if let reply { return Array(reply.utf8) }
        switch kind {
        case .standard: return Array("{}".utf8)
        case .rejected: return JSONValue.object([.init("error", .string(words))]).bytes
        case .greeting, .override, .analysis, .limit, .raw:
            let tag = JSONValue.object([.init("switchboard", .object([.init("decision", .string("d-\(id)"))]))])
            let assistant = [JSONValue.Member("first_message", .string(words)), .init("metadata", tag)]
            return JSONValue.object([.init("assistant", .object(assistant))]).bytes
        }
    }

    /// The assistant-request with its answer.
    package var answered: Answered {
        let decision = Decision(
            id: "d-\(id)", by: by, kind: kind, lineName: lineName, isTagged: isTagged,
            reasoning: SampleReasoning(
                words: words, steps: steps,
                contact: contact.map { ContactLookup(contact: Contact(attributes: ["name": $0]), reports: []) }))
        return Answered(
            request: request, body: requestBody, decision: decision, reply: replyBytes, receivedAt: instant(after: 0),
            microseconds: microseconds)
    }

    /// Tells the log everything of the call.
    package func record(in log: EventLog) {
        if isAsked { _ = log.record(answered) }
        for item in news {
            let now = instant(after: item.after)
            let plain = JSONValue.object([.init("message", .object([.init("type", .string(item.event.wireName))]))])
            let body = item.body.map { Array($0.utf8) } ?? plain.bytes
            if item.event == .assistantRequest {
                _ = log.answerAgain(CallID(id), at: now, body: requestBody)
            } else {
                log.record(Webhook(call: request, event: item.event, echo: item.echo), at: now, body: body)
            }
        }
        for remark in remarks { _ = log.remark(remark, on: CallID(id), by: "anna", at: instant(after: 90)) }
    }
}
