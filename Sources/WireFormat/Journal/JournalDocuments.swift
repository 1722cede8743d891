// SPDX-License-Identifier: Apache-2.0

import Calls
package import EventLog
import JSON
package import Overrides

/// The documents that a journal keeps.
///
/// They share no list of fields with those of the control socket, so that a change there leaves old journals readable. A
/// key may be added, and must then be optional; anything else needs a migration of the journal.
package enum JournalFormat {
    /// A call as its webhooks left it, without its answer and its timeline.
    package static func call(_ call: CallRecord, keeping contents: KeptContents) -> [UInt8] {
        KeptCall.document(KeptCall.Parts(call: call, contents: contents)).bytes
    }

    /// What a call was answered, without the bytes of the request and of the reply.
    package static func answer(_ answered: Answered, keeping contents: KeptContents) -> [UInt8] {
        KeptAnswer.document(KeptAnswer.Parts(answered: answered, contents: contents)).bytes
    }

    /// One webhook of a call, without its body; `leftOut` is how many bytes of it are not kept.
    package static func entry(_ entry: TimelineEntry, keeping contents: KeptContents, leftOut: Int?) -> [UInt8] {
        let kept = TimelineEntry(
            at: entry.at, event: contents.event(entry.event), isRepeat: entry.isRepeat,
            confirmation: entry.confirmation, body: [], leftOut: entry.leftOut ?? leftOut)
        return KeptEntry.document(kept).bytes
    }

    package static func refusal(_ request: RefusedRequest) -> [UInt8] { KeptRefusal.document(request).bytes }

    package static func refusal(_ bytes: [UInt8]) throws(DocumentProblem) -> RefusedRequest {
        try KeptRefusal.read(bytes)
    }

    package static func overrides(_ overrides: [Override], callers: CallerOverrides) -> [UInt8] {
        OverrideList.document(overrides, callers: callers.all).bytes
    }

    package static func overrides(_ bytes: [UInt8]) throws(DocumentProblem) -> [Override] {
        try OverrideList.read(bytes)
    }

    package static func callers(_ bytes: [UInt8]) throws(DocumentProblem) -> CallerOverrides {
        CallerOverrides(try OverrideList.readCallers(bytes))
    }

    package static func desk(_ event: DeskEvent) -> [UInt8] { KeptDeskEvent.document(event).bytes }

    package static func desk(_ bytes: [UInt8]) throws(DocumentProblem) -> DeskEvent { try KeptDeskEvent.read(bytes) }
}

/// A call as a journal has it, in its parts.
package struct JournaledCall: Sendable {
    package let document: [UInt8]
    /// The answer and the reply as it went out; `nil` for a call without an answer.
    package let answer: (document: [UInt8], reply: [UInt8])?
    /// The webhooks, oldest first.
    package let entries: [(document: [UInt8], body: [UInt8])]

    package init(
        document: [UInt8], answer: (document: [UInt8], reply: [UInt8])?,
        entries: [(document: [UInt8], body: [UInt8])]
    ) {
        self.document = document
        self.answer = answer
        self.entries = entries
    }

    /// The call, under a sequence number.
    package func record(_ sequence: UInt64) throws(DocumentProblem) -> CallRecord {
        let call = try KeptCall.read(document).call
        var timeline: [TimelineEntry] = []
        for (document, body) in entries {
            let entry = try KeptEntry.read(document)
            timeline.append(
                TimelineEntry(
                    at: entry.at, event: entry.event, isRepeat: entry.isRepeat, confirmation: entry.confirmation,
                    body: body, leftOut: entry.leftOut))
        }
        var answered: Answered?
        if let answer {
            let kept = try KeptAnswer.read(answer.document).answered
            let request = timeline.first { $0.event == .assistantRequest && !$0.isRepeat }
            answered = Answered(
                request: kept.request.of(call), body: request?.body ?? [], decision: kept.decision,
                reply: answer.reply, receivedAt: kept.receivedAt, microseconds: kept.microseconds)
        }
        return call.completed(at: sequence, with: answered, timeline)
    }
}

extension AssistantRequest {
    /// The request of a call, whose own document has the parties.
    fileprivate func of(_ call: CallRecord) -> AssistantRequest {
        AssistantRequest(
            callID: call.id, callType: callType, caller: call.caller, called: call.called,
            calledName: call.calledName, dialect: dialect, asSent: call.asSent)
    }
}

/// A call without its answer and its timeline.
private enum KeptCall: Document {
    struct Parts {
        let call: CallRecord
        let contents: KeptContents
    }

    typealias Subject = Parts

    static func fields<Coder: FieldCoder<Parts>>(_ key: inout Coder) throws(Coder.Failure) -> Parts {
        let id = try key("id", .callID, \.call.id)
        let caller = try key("from", .party, \.call.caller)
        let called = try key("to", .party, \.call.called)
        let asSent = try key("as_sent", .asSent, \.call.otherSpellings)
        let calledName = try key("called_name", .text, \.call.calledName)
        let configuredLineName = try key("line", .textIfAny, \.call.configuredLineName)
        let firstHeardAt = try key("heard_at", .time, \.call.firstHeardAt)
        let state = try key("state", .callState, \.call.state)
        let confirmation = try key("applied", .choice, \.call.confirmation)
        let droppedEntries = try key("dropped_events", .count, \.call.droppedEntries)
        let report = try key("report", .object(KeptReport.self)) { parts in
            parts.call.report.map(parts.contents.report)
        }
        let remarks = try key("", .kept, \.call.remarks)
        let remarkChanges = try key("remark_changes", .laterCount, \.call.remarkChanges)
        var call = CallRecord(
            sequence: 0, id: id, caller: caller, called: called, calledName: calledName, firstHeardAt: firstHeardAt,
            answered: nil, state: state, confirmation: confirmation, timeline: [], droppedEntries: droppedEntries,
            report: report, asSent: asSent, remarks: remarks, remarkChanges: remarkChanges)
        call.configuredLineName = configuredLineName
        return Parts(call: call, contents: KeptContents(bodies: true, transcripts: true))
    }
}

private enum KeptReport: Document {
    typealias Subject = CallReport

    static func fields<Coder: FieldCoder<CallReport>>(_ key: inout Coder) throws(Coder.Failure) -> CallReport {
        let seconds = try key("seconds", .integer, \.seconds)
        let endReason = try key("end_reason", .text, \.endReason)
        let summary = try key("summary", .text, \.summary)
        return CallReport(seconds: seconds, summary: summary, endReason: endReason)
    }
}

/// The decision on a call with its why.
private enum KeptAnswer: Document {
    struct Parts {
        let answered: Answered
        let contents: KeptContents
    }

    typealias Subject = Parts

    /// Of more steps than this only those that held are kept: a file may have thousands of rules.
    private static let mostSteps = 100

    static func fields<Coder: FieldCoder<Parts>>(_ key: inout Coder) throws(Coder.Failure) -> Parts {
        let decision = try key("decision", .text, \.answered.decision.id)
        let decider = try key("by", .decider, \.answered.decision.by)
        let kind = try key("kind", .choice, \.answered.decision.kind)
        let words = try key("words", .text, \.answered.words)
        let lineName = try key("line", .text, \.answered.decision.lineName)
        let isTagged = try key("tagged", .flag, \.answered.decision.isTagged)
        let callType = try key("call_type", .text, \.answered.request.callType)
        let dialect = try key("dialect", .dialect, \.answered.request.dialect)
        let receivedAt = try key("received_at", .time, \.answered.receivedAt)
        let microseconds = try key("microseconds", .place, \.answered.microseconds)
        let lookups = try key("lookups", .lookups, \.answered.lookups)
        let steps = try key("steps", .list(KeptStep.self)) { kept($0.answered.steps) }
        let contact = try key("contact", .keptContact) { $0.contents.contacts ? $0.answered.contact : nil }
        let request = AssistantRequest(
            callID: CallID(""), callType: callType, caller: .withheld, called: .withheld, calledName: nil,
            dialect: dialect)
        let answered = Answered(
            request: request, body: [],
            decision: Decision(
                id: decision, by: decider, kind: kind, lineName: lineName, isTagged: isTagged,
                reasoning: RecordedReasoning(words: words, steps: steps, lookups: lookups, contact: contact)),
            reply: [], receivedAt: receivedAt, microseconds: microseconds)
        return Parts(answered: answered, contents: KeptContents(bodies: true, transcripts: true))
    }

    private static func kept(_ steps: [Step]) -> [Step] {
        guard steps.count > mostSteps else { return steps }
        let kept = Array(steps.filter { $0.held || $0.isUndetermined }.suffix(mostSteps))
        let rest = steps.count - kept.count
        return [Step(what: "\(rest) steps", held: false, why: "did not hold; the journal leaves them out")] + kept
    }
}

private enum KeptStep: Document {
    typealias Subject = Step

    static func fields<Coder: FieldCoder<Step>>(_ key: inout Coder) throws(Coder.Failure) -> Step {
        Step(
            what: try key("what", .text, \.what), held: try key("held", .flag, \.held),
            why: try key("why", .text, \.why), isUndetermined: try key("undetermined", .mark, \.isUndetermined))
    }
}

/// One webhook without its body.
private enum KeptEntry: Document {
    typealias Subject = TimelineEntry

    static func fields<Coder: FieldCoder<TimelineEntry>>(_ key: inout Coder) throws(Coder.Failure) -> TimelineEntry {
        TimelineEntry(
            at: try key("at", .time, \.at), event: try key("type", .event, \.event),
            isRepeat: try key("repeat", .mark, \.isRepeat), confirmation: try key("applied", .choice, \.confirmation),
            body: [], leftOut: try key("left_out", .someCount, \.leftOut))
    }
}

private enum KeptRefusal: Document {
    typealias Subject = RefusedRequest

    static func fields<Coder: FieldCoder<RefusedRequest>>(_ key: inout Coder) throws(Coder.Failure) -> RefusedRequest {
        let at = try key("at", .time, \.at)
        let refusal = try key("reason", .refusal, \.refusal)
        let peer = try key("peer", .text, \.peer)
        key.derived("", .refusalDetails, \.refusal)
        return RefusedRequest(at: at, refusal: refusal, peer: peer)
    }
}

/// What was done at the desk, with the lines of the audit that belong to it.
private enum KeptDeskEvent: Document {
    typealias Subject = DeskEvent

    static func fields<Coder: FieldCoder<DeskEvent>>(_ key: inout Coder) throws(Coder.Failure) -> DeskEvent {
        DeskEvent(
            at: try key("at", .time, \.at), words: try key("words", .text, \.words),
            audit: try key("audit", .list(AuditDocument.self), \.audit),
            reload: try key("reload", .reloadCause, \.reload))
    }
}

extension Form where Value == ContactLookup? {
    /// What contact sources said, as far as deciding again needs it; absent where they were not asked.
    static var keptContact: Self {
        Form(
            write: { lookup, key, object in
                guard let lookup else { return }
                object.addObject(key) { object in
                    if let contact = lookup.contact {
                        object.addObject("attributes") { object in
                            for (name, value) in contact.attributes.sorted(by: { $0.key < $1.key }) {
                                object.add(name, value)
                            }
                        }
                    }
                    let failed = lookup.reports.filter(\.isFailure).map { JSONValue.string($0.source) }
                    if !failed.isEmpty { object.add("failed", .array(failed)) }
                    if lookup.mayLackAttributes { object.add("joined", .bool(true)) }
                }
            },
            read: { key, object throws(DocumentProblem) in
                guard let kept = try object.optionalObject(key) else { return nil }
                var contact: Contact?
                if case .object(let members)? = kept.value("attributes") {
                    contact = Contact(
                        attributes: members.reduce(into: [:]) { $0[$1.key] = $1.value.string })
                }
                let failed = kept.value("failed") == nil ? [] : try kept.texts("failed")
                return ContactLookup(
                    contact: contact,
                    reports: failed.map { .init(source: $0, outcome: .failed("as recorded")) },
                    isJoined: kept.value("joined") == .bool(true))
            })
    }
}
