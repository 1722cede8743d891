// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import JSON

/// One webhook of a call.
enum TimelineDocument: Document {
    /// A webhook with the assistant-request of its call: a body that is the same is not written twice.
    struct Entry {
        let entry: TimelineEntry
        let request: [UInt8]?
    }

    typealias Subject = Entry

    static func fields<Coder: FieldCoder<Entry>>(_ key: inout Coder) throws(Coder.Failure) -> Entry {
        let at = try key("at", .callTime, \.entry.at)
        let event = try key("type", .event, \.entry.event)
        let isRepeat = try key("repeat", .mark, \.entry.isRepeat)
        let confirmation = try key("applied", .choice, \.entry.confirmation)
        let body = try key("body", .body, on: .attach, Body.init)
        let leftOut = try key("left_out", .someCount, \.entry.leftOut)
        let entry = TimelineEntry(
            at: at, event: event, isRepeat: isRepeat, confirmation: confirmation, body: body.bytes, leftOut: leftOut)
        return Entry(entry: entry, request: body.request)
    }

    /// Reads a webhook of an export, which has no body.
    static func exported(_ object: ObjectReader) throws(DocumentProblem) -> TimelineEntry {
        TimelineEntry(
            at: try object.instant("at"), event: try Form<Webhook.Event>.event.read("type", object),
            isRepeat: try object.flag("repeat"), confirmation: try Form<Confirmation>.choice.read("applied", object),
            body: [], leftOut: try Form<Int?>.someCount.read("left_out", object))
    }

    /// A body, to be compared with the assistant-request.
    fileprivate struct Body {
        let bytes: [UInt8]
        let request: [UInt8]?

        init(bytes: [UInt8], request: [UInt8]?) {
            self.bytes = bytes
            self.request = request
        }

        init(_ entry: Entry) {
            self.init(bytes: entry.entry.body, request: entry.request)
        }
    }
}

/// What the platform reports after a call.
enum ReportDocument: Document {
    typealias Subject = CallReport

    static func fields<Coder: FieldCoder<CallReport>>(_ key: inout Coder) throws(Coder.Failure) -> CallReport {
        let seconds = try key("seconds", .integer, \.seconds)
        let endReason = try key("end_reason", .text, \.endReason)
        let summary = try key("summary", .text, \.summary)
        return CallReport(seconds: seconds, summary: summary, endReason: endReason)
    }
}

// What documents know of a type of webhook: its name on stdout, what it said, and how that is read back.
extension Webhook.Event {
    /// The name of the event on stdout.
    var streamName: String {
        switch self {
        case .assistantRequest: "call"
        case .status: "status"
        case .toolCalls: "tools"
        case .report: "report"
        case .other: "other"
        }
    }

    /// Writes what the webhook said.
    fileprivate func write(into object: inout ObjectWriter) {
        switch self {
        case .assistantRequest, .other: break
        case .status(let status, let reason):
            object.add("status", status.text)
            if let reason { object.add("reason", reason) }
        case .toolCalls(let names): object.add("tools", .array(names.map(JSONValue.string)))
        case .report(let report): ReportDocument.write(report, into: &object)
        }
    }

    fileprivate init(type: String, _ object: ObjectReader) throws(DocumentProblem) {
        switch Kind(rawValue: type) {
        case .assistantRequest: self = .assistantRequest
        case .status:
            self = .status(CallStatus(try object.text("status")), reason: try object.optionalText("reason"))
        case .toolCalls: self = .toolCalls(names: try object.texts("tools"))
        case .report: self = .report(try ReportDocument.read(object))
        case nil: self = .other(type: type)
        }
    }
}

extension Form where Value == Webhook.Event {
    /// The type and what the webhook said.
    static var event: Self {
        Form(
            write: { event, key, object in
                object.add(key, event.wireName)
                event.write(into: &object)
            },
            read: { key, object throws(DocumentProblem) in try Webhook.Event(type: try object.text(key), object) })
    }
}

extension Form where Value == TimelineEntry? {
    /// What the newest webhook said; its type only where its name on stdout does not have it.
    static var lastSaid: Self {
        Form(
            write: { entry, key, object in
                guard let entry else { return }
                if case .other(let type) = entry.event { object.add(key, type) }
                entry.event.write(into: &object)
                Form<Bool>.mark.write(entry.isRepeat, "repeat", &object)
            },
            read: { _, _ in nil })
    }
}

extension Form where Value == Int? {
    /// A count that is absent where there is nothing to count.
    static var someCount: Self {
        Form(
            write: { if let count = $0 { $2.add($1, .integer(count)) } },
            read: { key, object throws(DocumentProblem) in
                object.value(key) == nil ? nil : try object.count(key)
            })
    }
}

extension Form where Value == TimelineDocument.Body {
    fileprivate static var body: Self {
        Form(
            write: { if $0.bytes != $0.request { $2.add($1, bytes: $0.bytes) } },
            read: { key, object throws(DocumentProblem) in
                let request = try object.parent?.optionalObject("exchange")?.optionalBytes("request")
                guard let bytes = try object.optionalBytes(key) ?? request else {
                    throw object.problem(key, "is missing")
                }
                return .init(bytes: bytes, request: request)
            })
    }
}
