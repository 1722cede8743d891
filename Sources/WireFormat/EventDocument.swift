// SPDX-License-Identifier: Apache-2.0

import Calls
package import EventLog
import JSON
package import Overrides

/// A request that was turned away.
enum RefusalDocument: Document {
    typealias Subject = RefusedRequest

    static func fields<Coder: FieldCoder<RefusedRequest>>(_ key: inout Coder) throws(Coder.Failure) -> RefusedRequest {
        let at = try key("at", .callTime, \.at)
        let refusal = try key("reason", .refusal, \.refusal)
        let peer = try key("peer", .text, \.peer)
        key.derived("", .refusalDetails, on: .attach, \.refusal)
        return RefusedRequest(at: at, refusal: refusal, peer: peer)
    }
}

/// What was done at the desk.
enum DeskDocument: Document {
    typealias Subject = DeskEvent

    static func fields<Coder: FieldCoder<DeskEvent>>(_ key: inout Coder) throws(Coder.Failure) -> DeskEvent {
        let at = try key("at", .callTime, \.at)
        let words = try key("words", .text, \.words)
        key.derived("", .onlyChange, DeskChange.only)
        key.derived("who", .whoAtDesk, WhoAtDesk.init)
        key.derived("changes", .deskChanges) { $0.audit.compactMap(DeskChange.init) }
        let reload = try key("reload", .reloadCause, \.reload)
        let audit = try key("audit", .laterList(AuditDocument.self), on: .attach, \.audit)
        return DeskEvent(at: at, words: words, audit: audit, reload: reload)
    }
}

/// What happened to one override.
private struct DeskChange {
    let event: AuditEntry.Event
    private let id: Int
    private let kind: String
    private let scope: String
    private let text: String?
    private let reason: String
    private let until: Instant?

    init?(_ entry: AuditEntry) {
        switch entry.content {
        case .change(let event, let override, old: _):
            self.event = event
            (id, kind, scope) = (override.id, override.kind.word, override.scope.description)
            (text, reason, until) = (override.kind.text, override.reason, override.until)
        case .caller(let event, let override, old: _):
            self.event = event
            (id, kind, scope) = (override.id, override.kind.word, override.scope)
            (text, reason, until) = (override.kind.text, override.reason, override.until)
        case .forgottenCaller, .note, .remark: return nil
        }
    }

    /// The change of an event that changed one override, apart from those that it replaced.
    static func only(_ event: DeskEvent) -> DeskChange? {
        let changes = event.audit.compactMap(DeskChange.init).filter { $0.event != .replaced }
        return changes.count == 1 ? changes.first : nil
    }

    func write(into object: inout ObjectWriter) {
        object.add("change", event.rawValue)
        object.add("id", .integer(id))
        object.add("kind", kind)
        object.add("scope", scope)
        object.add("text", text)
        object.add("reason", reason)
        object.add("until", until?.iso8601Exact)
    }
}

/// The operator, where an event is in the audit or a reload.
private struct WhoAtDesk {
    let isDeed: Bool
    /// `nil` for the server itself.
    let name: String?

    init(isDeed: Bool, name: String?) {
        self.isDeed = isDeed
        self.name = name
    }

    init(_ event: DeskEvent) {
        self.init(isDeed: event.isDeed, name: event.who?.description)
    }
}

extension Form where Value == ReloadCause? {
    /// The cause as a word, and who asked for it; absent for what is not a reload, or from older servers.
    static var reloadCause: Self {
        Form(
            write: { cause, key, object in
                guard let cause else { return }
                object.addObject(key) { object in
                    object.add("cause", cause.word)
                    if let who = cause.who { object.addObject("by") { OperatorDocument.write(who, into: &$0) } }
                }
            },
            read: { key, object throws(DocumentProblem) in
                guard let reload = try object.optionalObject(key) else { return nil }
                switch try reload.text("cause") {
                case ReloadCause.fileChanged.word: return .fileChanged
                case ReloadCause.signal.word: return .signal
                case "request": return .operatorRequest(try OperatorDocument.read(try reload.object("by")))
                default: throw reload.problem("cause", "is unknown")
                }
            })
    }
}

extension ReloadCause {
    /// The word in JSON; a format.
    fileprivate var word: String {
        switch self {
        case .fileChanged: "file_changed"
        case .signal: "signal"
        case .operatorRequest: "request"
        }
    }
}

extension Form where Value == DeskChange? {
    /// The keys of the one override that changed; absent where there are several or none.
    fileprivate static var onlyChange: Self {
        Form(write: { change, _, object in change?.write(into: &object) }, read: { _, _ in nil })
    }
}

extension Form where Value == [DeskChange] {
    fileprivate static var deskChanges: Self {
        Form(
            write: { changes, key, object in
                guard !changes.isEmpty else { return }
                object.addList(key, changes) { $0.write(into: &$1) }
            },
            read: { _, _ in [] })
    }
}

extension Form where Value == WhoAtDesk {
    /// The operator; null for the server itself, absent for what is only a report.
    fileprivate static var whoAtDesk: Self {
        Form(
            write: { who, key, object in
                if who.isDeed { object.add(key, who.name) }
            },
            read: { _, _ in WhoAtDesk(isDeed: false, name: nil) })
    }
}

/// The lines on stdout for those who follow the server without a dashboard.
package enum StdoutLine {
    /// Appends the line of an event, without its break.
    package static func append(_ event: LoggedEvent, to bytes: inout [UInt8]) {
        switch event {
        case .answered(let call): answered(call, &bytes)
        case .updated(let call):
            if let entry = call.timeline.last {
                line(entry.event.streamName, at: entry.at, on: .updated, &bytes) { CallDocument.write(call, into: &$0) }
            } else {
                answered(call, &bytes)
            }
        case .remarked(let call):
            line("remark", at: call.remarks.map(\.at).max() ?? call.lastHeardAt, &bytes) { object in
                object.add("id", call.id)
                Form<CallRemark?>.mark.write(call.mark, "mark", &object)
                Form<[CallRemark]>.list(NoteDocument.self).write(call.notes, "notes", &object)
            }
        case .refused(let request):
            line("refused", on: .answered, &bytes) { RefusalDocument.write(request, into: &$0) }
        case .unattributed(let type, let at): line("stray", at: at, &bytes) { $0.add("type", type) }
        case .desk(let event): line("desk", &bytes) { DeskDocument.write(event, into: &$0) }
        }
    }

    /// Writes an event, without the line break.
    package static func bytes(_ event: LoggedEvent) -> [UInt8] {
        var bytes: [UInt8] = []
        append(event, to: &bytes)
        return bytes
    }

    /// Appends how many events were gone before they could be printed.
    package static func append(dropped count: UInt64, to bytes: inout [UInt8]) {
        line("dropped", &bytes) { $0.add("count", .integer(count)) }
    }

    private static func answered(_ call: CallRecord, _ bytes: inout [UInt8]) {
        line("call", at: call.answered?.receivedAt ?? call.firstHeardAt, &bytes) {
            CallDocument.write(call, into: &$0)
        }
    }

    private static func line(
        _ name: String, at instant: Instant? = nil, on surface: Surfaces = .answered, _ bytes: inout [UInt8],
        _ fill: (inout ObjectWriter) -> Void
    ) {
        // Moved and moved back: a copy of the lines before would cost more than the line.
        var before: [UInt8] = []
        swap(&before, &bytes)
        var object = ObjectWriter(surface: surface, after: before)
        object.add("event", name)
        if let instant { object.add("at", instant) }
        fill(&object)
        bytes = object.finish()
    }
}

/// One line of `GET /v1/events`.
package enum StreamLine: Sendable {
    /// The first line of a stream: the run of the server, and the cursor from which events follow.
    case hello(instance: String, cursor: UInt64, version: String)
    /// Something happened; a later stream continues with this cursor.
    case event(LoggedEvent, cursor: UInt64)
    /// How many events were gone before they could be sent.
    case dropped(count: UInt64, cursor: UInt64)
    case status(ServerStatus)
    case totals(Totals)
    /// The counts of lines that changed.
    case lines([LineCount])
    /// A line of a later version, by its name; clients ignore it.
    case unknown(String)

    /// The lines of a batch: what was missed first, then each event with its cursor.
    package static func lines(of batch: EventBatch) -> [StreamLine] {
        let first = batch.next - UInt64(batch.events.count)
        let missed: [StreamLine] = batch.dropped > 0 ? [.dropped(count: batch.dropped, cursor: first)] : []
        return missed + zip(batch.events, first...).map { .event($0, cursor: $1 + 1) }
    }

    /// The line without its break.
    package var bytes: [UInt8] {
        var object = ObjectWriter()
        switch self {
        case .hello(let instance, let cursor, let version):
            object.add("event", "hello")
            object.add("instance", instance)
            object.add("cursor", .integer(cursor))
            object.add("version", version)
        case .event(let event, let cursor):
            object.add("cursor", .integer(cursor))
            event.write(into: &object)
        case .dropped(let count, let cursor):
            object.add("event", "dropped")
            object.add("count", .integer(count))
            object.add("cursor", .integer(cursor))
        case .status(let status):
            object.add("event", "status")
            object.addObject("status") { StatusDocument.write(.init(status: status, counts: nil), into: &$0) }
        case .totals(let totals):
            object.add("event", "totals")
            object.addObject("totals") { TotalsDocument.write(totals, into: &$0) }
        case .lines(let lines):
            object.add("event", "line_counts")
            object.addList("lines", lines) { LineCountDocument.write($0, into: &$1) }
        case .unknown(let name): object.add("event", name)
        }
        return object.document.bytes
    }

    /// Reads a line strictly, except for the names of events, which a later version may add.
    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        let object = try ObjectReader(bytes)
        switch try object.text("event") {
        case "hello":
            self = .hello(
                instance: try object.text("instance"), cursor: try object.place("cursor"),
                version: try object.text("version"))
        case "dropped": self = .dropped(count: try object.place("count"), cursor: try object.place("cursor"))
        case "status": self = .status(try StatusDocument.read(try object.object("status")).status)
        case "totals": self = .totals(try TotalsDocument.read(try object.object("totals")))
        case "line_counts": self = .lines(try Form<[LineCount]>.list(LineCountDocument.self).read("lines", object))
        case let name:
            guard let event = try LoggedEvent(name, object) else {
                self = .unknown(name)
                return
            }
            self = .event(event, cursor: try object.place("cursor"))
        }
    }
}

extension LoggedEvent {
    fileprivate func write(into object: inout ObjectWriter) {
        switch self {
        case .answered(let call):
            object.add("event", "call")
            object.addObject("call") { CallDocument.write(call, into: &$0) }
        case .updated(let call):
            object.add("event", "news")
            object.addObject("call") { CallDocument.write(call, into: &$0) }
        case .remarked(let call):
            object.add("event", "remark")
            object.addObject("call") { CallDocument.write(call, into: &$0) }
        case .refused(let request):
            object.add("event", "refused")
            RefusalDocument.write(request, into: &object)
        case .unattributed(let type, let at):
            object.add("event", "stray")
            object.add("at", at, isExact: true)
            object.add("type", type)
        case .desk(let event):
            object.add("event", "desk")
            DeskDocument.write(event, into: &object)
        }
    }

    /// Reads the event with a name; `nil` if the name is unknown.
    fileprivate init?(_ name: String, _ object: ObjectReader) throws(DocumentProblem) {
        switch name {
        case "call": self = .answered(try CallDocument.read(try object.object("call")))
        case "news": self = .updated(try CallDocument.read(try object.object("call")))
        case "remark": self = .remarked(try CallDocument.read(try object.object("call")))
        case "refused": self = .refused(try RefusalDocument.read(object))
        case "stray": self = .unattributed(type: try object.text("type"), at: try object.instant("at"))
        case "desk": self = .desk(try DeskDocument.read(object))
        default: return nil
        }
    }
}

extension Form where Value == Refusal {
    /// The reason as a word and in words.
    static var refusal: Self {
        Form(
            write: { refusal, key, object in
                object.add(key, refusal.code)
                object.add("words", refusal.description)
            },
            read: { key, object throws(DocumentProblem) in try Refusal(code: try object.text(key), object) })
    }

    /// What belongs to some reasons.
    static var refusalDetails: Self {
        Form(
            write: { refusal, _, object in
                switch refusal {
                case .stale(let age): object.add("age", .integer(age))
                case .notJSON(let problem): object.add("problem", problem)
                case .tooLarge(let limit): object.add("limit", .integer(limit))
                case .wrongPath(let path): object.add("path", path.description)
                case .missingSignature, .badSignature, .badTimestamp, .notHTTP, .noMessageType, .wrongMethod, .tooSlow,
                    .incomplete, .unknownExpectation, .unknownCoding, .tooManyRequests, .stopping:
                    break
                }
            },
            read: { key, object throws(DocumentProblem) in try Refusal(code: try object.text("reason"), object) })
    }
}

extension Refusal {
    fileprivate init(code: String, _ object: ObjectReader) throws(DocumentProblem) {
        let plain: [Refusal] = [
            .missingSignature, .badSignature, .badTimestamp, .notHTTP, .noMessageType, .wrongMethod, .tooSlow,
            .incomplete, .unknownExpectation, .unknownCoding, .tooManyRequests, .stopping,
        ]
        switch code {
        case "stale_signature": self = .stale(age: Int64(try object.integer("age")))
        case "not_json": self = .notJSON(problem: try object.text("problem"))
        case "wrong_path": self = .wrongPath(AskedPath(try object.optionalText("path") ?? ""))
        case "too_large": self = .tooLarge(limit: try object.integer("limit"))
        default:
            guard let refusal = plain.first(where: { $0.code == code }) else {
                throw object.problem("reason", "is unknown")
            }
            self = refusal
        }
    }
}
