// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
package import JSON
package import Overrides

/// The state of the server and its lines, with the counts where they are wanted (docs/openapi.yaml, Status).
enum StatusDocument: Document {
    struct Report {
        let status: ServerStatus
        let counts: CountedCalls?
    }

    /// What was counted, in all and by line.
    struct CountedCalls {
        let totals: Totals
        let lines: LineCounts
        /// How many calls memory has.
        let kept: Int
        let at: Instant
    }

    typealias Subject = Report

    static func fields<Coder: FieldCoder<Report>>(_ key: inout Coder) throws(Coder.Failure) -> Report {
        let address = try key("listening", .listening) { Listening($0.status) }.address
        let isSigned = try key("signed", .flag, \.status.server.isSigned)
        let lines = try key("lines", .lines) { Lines(lines: $0.status.lines, counted: $0.counts, day: $0.status.day) }
            .lines
        let overrides = try key("overrides", .list(OverrideDocument.self), \.status.overrides)
        let callers = try key("callers", .callersStatus, \.status.callers)
        key.derived("counts", .counts, \.counts?.totals)
        key.derived("calls_kept", .someCount, \.counts?.kept)
        key.derived("today", .today) { report in
            report.counts.flatMap { counts in report.status.day.map { TodayCounts($0, counts.totals.outcomes) } }
        }
        key.derived("unknown_line", .outcomes) { report in
            report.counts.map { $0.lines.others(than: report.status.lines.map(\.number)) }
        }
        key.derived("latency_ms", .latency, \.counts?.totals)
        let closingTexts = try key("closing_texts", .texts, \.status.closingTexts)
        let greetingTexts = try key("greeting_texts", .texts, \.status.greetingTexts)
        let answerWithin = try key("answer_within_ms", .count, \.status.server.answerWithinMilliseconds)
        let undo = try key("undo", .object(UndoDocument.self), \.status.undo)
        let warnings = try key("warnings", .texts, \.status.warnings)
        let timeZone = try key("time_zone", .text, \.status.timeZone)
        let webhookURL = try key("webhook_url", .text, \.status.server.webhookURL)
        let rules = try key("rules", .object(RulesFileDocument.self), \.status.rules)
        let bypasses = try key("bypass_rules", .laterList(BypassDocument.self), \.status.bypasses)
        let rejections = try key("bypass_rejections", .laterList(BypassDocument.self), \.status.bypassRejections)
        let probe = try key("probe", .object(ProbeDocument.self), \.status.probe)
        let journal = try key("journal", .object(JournalStatusDocument.self), \.status.journal)
        let day = try key("day", .object(DayDocument.self), \.status.day)
        let lookingBack = try key("looking_back", .object(LookingBackDocument.self), \.status.lookingBack)
        let masksNumbers = try key("mask_numbers", .mark, \.status.masksNumbers)
        let signedAge = try key("signed_age_s", .integer, \.status.signedAge)
        let shared = try key("shared", .laterObject(SharedDeskDocument.self), \.status.shared)
        let process = try key("process", .object(ProcessDocument.self), \.status.server.process)
        let status = ServerStatus(
            overrides: overrides, lines: lines,
            server: ServerStatus.ServerInfo(
                address: address, webhookURL: webhookURL, isSigned: isSigned, answerWithinMilliseconds: answerWithin,
                process: process),
            closingTexts: closingTexts, greetingTexts: greetingTexts, undo: undo, warnings: warnings,
            timeZone: timeZone, rules: rules, bypasses: bypasses, bypassRejections: rejections,
            probe: probe, journal: journal, day: day, lookingBack: lookingBack,
            masksNumbers: masksNumbers, signedAge: signedAge, callers: callers, shared: shared)
        return Report(status: status, counts: nil)
    }

    /// The lines with the counts of each, where they are wanted.
    fileprivate struct Lines {
        let lines: [LineStatus]
        let counted: CountedCalls?
        let day: DayCounts?
    }

    /// Where the webhook is listened for, as it is written and in its parts.
    fileprivate struct Listening {
        let address: String
        let url: String

        init(address: String, url: String) {
            self.address = address
            self.url = url
        }

        init(_ status: ServerStatus) {
            self.init(address: status.server.address, url: status.server.webhookURL)
        }
    }
}

/// The process of the server, and the files that it uses.
private enum ProcessDocument: Document {
    typealias Subject = ServerProcess

    static func fields<Coder: FieldCoder<ServerProcess>>(_ key: inout Coder) throws(Coder.Failure) -> ServerProcess {
        let id = try key("pid", .count, \.id)
        let rulesFile = try key("rules_file", .text, \.rulesFile)
        let stateFolder = try key("state_folder", .text, \.stateFolder)
        let logFile = try key("log_file", .text, \.logFile)
        return ServerProcess(id: id, rulesFile: rulesFile, stateFolder: stateFolder, logFile: logFile)
    }
}

/// Whether the rules in use are those of the file.
private enum RulesFileDocument: Document {
    typealias Subject = RulesFileStatus

    static func fields<Coder: FieldCoder<RulesFileStatus>>(_ key: inout Coder) throws(Coder.Failure)
        -> RulesFileStatus
    {
        let errors = try key("errors", .count) { $0.problem?.errors ?? 0 }
        let since = try key("since", .time) { $0.problem?.since }
        let first = try key("first", .object(FirstErrorDocument.self)) { $0.problem.map(FirstError.init) }
        let inUse = try key("in_use", .rulesInUse, \.inUse)
        let restart = try key("restart_failure", .restart, \.restart)
        let problem = since.flatMap { since in
            first.map { first in
                RulesFileStatus.Problem(
                    errors: errors, since: since, file: first.file, line: first.line, column: first.column,
                    message: first.message)
            }
        }
        return RulesFileStatus(problem: problem, inUse: inUse, restart: restart)
    }

    /// Where the first error is.
    struct FirstError {
        let file: String
        let line: Int?
        let column: Int?
        let message: String

        init(file: String, line: Int?, column: Int?, message: String) {
            self.file = file
            self.line = line
            self.column = column
            self.message = message
        }

        init(_ problem: RulesFileStatus.Problem) {
            self.init(file: problem.file, line: problem.line, column: problem.column, message: problem.message)
        }
    }

    private enum FirstErrorDocument: Document {
        typealias Subject = FirstError

        static func fields<Coder: FieldCoder<FirstError>>(_ key: inout Coder) throws(Coder.Failure) -> FirstError {
            FirstError(
                file: try key("file", .text, \.file), line: try key("line", .integer, \.line),
                column: try key("column", .integer, \.column), message: try key("message", .text, \.message))
        }
    }
}

/// The last change that can be undone.
private enum UndoDocument: Document {
    typealias Subject = ServerStatus.Undo

    static func fields<Coder: FieldCoder<ServerStatus.Undo>>(_ key: inout Coder) throws(Coder.Failure)
        -> ServerStatus.Undo
    {
        let words = try key("words", .text, \.words)
        let scopes = try key("scopes", .scopes, \.scopes)
        let ended = try key("ends", .optionalList(OverrideDocument.self)) { $0.effect?.ended }
        let restored = try key("restores", .optionalList(OverrideDocument.self)) { $0.effect?.restored }
        let callers = try key("callers", .callerChanges(OperatorDocument.self)) { $0.effect?.callers ?? .none }
        let effect = ended.flatMap { ended in
            restored.map { ServerStatus.Undo.Effect(ended: ended, restored: $0, callers: callers) }
        }
        return ServerStatus.Undo(words: words, scopes: scopes, effect: effect)
    }
}

/// What callers of one line get.
enum LineDocument: Document {
    typealias Subject = LineStatus

    static func fields<Coder: FieldCoder<LineStatus>>(_ key: inout Coder) throws(Coder.Failure) -> LineStatus {
        let number = try key("number", .phoneNumber, \.number)
        let name = try key("name", .text, \.name)
        let group = try key("group", .text, \.group)
        let state = try key("state", .choice, \.state)
        let by = try key("by", .decider, \.by)
        let says = try key("says", .firstMessage, \.says)
        let until = try key("until", .time, \.until)
        let untilOffset = try key("until_offset", .offset, \.untilOffset)
        let next = try key("next", .object(NextDocument.self), \.next)
        let nextChange = try key("next_change", .time, \.nextChange)
        let changes = try key("changes", .optionalList(ChangeDocument.self), \.changes)
        let withoutOverrides = try key(
            "without_overrides", .object(WithoutOverridesDocument.self), \.withoutOverrides)
        return LineStatus(
            number: number, name: name, group: group, state: state, by: by, says: says, until: until,
            untilOffset: untilOffset, next: next, nextChange: nextChange, changes: changes,
            withoutOverrides: withoutOverrides)
    }
}

/// What callers of a line get after `until`.
private enum NextDocument: Document {
    typealias Subject = LineStatus.Next

    static func fields<Coder: FieldCoder<LineStatus.Next>>(_ key: inout Coder) throws(Coder.Failure) -> LineStatus.Next
    {
        LineStatus.Next(state: try key("state", .choice, \.state), by: try key("by", .decider, \.by))
    }
}

/// A change that comes by itself.
private enum ChangeDocument: Document {
    typealias Subject = LineStatus.Change

    static func fields<Coder: FieldCoder<LineStatus.Change>>(_ key: inout Coder) throws(Coder.Failure)
        -> LineStatus.Change
    {
        LineStatus.Change(
            at: try key("at", .time, \.at), offset: try key("offset", .offset, \.offset),
            state: try key("state", .choice, \.state), by: try key("by", .decider, \.by))
    }
}

/// What a line would do if no override were in force.
private enum WithoutOverridesDocument: Document {
    typealias Subject = LineStatus.WithoutOverrides

    static func fields<Coder: FieldCoder<LineStatus.WithoutOverrides>>(_ key: inout Coder) throws(Coder.Failure)
        -> LineStatus.WithoutOverrides
    {
        LineStatus.WithoutOverrides(
            state: try key("state", .choice, \.state), by: try key("by", .decider, \.by),
            turn: try key("turn", .object(ChangeDocument.self), \.turn),
            forcedOpen: try key("forced_open", .object(NextDocument.self), \.forcedOpen))
    }
}

extension ServerStatus {
    /// The status without counts.
    package func document() -> JSONDocument { StatusDocument.document(.init(status: self, counts: nil)) }

    /// The status, with what was counted in all and by line until now.
    package func document(
        totals: Totals, lines: LineCounts = LineCounts(), kept: Int = 0, at now: Instant
    ) -> JSONDocument {
        StatusDocument.document(.init(status: self, counts: .init(totals: totals, lines: lines, kept: kept, at: now)))
    }

    package init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        self = try StatusDocument.read(value, at: place).status
    }
}

extension Form where Value == StatusDocument.Listening {
    fileprivate static var listening: Self {
        Form(
            write: { listening, key, object in
                let address = listening.address
                let colon = address.lastIndex(of: ":") ?? address.endIndex
                let port = Int(address[colon...].dropFirst())
                object.addObject(key) { object in
                    object.add("host", address[..<colon].filter { $0 != "[" && $0 != "]" })
                    object.add("port", port.map { .integer($0) } ?? .null)
                    object.add("url", listening.url)
                    object.add("address", address)
                }
            },
            read: { key, object throws(DocumentProblem) in
                .init(address: try object.object(key).text("address"), url: "")
            })
    }
}

extension Form where Value == RulesFileStatus.InUse {
    /// A word, and when the last good rules were read.
    fileprivate static var rulesInUse: Self {
        Form(
            write: { inUse, key, object in
                let (word, readAt): (String, Instant?) =
                    switch inUse {
                    case .file: ("file", nil)
                    case .previous: ("previous", nil)
                    case .lastGood(let readAt): ("last_good", readAt)
                    case .withoutContacts: ("without_contacts", nil)
                    case .withoutHolidays: ("without_holidays", nil)
                    }
                object.add(key, word)
                object.add("last_good", readAt?.iso8601Exact)
            },
            read: { key, object throws(DocumentProblem) in
                switch try object.text(key) {
                case "file": .file
                case "previous": .previous
                case "last_good": .lastGood(try object.instant("last_good"))
                case "without_contacts": .withoutContacts
                case "without_holidays": .withoutHolidays
                default: throw object.problem(key, "is unknown")
                }
            })
    }
}

extension Form where Value == RulesFileStatus.Restart? {
    /// Under the key why a restart would fail; after it what it would do, and when other rules were read.
    fileprivate static var restart: Self {
        Form(
            write: { restart, key, object in
                var (word, readAt, failure): (String?, Instant?, String?) = (nil, nil, nil)
                switch restart {
                case nil: break
                case .same: word = "same"
                case .lastGood(let instant): (word, readAt) = ("last_good", instant)
                case .file: word = "file"
                case .fileWithoutContacts: word = "without_contacts"
                case .fileWithoutHolidays: word = "without_holidays"
                case .fails(let reason): (word, failure) = ("fails", reason)
                }
                object.add(key, failure)
                object.add("restart", word)
                object.add("restart_last_good", readAt?.iso8601Exact)
            },
            read: { key, object throws(DocumentProblem) in
                switch try object.optionalText("restart") {
                case nil: try object.optionalText(key).map(RulesFileStatus.Restart.fails)
                case "same": .same
                case "last_good": .lastGood(try object.instant("restart_last_good"))
                case "file": .file
                case "without_contacts": .fileWithoutContacts
                case "without_holidays": .fileWithoutHolidays
                case "fails": .fails(try object.text(key))
                default: throw object.problem("restart", "is unknown")
                }
            })
    }
}

extension Form where Value == StatusDocument.Lines {
    fileprivate static var lines: Self {
        Form(
            write: { lines, key, object in
                object.addList(key, lines.lines) { line, object in
                    LineDocument.write(line, into: &object)
                    guard let counted = lines.counted else { return }
                    let own = counted.lines[line: line.number] ?? OutcomeCounts()
                    object.addObject("counts") { OutcomesDocument.write(own, into: &$0) }
                    if let day = lines.day {
                        object.addObject("today") { OutcomesDocument.write(day.today(own, of: line.number), into: &$0) }
                    }
                    let rhythm = counted.lines.rhythm(of: line.number, at: counted.at)
                    object.add("last_call_at", rhythm?.lastCallAt?.iso8601Exact)
                    let silence = rhythm.flatMap { Silence($0, of: line, at: counted.at) }
                    Form<Silence?>.object(SilenceDocument.self).write(silence, "silence", &object)
                }
            },
            read: { key, object throws(DocumentProblem) in
                .init(lines: try Form<[LineStatus]>.list(LineDocument.self).read(key, object), counted: nil, day: nil)
            })
    }
}

extension Form where Value == OutcomeCounts? {
    /// Under `counts`, as those of a line; left out where they are not wanted.
    fileprivate static var outcomes: Self {
        Form(
            write: { counts, key, object in
                guard let counts else { return }
                object.addObject(key) { object in
                    object.addObject("counts") { OutcomesDocument.write(counts, into: &$0) }
                }
            },
            read: { _, _ in nil })
    }
}

extension Form where Value == Totals? {
    /// The counters; left out where they are not wanted.
    fileprivate static var counts: Self {
        Form(
            write: { totals, key, object in
                guard let totals else { return }
                object.addObject(key) { CountsDocument.write(.init(totals), into: &$0) }
            },
            read: { _, _ in nil })
    }

    fileprivate static var latency: Self {
        Form(
            write: { totals, key, object in
                if let totals { Form<AnswerTimes>.percentiles.write(totals.answerTimes, key, &object) }
            },
            read: { _, _ in nil })
    }
}

extension Form where Value == PhoneNumber {
    static var phoneNumber: Self {
        Form(
            write: { $2.add($1, $0.description) },
            read: { key, object throws(DocumentProblem) in
                guard let number = PhoneNumber(try object.text(key)) else {
                    throw object.problem(key, "must be a number such as +31201234567")
                }
                return number
            })
    }
}

extension Form {
    /// A list that older servers do not send; it is not known then.
    static func optionalList<Body: Document>(_ body: Body.Type) -> Self where Value == [Body.Subject]? {
        let list = Form<[Body.Subject]>.list(body)
        return Form(
            write: { if let items = $0 { list.write(items, $1, &$2) } },
            read: { key, object throws(DocumentProblem) in
                object.value(key) == nil ? nil : try list.read(key, object)
            })
    }
}

extension Form where Value == Int {
    /// The offset of a time zone, in seconds.
    fileprivate static var offset: Self {
        Form(
            write: { $2.add($1, .integer($0)) },
            read: { key, object throws(DocumentProblem) in
                let offset = try object.integer(key)
                // No zone is further from UTC.
                guard (-26 * 3600...26 * 3600).contains(offset) else {
                    throw object.problem(key, "is not the offset of a time zone")
                }
                return offset
            })
    }
}

extension Form where Value == FirstMessage {
    /// The words, where they are known; in any case what callers hear, in words; and the other server that answers.
    fileprivate static var firstMessage: Self {
        Form(
            write: { message, key, object in
                object.add(key, message.text)
                object.add("hears", message.description)
                if case .otherServer(let name) = message { object.add("other_server", name) }
            },
            read: { key, object throws(DocumentProblem) in
                if let text = try object.optionalText(key) { return .text(text) }
                return try object.optionalText("other_server").map(FirstMessage.otherServer) ?? .assistant
            })
    }
}
