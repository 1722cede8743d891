// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Overrides

/// Everything known about one call: what was asked, what was answered, and what became of it.
package struct CallRecord: Sendable {
    /// The call's place in the log, from 0; it does not change when older calls are evicted.
    package internal(set) var sequence: UInt64
    /// As it is shown: without a number that was forgotten.
    package internal(set) var id: CallID
    /// As the platform sends it, so that a late webhook finds the call; never shown.
    let key: CallID
    package internal(set) var caller: Party
    package internal(set) var called: Party
    /// The two numbers as the platform spelled them; `nil` where they are plain E.164 or missing.
    package internal(set) var asSent: NumbersAsSent?
    /// The platform's name of the called line; hostile until it is cleaned.
    package internal(set) var calledName: String?
    /// The line's name in the rules file, of a call that was only heard of; `nil` for other numbers.
    ///
    /// The decision has that of the others.
    package var configuredLineName: String?
    package let firstHeardAt: Instant
    /// The assistant-request and its answer; `nil` for a call of which only later webhooks came.
    package internal(set) var answered: Answered?
    package internal(set) var state: CallState
    package internal(set) var confirmation: Confirmation
    package internal(set) var timeline: [TimelineEntry]
    /// How many later entries found the timeline full.
    package internal(set) var droppedEntries: Int
    package internal(set) var report: CallReport?
    /// What operators said of the call: its mark first, then their notes, the oldest first.
    package internal(set) var remarks: [CallRemark]
    /// How often that changed.
    package internal(set) var remarkChanges: Int
    /// What is known of the answer of a call that was evicted and is a row again.
    var remembered: RememberedAnswer?
    /// What is known of the call on a desk of several replicas; `nil` on a desk of one server.
    var shared: SharedParts?

    package init(
        sequence: UInt64, id: CallID, caller: Party, called: Party, calledName: String?, firstHeardAt: Instant,
        answered: Answered?, state: CallState, confirmation: Confirmation, timeline: [TimelineEntry],
        droppedEntries: Int, report: CallReport?, asSent: NumbersAsSent?, remarks: [CallRemark], remarkChanges: Int
    ) {
        self.remarks = remarks
        self.remarkChanges = remarkChanges
        self.sequence = sequence
        self.id = id
        key = id
        self.caller = caller
        self.called = called
        self.calledName = calledName
        self.firstHeardAt = firstHeardAt
        self.answered = answered
        self.state = state
        self.confirmation = confirmation
        self.timeline = timeline
        self.droppedEntries = droppedEntries
        self.report = report
        self.asSent = asSent
    }

    /// How many webhooks of the call were recorded.
    package var webhooks: Int { timeline.count + droppedEntries }

    /// Grows with every change of the call, by a webhook or by what an operator says of it.
    ///
    /// Two records with the same sequence and revision are the same. What is derived from a call, such as a laid-out page, is
    /// out of date once the revision differs.
    package var revision: Int { webhooks + remarkChanges }

    /// The line's name in the rules file, or else the platform's name for it.
    package var lineName: String? { answered?.decision.lineName ?? configuredLineName ?? calledName }

    /// About how many bytes the call keeps in memory.
    package var weight: Int {
        Self.weight(
            answer: answered.map { $0.reply.count + $0.decision.keptBytes } ?? 0,
            bodies: timeline.lazy.map { $0.body.count + $0.event.textBytes })
            + remarks.reduce(0) { $0 + 64 + ($1.text?.utf8.count ?? 0) }
    }

    /// About how many bytes a call with these webhooks and this answer keeps in memory.
    static func weight(answer: Int, bodies: some Sequence<Int>) -> Int {
        bodies.reduce(512 + answer) { $0 + $1 + 96 }
    }
}

/// One webhook of a call, as the timeline shows it.
package struct TimelineEntry: Sendable {
    package let at: Instant
    package let event: Webhook.Event
    /// The webhook repeated an assistant-request and got the same answer again.
    package let isRepeat: Bool
    /// What was known about our answer after this webhook.
    package let confirmation: Confirmation
    /// The webhook as it came, byte for byte; empty if it was left out.
    package let body: [UInt8]
    /// How many bytes the webhook had that are not kept, since its call keeps enough already; its texts are cut then.
    package let leftOut: Int?

    package init(
        at: Instant, event: Webhook.Event, isRepeat: Bool, confirmation: Confirmation, body: [UInt8],
        leftOut: Int? = nil
    ) {
        self.leftOut = leftOut
        self.at = at
        self.event = event
        self.isRepeat = isRepeat
        self.confirmation = confirmation
        self.body = body
    }
}

/// How a call moves on with its webhooks; each change appends to the timeline, which `revision` counts.
extension CallRecord {
    /// The most webhooks that one call keeps; a usual call has a handful.
    static let mostEntries = 200
    /// The share of all memory for calls that one call may take, and what it may take in any case, in bytes.
    static let share = 16
    static let leastBytes = 256 << 10
    /// How much of a text is kept of a webhook whose body is left out, in bytes.
    private static let longestText = 400

    /// A call whose assistant-request was answered.
    static func answered(_ answered: Answered, sequence: UInt64) -> CallRecord {
        // Whole at once, since a list of thousands of calls makes them again for each letter of a filter.
        var record = CallRecord(
            sequence: sequence, call: answered.request, at: answered.receivedAt, state: .answered(answered),
            answered: answered, confirmation: .answered(answered))
        record.append(.assistantRequest, at: answered.receivedAt, body: answered.body)
        return record
    }

    /// A call that was evicted and of which another webhook came: a row again, without what it was before.
    static func back(
        _ earlier: EvictedCalls.Call, with call: AssistantRequest, at now: Instant, sequence: UInt64
    ) -> CallRecord {
        var record = CallRecord(sequence: sequence, call: call, at: now, state: earlier.state)
        record.confirmation = earlier.confirmation
        record.remembered = earlier.answer
        return record
    }

    /// A call whose first webhook is not an assistant-request: an outbound or web call, or one from before the start.
    static func heardOf(_ webhook: Webhook, at now: Instant, sequence: UInt64) -> CallRecord {
        CallRecord(sequence: sequence, call: webhook.call, at: now, state: .ringing)
    }

    private init(
        sequence: UInt64, call: AssistantRequest, at now: Instant, state: CallState, answered: Answered? = nil,
        confirmation: Confirmation = .notExpected
    ) {
        self.init(
            sequence: sequence, id: call.callID, caller: call.caller, called: call.called, calledName: call.calledName,
            firstHeardAt: now, answered: answered, state: state, confirmation: confirmation, timeline: [],
            droppedEntries: 0, report: nil, asSent: call.asSent, remarks: [], remarkChanges: 0)
    }

    /// Adds the answer to the call.
    ///
    /// What came of the call stays: its other webhooks may have overtaken the assistant-request.
    mutating func take(_ answered: Answered) {
        caller = answered.request.caller
        called = answered.request.called
        asSent = answered.request.asSent
        calledName = answered.request.calledName
        self.answered = answered
        confirmation = .answered(answered)
        append(.assistantRequest, at: answered.receivedAt, body: answered.body)
    }

    /// Takes up what an operator says of the call.
    package mutating func apply(_ change: RemarkChange, at now: Instant, by name: String) {
        remarks = remarks(after: change, at: now, by: name)
        remarkChanges += 1
    }

    /// Records that the platform asked again and got the same answer.
    mutating func noteRetry(at now: Instant, body: [UInt8], within limit: Int) {
        append(.assistantRequest, at: now, isRepeat: true, body: body, within: limit)
    }

    /// Moves the call on with a webhook that is not an assistant-request.
    ///
    /// Of a webhook with which the call would keep more than `limit` bytes, only the facts are kept.
    mutating func apply(_ webhook: Webhook, at now: Instant, body: [UInt8], within limit: Int) {
        confirm(webhook.echo)
        let fits = weight + body.count + webhook.event.textBytes <= limit
        let event = fits ? webhook.event : webhook.event.cut(to: Self.longestText)
        advance(by: event.progress, at: now)
        append(event, at: now, body: body, within: fits ? .max : 0)
    }

    private mutating func append(
        _ event: Webhook.Event, at now: Instant, isRepeat: Bool = false, body: [UInt8], within limit: Int = .max
    ) {
        let fits = limit == .max || weight + body.count <= limit
        let whole = TimelineEntry(
            at: now, event: event, isRepeat: isRepeat, confirmation: confirmation, body: fits ? body : [],
            leftOut: fits ? nil : body.count)
        // A late webhook does not bring a forgotten number back.
        let entry = isForgotten ? whole.anonymous : whole
        if timeline.count < Self.mostEntries {
            timeline.append(entry)
        } else {
            // The newest one stays: followers read it, and it shows that the call goes on.
            timeline[timeline.count - 1] = entry
            droppedEntries += 1
        }
    }

    private mutating func confirm(_ echo: Webhook.Echo) {
        guard confirmation == .unconfirmed, let decision = answered?.decision.id ?? remembered?.decision else { return }
        switch echo {
        case .none: break
        case .untagged: confirmation = .notApplied
        case .decision(let id): confirmation = id == decision ? .applied : .notApplied
        }
    }

    private mutating func advance(by progress: Webhook.Event.Progress, at now: Instant) {
        switch progress {
        case .none: break
        case .reaches(let status, let reason): move(to: status, reason: reason, at: now)
        case .over(let report): close(with: report, at: now)
        }
    }

    /// Status updates may come late, twice or in another order, and never take a call back to an earlier phase; late
    /// ones are in the timeline only (docs/platform.md, Ordering and repeats).
    private mutating func move(to status: CallStatus, reason: String?, at now: Instant) {
        switch (state, status) {
        case (.rejected, .inProgress):
            // The caller got through although we rejected the call: the platform did not use the answer.
            confirmation = .notApplied
            state = .live(since: now)
        case (.failed, _), (.rejected, _), (_, .none): break
        // The report of a failed call may come before the failure.
        case (.ended, .endedWithError), (.ended, .failed): state = .failed(reason: reason)
        case (.ended, _): break
        case (_, .ended): state = .ended(seconds: length(until: now))
        case (_, .endedWithError): state = .failed(reason: reason)
        case (_, .failed), (_, .rejected), (_, .insufficientCredits): state = .failed(reason: reason ?? status.text)
        case (_, .inProgress): if state.phase < .live { state = .live(since: now) }
        case (_, .ringing): if state.phase == .ringing { state = .ringing }
        default: if status.phase >= state.phase { state = .other(status) }
        }
    }

    private mutating func close(with report: CallReport, at now: Instant) {
        self.report = isForgotten ? report.anonymous : report
        switch state {
        case .failed, .rejected: break
        case .ended(let known): state = .ended(seconds: report.seconds ?? known)
        case .ringing, .live, .other: state = .ended(seconds: report.seconds ?? length(until: now))
        }
    }

    private func length(until now: Instant) -> Int? {
        liveSince.map { Int(max(0, now.microseconds(since: $0)) / 1_000_000) }
    }
}

extension CallRecord {
    /// The call as it was at a moment, by its webhooks and remarks until then; `nil` if no webhook had come.
    package func asOf(_ moment: Instant, remarks history: RemarkHistory = RemarkHistory()) -> CallRecord? {
        let known = timeline.prefix { $0.at <= moment }
        guard !known.isEmpty || (timeline.isEmpty && firstHeardAt <= moment) else { return nil }
        var record = known.count < timeline.count ? asOf(known) : self
        record.remarks = remarks(at: moment, by: history)
        record.remarkChanges = record.remarks == remarks ? remarkChanges : record.remarks.count
        return record
    }

    private func remarks(at moment: Instant, by history: RemarkHistory) -> [CallRemark] {
        guard let changes = history.changes(of: id, after: moment), let first = changes.first else {
            return remarks.filter { $0.at <= moment }
        }
        var then = self
        // The history may begin after the first remark.
        then.remarks = remarks.filter { $0.at < first.at }
        for change in changes where change.at <= moment { then.apply(change.change, at: change.at, by: change.by) }
        return then.remarks
    }

    /// The call after some of its webhooks.
    private func asOf(_ known: ArraySlice<TimelineEntry>) -> CallRecord {
        var record = self
        (record.answered, record.state, record.confirmation, record.report) = (nil, .ringing, .notExpected, nil)
        (record.timeline, record.droppedEntries, record.remembered) = ([], 0, nil)
        (record.remarks, record.remarkChanges) = ([], 0)
        record.parts = []
        for entry in known { record.take(entry, answered: answered) }
        return record
    }

    /// Moves on with a webhook that was recorded.
    mutating func take(_ entry: TimelineEntry, answered: Answered?) {
        if entry.event == .assistantRequest, !entry.isRepeat, let answered {
            self.answered = answered
            // A webhook that overtook the request said more of the state.
            if timeline.isEmpty { state = .answered(answered) }
        }
        advance(by: entry.event.progress, at: entry.at)
        timeline.append(entry)
        confirmation = entry.confirmation
    }

    /// A call that was kept in parts: with its place in a log, its answer and its webhooks.
    package func completed(at sequence: UInt64, with answered: Answered?, _ timeline: [TimelineEntry]) -> CallRecord {
        var record = numbered(sequence)
        (record.answered, record.timeline) = (answered, timeline)
        return record
    }

    /// The same call at another place of a log.
    func numbered(_ sequence: UInt64) -> CallRecord {
        var record = self
        record.sequence = sequence
        return record
    }
}

extension CallState {
    /// The state of a call of which only the assistant-request came.
    static func answered(_ answered: Answered) -> CallState {
        if case .rejected = answered.decision.kind { .rejected } else { .ringing }
    }
}

extension Confirmation {
    /// What is known about an answer that just went out.
    static func answered(_ answered: Answered) -> Confirmation {
        answered.decision.isTagged ? .unconfirmed : .notExpected
    }
}
