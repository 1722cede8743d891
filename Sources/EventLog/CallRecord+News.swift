// SPDX-License-Identifier: Apache-2.0

import Calls

extension CallRecord {
    /// The most webhooks that one call keeps; a call has a handful.
    static let mostEntries = 200

    /// A call of which an assistant-request was answered.
    static func answered(_ answered: Answered, sequence: UInt64) -> CallRecord {
        var record = CallRecord(
            sequence: sequence, call: answered.request, at: answered.receivedAt,
            state: answered.decision.kind == .rejected ? .rejected : .ringing)
        record.take(answered)
        return record
    }

    /// A call of which the first news is not an assistant-request: an outbound or web call, or one from before the start.
    static func heardOf(_ webhook: Webhook, at now: Instant, sequence: UInt64) -> CallRecord {
        CallRecord(sequence: sequence, call: webhook.call, at: now, state: .ringing)
    }

    private init(sequence: UInt64, call: AssistantRequest, at now: Instant, state: CallState) {
        self.init(
            sequence: sequence, id: call.callID, caller: call.caller, called: call.called, calledName: call.calledName,
            firstHeardAt: now, exchange: nil, state: state, confirmation: .notExpected, timeline: [], droppedEntries: 0,
            report: nil)
    }

    /// Adds the answer to the call.
    mutating func take(_ answered: Answered) {
        caller = answered.request.caller
        called = answered.request.called
        calledName = answered.request.calledName
        exchange = answered
        confirmation = answered.decision.isTagged ? .unconfirmed : .notExpected
        append(.assistantRequest, at: answered.receivedAt, body: answered.body)
    }

    /// Notes that the platform asked again and got the same answer.
    mutating func noteRepeat(at now: Instant, body: [UInt8]) {
        append(.assistantRequest, at: now, isRepeat: true, body: body)
    }

    /// Moves the call on with a webhook that is not an assistant-request.
    mutating func apply(_ webhook: Webhook, at now: Instant, body: [UInt8]) {
        confirm(webhook.echo)
        switch webhook.event {
        case .status(let status, let reason): move(to: status, reason: reason, at: now)
        case .report(let report): close(with: report)
        // Only a call that goes on calls tools.
        case .toolCalls: move(to: .inProgress, reason: nil, at: now)
        case .assistantRequest, .other: break
        }
        append(webhook.event, at: now, body: body)
    }

    private mutating func append(_ event: Webhook.Event, at now: Instant, isRepeat: Bool = false, body: [UInt8]) {
        guard timeline.count < Self.mostEntries else {
            droppedEntries += 1
            return
        }
        timeline.append(
            TimelineEntry(at: now, event: event, isRepeat: isRepeat, confirmation: confirmation, body: body))
    }

    private mutating func confirm(_ echo: Webhook.Echo) {
        guard confirmation == .unconfirmed, let decision = exchange?.decision else { return }
        switch echo {
        case .none: break
        case .untagged: confirmation = .notApplied
        case .decision(let id): confirmation = id == decision.id ? .applied : .notApplied
        }
    }

    /// Status updates may come late or twice, and never bring an ended call back (contract, section 3).
    private mutating func move(to status: CallStatus, reason: String?, at now: Instant) {
        switch (state, status) {
        case (.rejected, .inProgress):
            // The caller was let in although we refused: the platform did not use the answer.
            confirmation = .notApplied
            state = .live(since: now)
        case (.ended, _), (.failed, _), (.rejected, _), (.live, .inProgress): break
        case (_, .inProgress): state = .live(since: now)
        case (.live(let since), .ended): state = .ended(seconds: Int(now.microseconds(since: since) / 1_000_000))
        case (_, .ended): state = .ended(seconds: nil)
        case (_, .endedWithError): state = .failed(reason: reason)
        case (_, .failed), (_, .rejected), (_, .insufficientCredits): state = .failed(reason: reason ?? status.text)
        case (_, .none): break
        default: state = .other(status)
        }
    }

    private mutating func close(with report: CallReport) {
        self.report = report
        if case .failed = state { return }
        state = .ended(seconds: report.seconds)
    }
}
