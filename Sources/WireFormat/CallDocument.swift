// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
package import JSON

/// A call: what an export has of it, what the lines on stdout have, and what only an attached dashboard needs.
enum CallDocument: Document {
    typealias Subject = CallRecord

    static func fields<Coder: FieldCoder<CallRecord>>(_ key: inout Coder) throws(Coder.Failure) -> CallRecord {
        let sequence = try key("sequence", .place, on: .attach, \.sequence)
        let id = try key("id", .callID, \.id)
        let caller = try key("from", .party, \.caller)
        let called = try key("to", .party, \.called)
        let asSent = try key("as_sent", .asSent, \.otherSpellings)
        let lineName = try key("line", .text, \.lineName)
        let calledName = try key("called_name", .text, on: .attach, \.calledName)
        let firstHeardAt = try key("received_at", .callTime, on: [.attach, .export], \.firstHeardAt)
        key.derived("by", .decider, on: .ofTheAnswer, \.answered?.decision.by)
        key.derived("answer", .answer, on: .ofTheAnswer, \.answered)
        key.derived("latency_ms", .latency, on: .ofTheAnswer, \.answered?.microseconds)
        // Lines for scripts have the lookups after `applied`.
        key.derived("lookups", .lookups, on: .attach) { $0.answered?.lookups ?? [] }
        key.derived("type", .lastSaid, on: .updated, \.timeline.last)
        let replica = try key("replica", .textIfAny, on: [.attach, .export], \.replica)
        let state = try key("state", .callState, \.state)
        key.derived("no_news_from", .newsDeadline, on: .attach, \.newsDeadline)
        let confirmation = try key("applied", .choice, \.confirmation)
        key.derived("lookups", .lookups, on: [.export, .answered]) { $0.answered?.lookups ?? [] }
        let timeline = try key("events", .timeline, on: [.attach, .export]) { call in
            CallTimeline(entries: call.timeline, answered: call.answered)
        }
        let droppedEntries = try key("dropped_events", .count, on: .attach, \.droppedEntries)
        let mark = try key("mark", .mark, on: [.attach, .export], \.mark)
        let notes = try key("notes", .list(NoteDocument.self), on: [.attach, .export], \.notes)
        let remarkChanges = try key("remark_changes", .laterCount, on: .attach, \.remarkChanges)
        let report = try key("report", .object(ReportDocument.self), on: .attach, \.report)
        let answered = try key("exchange", .object(AnsweredDocument.self), on: .attach, \.answered)
        // All is written.
        if let call = key.subject { return call }
        var call = CallRecord(
            sequence: sequence, id: id, caller: caller, called: called, calledName: calledName,
            firstHeardAt: firstHeardAt, answered: answered, state: state, confirmation: confirmation,
            timeline: timeline.entries, droppedEntries: droppedEntries, report: report,
            asSent: asSent, remarks: [mark].compactMap(\.self) + notes, remarkChanges: remarkChanges)
        call.replica = replica
        if answered == nil, lineName != calledName { call.configuredLineName = lineName }
        return call
    }
}

/// The webhooks of a call with its assistant-request, which a body may repeat.
private struct CallTimeline {
    let entries: [TimelineEntry]
    let answered: Answered?
}

extension Form where Value == CallTimeline {
    fileprivate static var timeline: Self {
        Form(
            write: { timeline, key, object in
                object.addList(key, timeline.entries) { entry, object in
                    TimelineDocument.write(.init(entry: entry, request: timeline.answered?.body), into: &object)
                }
            },
            read: { key, object throws(DocumentProblem) in
                let entries = try object.objects(key) { object throws(DocumentProblem) in
                    try TimelineDocument.read(object).entry
                }
                return CallTimeline(entries: entries, answered: nil)
            })
    }
}

extension Surfaces {
    /// Where a call is shown with its answer.
    fileprivate static let ofTheAnswer: Surfaces = [.attach, .export, .answered]
}

extension CallRecord {
    /// The call as the control socket has it.
    package var document: JSONDocument { CallDocument.document(self) }

    package init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        self = try CallDocument.read(value, at: place)
    }
}

/// Writes the session as JSON Lines: strict JSON, one object per line, without the line break.
package enum SessionExport {
    /// Writes one call.
    package static func line(_ call: CallRecord) -> [UInt8] { CallDocument.document(call, on: .export).bytes }
}

/// Some calls, newest first.
package struct CallPage: Sendable {
    package let calls: [CallRecord]
    /// The `before` of the page of older calls; `nil` when there are none.
    package let next: UInt64?

    package init(calls: [CallRecord], next: UInt64?) {
        self.calls = calls
        self.next = next
    }

    package var document: JSONDocument { CallPageDocument.document(self) }

    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        self = try CallPageDocument.read(bytes)
    }
}

enum CallPageDocument: Document {
    typealias Subject = CallPage

    static func fields<Coder: FieldCoder<CallPage>>(_ key: inout Coder) throws(Coder.Failure) -> CallPage {
        CallPage(calls: try key("calls", .list(CallDocument.self), \.calls), next: try key("next", .place, \.next))
    }
}

extension Party {
    /// The number as the webhook had it; `nil` when it was withheld.
    package var wireText: String? {
        switch self {
        case .number(let number): number.description
        case .withheld: nil
        case .unusual(let text): text
        }
    }
}

extension Form where Value == Party {
    static var party: Self {
        Form(
            write: { $2.add($1, $0) },
            read: { key, object throws(DocumentProblem) in Party(try object.optionalText(key)) })
    }
}

extension CallRecord {
    /// The numbers as sent, where `from` and `to` do not have them.
    package var otherSpellings: NumbersAsSent? {
        guard let asSent else { return nil }
        return NumbersAsSent(
            caller: asSent.caller == caller.wireText ? nil : asSent.caller,
            called: asSent.called == called.wireText ? nil : asSent.called)
    }
}

extension Form where Value == NumbersAsSent? {
    /// An object with `from` and `to`, each only where it differs.
    static var asSent: Self {
        Form(
            write: { numbers, key, object in
                guard let numbers else { return }
                object.addObject(key) { object in
                    if let caller = numbers.caller { object.add("from", caller) }
                    if let called = numbers.called { object.add("to", called) }
                }
            },
            read: { key, object throws(DocumentProblem) in
                guard let numbers = try object.optionalObject(key) else { return nil }
                return NumbersAsSent(
                    caller: try numbers.optionalText("from"), called: try numbers.optionalText("to"))
            })
    }
}

extension Form where Value == Instant? {
    /// From when on a call counts as one without news; absent once it is over.
    fileprivate static var newsDeadline: Self {
        Form(
            write: { deadline, key, object in
                if let deadline { object.add(key, deadline) }
            },
            read: { key, object throws(DocumentProblem) in try object.optionalInstant(key) })
    }
}

extension Form where Value == CallID {
    static var callID: Self {
        Form(
            write: { $2.add($1, $0) },
            read: { key, object throws(DocumentProblem) in CallID(try object.text(key)) })
    }
}

extension Form where Value == CallState {
    /// The state as a word and, for dashboards, its details under keys of their own.
    static var callState: Self {
        Form(
            write: { state, key, object in
                object.add(key, state.word)
                guard object.surface == .attach else { return }
                switch state {
                case .ringing, .rejected: break
                case .live(let since): object.add("live_since", since, isExact: true)
                case .ended(let seconds): object.add("seconds", seconds.map { .integer($0) } ?? .null)
                case .failed(let reason): object.add("failure", reason)
                case .other(let status): object.add("status", status.text)
                }
            },
            read: { key, object throws(DocumentProblem) in
                if let status = try object.optionalText("status") { return .other(CallStatus(status)) }
                switch try object.text(key) {
                case "ringing": return .ringing
                case "live": return .live(since: try object.instant("live_since"))
                case "ended": return .ended(seconds: try object.optionalInteger("seconds"))
                case "failed": return .failed(reason: try object.optionalText("failure"))
                case "rejected": return .rejected
                default: throw object.problem(key, "is unknown, and there is no `status`")
                }
            })
    }
}
