// SPDX-License-Identifier: Apache-2.0

import Calls
package import EventLog
import JSON

extension SessionExport {
    /// Reads a line of an export; exporting the call again gives the same bytes.
    ///
    /// What an export does not have is made of what it has: the kind of the answer from its bytes, the state's details from
    /// the webhooks.
    package static func read(_ line: [UInt8], sequence: UInt64) throws(DocumentProblem) -> CallRecord {
        try ExportedCall(line).record(sequence: sequence)
    }
}

/// A call of an export, read.
private struct ExportedCall {
    private let object: ObjectReader
    /// The answer, byte for byte; `nil` where the line has none.
    private let reply: [UInt8]?

    init(_ line: [UInt8]) throws(DocumentProblem) {
        // The answer is taken out as it is: it may be nested as deeply as the reader goes, or spelled in its own way.
        if let range = TopLevelValue.range(of: "answer", in: line), line[range] != Array("null".utf8)[...] {
            reply = Array(line[range])
            object = try ObjectReader(Array(line[..<range.lowerBound]) + Array("null".utf8) + line[range.upperBound...])
        } else {
            reply = nil
            object = try ObjectReader(line)
        }
    }

    func record(sequence: UInt64) throws(DocumentProblem) -> CallRecord {
        let id = try Form<CallID>.callID.read("id", object)
        let caller = try Form<Party>.party.read("from", object)
        let called = try Form<Party>.party.read("to", object)
        let asSent = try Form<NumbersAsSent?>.asSent.read("as_sent", object)
        let line = try object.optionalText("line")
        let heardAt = try object.instant("received_at")
        let confirmation = try Form<Confirmation>.choice.read("applied", object)
        let timeline = try object.objects("events") { entry throws(DocumentProblem) in
            try TimelineDocument.exported(entry)
        }
        let answered = try answered(
            AssistantRequest(
                callID: id, callType: "inbound_phone_call", caller: caller, called: called, calledName: line,
                dialect: .snakeCase, asSent: asSent),
            at: heardAt, isTagged: confirmation != .notExpected)
        var call = CallRecord(
            sequence: sequence, id: id, caller: caller, called: called, calledName: answered == nil ? line : nil,
            firstHeardAt: heardAt, answered: answered,
            state: state(try object.text("state"), timeline, since: heardAt), confirmation: confirmation,
            timeline: timeline, droppedEntries: 0, report: timeline.lazy.compactMap(\.report).last, asSent: asSent,
            remarks: try Form<[CallRemark]>.kept.read("", object), remarkChanges: 0)
        call.replica = try Form<String?>.textIfAny.read("replica", object)
        return call
    }

    private func answered(
        _ request: AssistantRequest, at: Instant, isTagged: Bool
    ) throws(DocumentProblem) -> Answered? {
        guard let by = try Form<Decider?>.decider.read("by", object) else { return nil }
        let (kind, words) = Self.kind(
            of: reply.flatMap { JSONReader.read($0) }, limit: reply.flatMap { DurationLimit.seconds(in: $0) })
        let lookups = try Form<[Step]>.lookups.read("lookups", object)
        return Answered(
            request: request, body: [],
            decision: Decision(
                id: "", by: by, kind: kind, lineName: request.calledName, isTagged: isTagged,
                reasoning: RecordedReasoning(words: words, steps: [], lookups: lookups)),
            reply: reply ?? [], receivedAt: at, microseconds: try microseconds())
    }

    private func microseconds() throws(DocumentProblem) -> UInt64 {
        guard case .number(let text)? = object.value("latency_ms") else { return 0 }
        let parts = text.split(separator: ".")
        guard parts.count == 2, parts[1].utf8.count == 3, let whole = UInt64(parts[0]), let rest = UInt64(parts[1]),
            whole < UInt64.max / 2000
        else { throw object.problem("latency_ms", "must be milliseconds with three decimals") }
        return whole * 1000 + rest
    }

    /// What an answer does, and its words, as far as its bytes show it.
    private static func kind(of answer: JSONValue?, limit: Int64?) -> (AnswerKind, words: String) {
        guard case .object(let members)? = answer else { return (.raw, "raw answer") }
        if members.isEmpty { return (.standard, "default") }
        if let text = answer?["error"]?.string { return (.rejected, "rejected \"\(text)\"") }
        let assistant = answer?["assistant"]
        if let text = (assistant?["first_message"] ?? assistant?["firstMessage"])?.string {
            return (.greeting, "greeting \"\(text)\"" + (limit.map { " + at most \($0) s" } ?? ""))
        }
        guard assistant == nil else { return (.override, "changes of the assistant") }
        return (.limit, limit.map { "at most \($0) s" } ?? "changes of the call")
    }

    /// The state by its word, with the details that the webhooks have.
    private func state(_ word: String, _ timeline: [TimelineEntry], since: Instant) -> CallState {
        switch word {
        case "ringing": .ringing
        case "live": .live(since: timeline.first { $0.status == .inProgress }?.at ?? since)
        case "ended": .ended(seconds: timeline.lazy.compactMap(\.report?.seconds).last ?? timeline.secondsInProgress)
        case "failed": .failed(reason: timeline.lazy.compactMap(\.reason).last)
        case "rejected": .rejected
        default: .other(CallStatus(word))
        }
    }
}

extension TimelineEntry {
    fileprivate var report: CallReport? { if case .over(let report) = event.progress { report } else { nil } }

    fileprivate var status: CallStatus? { if case .reaches(let status, _) = event.progress { status } else { nil } }

    fileprivate var reason: String? { if case .reaches(_, let reason) = event.progress { reason } else { nil } }
}

/// Finds a member of a JSON object without reading its value.
private enum TopLevelValue {
    /// Where the value of a key is.
    static func range(of key: String, in line: [UInt8]) -> Range<Int>? {
        let key = Array("\"\(key)\"".utf8)
        var (depth, at, start) = (0, 0, Int?.none)
        while at < line.count {
            switch line[at] {
            case UInt8(ascii: "\""):
                let end = endOfString(in: line, from: at)
                if depth == 1, start == nil, line[at..<end] == key[...], let value = valueStart(in: line, after: end) {
                    (start, at) = (value, value)
                    continue
                }
                at = end
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0, let start { return start..<at }
            case UInt8(ascii: ","): if depth == 1, let start { return start..<at }
            default: break
            }
            at += 1
        }
        return nil
    }

    /// Where the value begins whose key ended there; `nil` if that was not a key.
    private static func valueStart(in line: [UInt8], after end: Int) -> Int? {
        end < line.count && line[end] == UInt8(ascii: ":") ? end + 1 : nil
    }

    private static func endOfString(in line: [UInt8], from start: Int) -> Int {
        var at = start + 1
        while at < line.count, line[at] != UInt8(ascii: "\"") { at += line[at] == UInt8(ascii: "\\") ? 2 : 1 }
        return min(at + 1, line.count)
    }
}
