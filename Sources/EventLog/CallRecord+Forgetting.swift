// SPDX-License-Identifier: Apache-2.0

package import Calls
import Overrides

extension CallRecord {
    /// Whether the call is from or to a number, or was.
    func isOf(_ forgotten: ForgottenNumber) -> Bool { [caller, called].contains(where: forgotten.isMeant) }

    /// Whether the number of the caller or of the line was forgotten.
    package var isForgotten: Bool { caller.isForgotten || called.isForgotten }

    /// The call without a number: of its own calls what they were stays, who it was does not; of others only the number goes.
    ///
    /// `nil` if the call has nothing of the number.
    package func without(_ forgotten: ForgottenNumber) -> CallRecord? {
        isOf(forgotten) ? anonymous(forgotten) : mentions(forgotten) ? cleaned(forgotten) : nil
    }

    private func anonymous(_ forgotten: ForgottenNumber) -> CallRecord {
        let state: CallState = if case .failed = state { .failed(reason: nil) } else { state }
        return copy(
            forgotten, calledName: calledName, answered: answered?.anonymous(forgotten), state: state,
            timeline: timeline.map(\.anonymous),
            report: report?.anonymous,
            remarks: remarks.filter { $0.content == .mark })
    }

    private func mentions(_ forgotten: ForgottenNumber) -> Bool {
        let texts =
            [id.text, calledName, report?.summary, report?.endReason, asSent?.caller, asSent?.called, state.reason]
            + remarks.map(\.text) + [caller, called].map(\.unusualText)
        return texts.contains(where: forgotten.isIn) || answered.map { forgotten.isIn($0.reply) } ?? false
            || answered.map { forgotten.isIn($0.words) } ?? false
            || timeline.contains { forgotten.isIn($0.body) || $0.event.mentions(forgotten) }
    }

    private func cleaned(_ forgotten: ForgottenNumber) -> CallRecord {
        let state: CallState =
            if case .failed(let reason?) = state { .failed(reason: forgotten.removed(from: reason)) } else { state }
        return copy(
            forgotten, calledName: calledName.map(forgotten.removed(from:)), answered: answered?.cleaned(forgotten),
            state: state, timeline: timeline.map { $0.cleaned(forgotten) }, report: report?.cleaned(forgotten),
            remarks: remarks.map { remark in
                CallRemark(
                    at: remark.at, by: remark.by,
                    remark.text.map { .note(forgotten.removed(from: $0)) } ?? remark.content)
            })
    }

    private func copy(
        _ forgotten: ForgottenNumber, calledName: String?, answered: Answered?, state: CallState,
        timeline: [TimelineEntry], report: CallReport?, remarks: [CallRemark]
    ) -> CallRecord {
        func spelled(_ text: String?) -> String? { isOf(forgotten) ? nil : text.map(forgotten.removed(from:)) }
        var copy = self
        copy.id = CallID(forgotten.removed(from: id.text))
        (copy.caller, copy.called) = (forgotten.removed(from: caller), forgotten.removed(from: called))
        copy.asSent = NumbersAsSent(caller: spelled(asSent?.caller), called: spelled(asSent?.called))
        (copy.calledName, copy.answered, copy.state) = (calledName, answered, state)
        (copy.timeline, copy.report, copy.remarks) = (timeline, report, remarks)
        copy.remarkChanges += 1
        copy.parts = parts.map { $0.without(forgotten) ?? $0 }
        return copy
    }
}

extension CallState {
    fileprivate var reason: String? { if case .failed(let reason) = self { reason } else { nil } }
}

extension Party {
    fileprivate var unusualText: String? { if case .unusual(let text) = self { text } else { nil } }
}

extension Answered {
    fileprivate func anonymous(_ forgotten: ForgottenNumber) -> Answered {
        with(
            forgotten, words: decision.kind.rawValue, steps: [], lookups: [], calledName: request.calledName, reply: [],
            body: [], contact: nil)
    }

    fileprivate func cleaned(_ forgotten: ForgottenNumber) -> Answered {
        func cleaned(_ steps: [Step]) -> [Step] {
            steps.map { step in
                Step(
                    what: forgotten.removed(from: step.what), held: step.held, why: forgotten.removed(from: step.why),
                    isUndetermined: step.isUndetermined)
            }
        }
        return with(
            forgotten, words: forgotten.removed(from: words), steps: cleaned(steps), lookups: cleaned(lookups),
            calledName: request.calledName.map(forgotten.removed(from:)), reply: forgotten.removed(from: reply),
            body: forgotten.removed(from: body), contact: contact)
    }

    private func with(
        _ forgotten: ForgottenNumber, words: String, steps: [Step], lookups: [Step], calledName: String?,
        reply: [UInt8], body: [UInt8], contact: ContactLookup?
    ) -> Answered {
        let request = AssistantRequest(
            callID: CallID(forgotten.removed(from: request.callID.text)), callType: request.callType,
            caller: forgotten.removed(from: request.caller),
            called: forgotten.removed(from: request.called), calledName: calledName, dialect: request.dialect)
        let decision = Decision(
            id: decision.id, by: decision.by, kind: decision.kind, lineName: decision.lineName,
            isTagged: decision.isTagged,
            reasoning: RecordedReasoning(words: words, steps: steps, lookups: lookups, contact: contact))
        return Answered(
            request: request, body: body, decision: decision, reply: reply, receivedAt: receivedAt,
            microseconds: microseconds)
    }
}

extension TimelineEntry {
    /// Which webhook came, without what it said.
    var anonymous: TimelineEntry {
        TimelineEntry(
            at: at, event: event.anonymous, isRepeat: isRepeat, confirmation: confirmation, body: [],
            leftOut: leftOut ?? body.count)
    }

    fileprivate func cleaned(_ forgotten: ForgottenNumber) -> TimelineEntry {
        TimelineEntry(
            at: at, event: event.cleaned(forgotten), isRepeat: isRepeat, confirmation: confirmation,
            body: forgotten.removed(from: body), leftOut: leftOut)
    }
}

extension CallReport {
    /// The report of a call whose caller is forgotten.
    var anonymous: CallReport { mapTexts { $0.isAnonymous ? $1 : nil } }

    fileprivate func cleaned(_ forgotten: ForgottenNumber) -> CallReport {
        mapTexts { $0.mayHaveNumber ? forgotten.removed(from: $1) : $1 }
    }
}

extension Webhook.Event {
    /// The event without what people or the platform said in words.
    fileprivate var anonymous: Webhook.Event { mapTexts { $0.isAnonymous ? $1 : nil } }

    fileprivate func mentions(_ forgotten: ForgottenNumber) -> Bool {
        var isFound = false
        _ = mapTexts { kind, text in
            isFound = isFound || (kind.mayHaveNumber && forgotten.isIn(text))
            return text
        }
        return isFound
    }

    fileprivate func cleaned(_ forgotten: ForgottenNumber) -> Webhook.Event {
        mapTexts { $0.mayHaveNumber ? forgotten.removed(from: $1) : $1 }
    }
}

extension Webhook.Event.TextKind {
    /// Whether the text stays when a caller is forgotten.
    fileprivate var isAnonymous: Bool {
        switch self {
        case .word, .endReason: true
        case .detail, .transcript: false
        }
    }

    /// Whether telephone numbers may be in the text.
    fileprivate var mayHaveNumber: Bool {
        switch self {
        case .word: false
        case .endReason, .detail, .transcript: true
        }
    }
}

extension DeskEvent {
    /// The event without a number, and without what was written on its calls.
    package func without(_ forgotten: ForgottenNumber, notesOn calls: Set<CallID>) -> DeskEvent {
        let cleaned = audit.map { $0.without(forgotten, notesOn: calls) }
        var words = words
        for (entry, new) in zip(audit, cleaned) {
            guard case .remark = entry.content, entry != new, words.hasSuffix(entry.words) else { continue }
            words = words.dropLast(entry.words.count) + new.words
        }
        return DeskEvent(at: at, words: forgotten.removed(from: words), audit: cleaned, reload: reload)
    }
}

/// Why a number cannot be forgotten now.
package enum ForgettingProblem: Error, Hashable, Sendable {
    /// A call of the number is in progress, or has just begun: its webhooks would bring the number back.
    case inProgress(CallID)
}

/// What forgetting a number changed in memory.
package struct ForgottenInMemory: Hashable, Sendable {
    /// Calls from or to the number.
    package let calls: Int
    /// Other calls that mentioned it.
    package let others: Int
    /// The calls from or to the number.
    package let own: Set<CallID>
}

extension EventLog {
    /// How old a call must be, in seconds: until then the platform may ask for the same answer again.
    package static let youngest: Int64 = 10

    /// Removes a number from everything that is kept; followers get the changed calls.
    ///
    /// Notes on its calls go too, also on `earlier` ones that memory has no more.
    package func forget(
        _ forgotten: ForgottenNumber, earlier: Set<CallID> = [], at now: Instant
    ) throws(ForgettingProblem) -> ForgottenInMemory {
        let snapshot = snapshot()
        // Looked through without the lock; what changes meanwhile is found again below.
        let found = snapshot.sequences.compactMap { snapshot[$0] }.filter { $0.without(forgotten) != nil }
        let own = found.filter { $0.isOf(forgotten) }
        let busy = own.first { call in
            call.outcome(at: now).isOnLine || now.microseconds(since: call.firstHeardAt) < Self.youngest * 1_000_000
        }
        if let busy { throw .inProgress(busy.id) }
        let calls = earlier.union(own.map(\.id))
        change(
            found.map(\.key), at: now, { $0 = $0.without(forgotten) ?? $0 },
            { $0.without(forgotten, notesOn: calls) })
        return ForgottenInMemory(calls: own.count, others: found.count - own.count, own: calls)
    }
}
