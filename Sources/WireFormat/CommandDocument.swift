// SPDX-License-Identifier: Apache-2.0

package import Calls
package import JSON
package import Overrides

/// A command as the control socket takes it: what to do, and for whom.
package struct CommandDocument: Hashable, Sendable {
    /// The command; the text of a closure is empty where `wantsDefaultText`.
    package let command: OverrideCommand
    /// Who gives it; `nil` leaves this to the server.
    package let who: Operator?
    /// The command closes without a text: it means the first closing text of the rules file.
    package let wantsDefaultText: Bool
    /// Nothing is changed; the reply says what would happen.
    package let isDryRun: Bool

    package init(
        command: OverrideCommand, who: Operator? = nil, wantsDefaultText: Bool = false, isDryRun: Bool = false
    ) {
        self.command = command
        self.who = who
        self.wantsDefaultText = wantsDefaultText
        self.isDryRun = isDryRun
    }

    /// The command, with this text where it closes without one.
    package func command(closingWith text: String) -> OverrideCommand {
        guard wantsDefaultText else { return command }
        if case .beginOnCallers(.blocked, let callers, let reason, let until) = command {
            return .beginOnCallers(.blocked(says: text), callers: callers, reason: reason, until: until)
        }
        guard case .begin(let kind, let scopes, let reason, let until) = command else { return command }
        switch kind {
        case .closed: return .begin(.closed(says: text), scopes: scopes, reason: reason, until: until)
        case .inform: return .begin(.inform(says: text), scopes: scopes, reason: reason, until: until)
        case .forcedOpen, .greeting: return command
        }
    }

    package var document: JSONDocument {
        var object = ObjectWriter()
        let scopes = Form<[Scope]>.scopes
        object.add("act", command.act.rawValue)
        switch command {
        case .begin(let kind, let begun, let reason, let until):
            object.add("kind", kind.word)
            object.add("text", wantsDefaultText ? nil : kind.text)
            scopes.write(begun, "scopes", &object)
            object.add("reason", reason)
            until.write(into: &object)
        case .open(let named), .followHours(let named), .clearGreeting(let named):
            scopes.write(named, "scopes", &object)
        case .beginOnCallers(let kind, let callers, let reason, let until):
            object.add("kind", kind.word)
            object.add("text", wantsDefaultText ? nil : kind.text)
            Self.write(callers, into: &object)
            object.add("reason", reason)
            until.write(into: &object)
        case .clearCallers(let callers): Self.write(callers, into: &object)
        case .end(let id): object.add("id", .integer(id))
        case .note(let text): object.add("text", text)
        case .remark(let change, let call):
            object.add("call", call.text)
            if let text = change.text { object.add("text", text) }
        case .undo: break
        }
        if isDryRun { object.add("dry_run", .bool(true)) }
        if let who { object.addObject("who") { OperatorDocument.write(who.with(nil), into: &$0) } }
        return object.document
    }

    /// Reads a command strictly: an unknown key would be a request that is ignored.
    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        let object = try ObjectReader(bytes)
        let act = try object.text("act")
        var isDefault = false
        switch act {
        case "begin":
            try object.allow(only: [
                "act", "kind", "text", "scopes", "reason", "until", "for_seconds", "dry_run", "who",
            ])
            if let onCallers = try Self.onCallers(object, isDefault: &isDefault) {
                command = onCallers
                break
            }
            let kind = try Self.kind(object, isDefault: &isDefault)
            command = .begin(
                kind, scopes: try object.list("scopes", Scope.init), reason: try object.optionalText("reason") ?? "",
                until: try Until(object))
        case "open": command = .open(try Self.scopes(object))
        case "follow hours": command = .followHours(try Self.scopes(object))
        case "clear greeting": command = .clearGreeting(try Self.scopes(object))
        case "clear caller":
            try object.allow(only: ["act", "scopes", "dry_run", "who"])
            command = .clearCallers(try object.list("scopes", PhoneNumber.init(callerScope:at:)))
        case "end":
            try object.allow(only: ["act", "id", "dry_run", "who"])
            command = .end(id: try object.integer("id"))
        case "undo":
            try object.allow(only: ["act", "dry_run", "who"])
            command = .undo
        case "note":
            try object.allow(only: ["act", "text", "call", "dry_run", "who"])
            let text = try object.text("text")
            command = try object.optionalText("call").map { .remark(.note(text), on: CallID($0)) } ?? .note(text)
        case "mark": command = .remark(.mark, on: try Self.call(object))
        case "unmark": command = .remark(.unmark, on: try Self.call(object))
        case "rewrite note":
            try object.allow(only: ["act", "text", "call", "dry_run", "who"])
            command = .remark(.rewriteNote(try object.text("text")), on: CallID(try object.text("call")))
        case "remove note": command = .remark(.rewriteNote(nil), on: try Self.call(object))
        case "remove notes": command = .remark(.removeNotes, on: try Self.call(object))
        default:
            let acts = OverrideCommand.Act.allCases.map(\.rawValue)
            throw object.problem("act", "must be \(acts.dropLast().joined(separator: ", ")) or \(acts.last ?? "")")
        }
        wantsDefaultText = isDefault
        isDryRun = try object.flag("dry_run")
        who = try Self.who(object)
    }

    /// How long an override on a caller lasts whose end is left out, in seconds.
    package static let usualTimeOnCallers: Int64 = 8 * 3600

    /// The beginning of an override on callers; `nil` for one on lines.
    private static func onCallers(
        _ object: ObjectReader, isDefault: inout Bool
    ) throws(DocumentProblem) -> OverrideCommand? {
        let word = try object.text("kind")
        guard word == "blocked" || word == "allowed" else { return nil }
        let text = try object.optionalText("text")
        let kind: CallerOverride.Kind
        if word == "blocked" {
            isDefault = text == nil
            kind = .blocked(says: text ?? "")
        } else {
            guard text == nil else { throw object.problem("text", "must be left out: `allowed` has no text") }
            kind = .allowed
        }
        let hasEnd = object.value("until") != nil || object.value("for_seconds") != nil
        return .beginOnCallers(
            kind, callers: try object.list("scopes", PhoneNumber.init(callerScope:at:)),
            reason: try object.optionalText("reason") ?? "",
            until: hasEnd ? try Until(object) : .lasting(seconds: usualTimeOnCallers))
    }

    private static func write(_ callers: [PhoneNumber], into object: inout ObjectWriter) {
        object.add("scopes", .array(callers.map { .string(CallerOverride.scope(of: $0)) }))
    }

    /// The call of a command that has nothing else.
    private static func call(_ object: ObjectReader) throws(DocumentProblem) -> CallID {
        try object.allow(only: ["act", "call", "dry_run", "who"])
        return CallID(try object.text("call"))
    }

    /// The scopes of a command that has nothing else.
    private static func scopes(_ object: ObjectReader) throws(DocumentProblem) -> [Scope] {
        try object.allow(only: ["act", "scopes", "dry_run", "who"])
        return try object.list("scopes", Scope.init)
    }

    static func who(_ object: ObjectReader) throws(DocumentProblem) -> Operator? {
        guard let who = try object.optionalObject("who") else { return nil }
        // The account is the kernel's to say.
        try who.allow(only: ["user", "terminal", "host"])
        for key in ["user", "terminal", "host"] {
            guard let text = try who.optionalText(key), text.utf8.count > longestName else { continue }
            throw who.problem(key, "must have at most \(longestName) bytes")
        }
        return try OperatorDocument.read(who)
    }

    /// The longest name of an operator, a terminal or a host, in bytes.
    private static let longestName = 256

    private static func kind(
        _ object: ObjectReader, isDefault: inout Bool
    ) throws(DocumentProblem) -> Override.Kind {
        let text = try object.optionalText("text")
        let kind = try object.text("kind")
        if kind == "open", text != nil { throw object.problem("text", "must be left out: `open` has no text") }
        guard text == nil, kind == "closed" || kind == "inform" else { return try Override.Kind(object) }
        isDefault = true
        return kind == "closed" ? .closed(says: "") : .inform(says: "")
    }
}

/// Who asks for a reload; the request may have no body.
package struct ReloadRequest: Hashable, Sendable {
    package let who: Operator?

    package init(who: Operator?) {
        self.who = who
    }

    package var document: JSONDocument {
        var object = ObjectWriter()
        if let who { object.addObject("who") { OperatorDocument.write(who.with(nil), into: &$0) } }
        return object.document
    }

    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        guard !bytes.isEmpty else {
            self.init(who: nil)
            return
        }
        let object = try ObjectReader(bytes)
        try object.allow(only: ["who"])
        self.init(who: try CommandDocument.who(object))
    }
}

/// What is said of a call that the path names; a request without a text may have no body.
package struct RemarkRequest: Hashable, Sendable {
    /// The text of a note; empty where there is none.
    package let text: String
    package let who: Operator?

    package init(_ bytes: [UInt8], withText: Bool) throws(DocumentProblem) {
        guard withText || !bytes.isEmpty else {
            (text, who) = ("", nil)
            return
        }
        let object = try ObjectReader(bytes)
        try object.allow(only: withText ? ["text", "who"] : ["who"])
        text = withText ? try object.text("text") : ""
        who = try CommandDocument.who(object)
    }
}

extension Until {
    fileprivate func write(into object: inout ObjectWriter) {
        switch self {
        case .time(let instant): object.add("until", instant.iso8601Exact)
        case .lasting(let seconds): object.add("for_seconds", .integer(seconds))
        case .nextChange: object.add("until", "next change")
        case .reopened: object.add("until", "reopened")
        }
    }

    fileprivate init(_ object: ObjectReader) throws(DocumentProblem) {
        let until = try object.optionalText("until")
        guard object.value("for_seconds") == nil else {
            guard until == nil else {
                throw object.problem("for_seconds", "cannot be combined with `until`: leave one of them out")
            }
            let seconds = try object.integer("for_seconds")
            guard seconds > 0 else { throw object.problem("for_seconds", "must be 1 or more") }
            self = .lasting(seconds: Int64(seconds))
            return
        }
        switch until {
        case nil, "next change": self = .nextChange
        case "reopened": self = .reopened
        default:
            guard let instant = until.flatMap({ Instant(iso8601: $0) }) else {
                throw object.problem(
                    "until", "must be `reopened`, `next change` or a time such as 2026-07-01T17:30:00+02:00")
            }
            self = .time(instant)
        }
    }
}

/// A call that has not happened, as the control socket takes it.
package struct QuestionDocument: Hashable, Sendable {
    /// A number in any spelling, or `withheld`.
    package let from: String
    package let to: String
    package let at: Instant?

    package init(from: String, to: String, at: Instant?) {
        self.from = from
        self.to = to
        self.at = at
    }

    /// Reads a request.
    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        let object = try ObjectReader(bytes)
        try object.allow(only: ["from", "to", "at"])
        self.init(from: try object.text("from"), to: try object.text("to"), at: try object.optionalInstant("at"))
    }

    package var document: JSONDocument {
        var object = ObjectWriter()
        object.add("from", from)
        object.add("to", to)
        object.add("at", at?.iso8601Exact)
        return object.document
    }
}

/// A test call that the server is asked to send to itself.
package struct TestCallRequest: Hashable, Sendable {
    /// A number, or `withheld`.
    package let from: String
    package let to: String

    package init(from: String, to: String) {
        self.from = from
        self.to = to
    }

    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        let object = try ObjectReader(bytes)
        try object.allow(only: ["from", "to"])
        self.init(from: try object.text("from"), to: try object.text("to"))
    }

    package var document: JSONDocument {
        var object = ObjectWriter()
        object.add("from", from)
        object.add("to", to)
        return object.document
    }
}

/// What came of a test call that was answered.
package struct TestCallReport: Hashable, Sendable {
    /// From the request to the answer.
    package let milliseconds: Int

    package init(milliseconds: Int) {
        self.milliseconds = milliseconds
    }

    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        milliseconds = try ObjectReader(bytes).integer("milliseconds")
    }

    package var document: JSONDocument {
        var object = ObjectWriter()
        object.add("milliseconds", .integer(milliseconds))
        return object.document
    }
}
