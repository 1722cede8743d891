// SPDX-License-Identifier: Apache-2.0

package import Calls
import EventLog
package import JSON

/// The assistant-request of a call and its answer, byte for byte, as far as the call's own keys do not have it.
enum AnsweredDocument: Document {
    typealias Subject = Answered

    static func fields<Coder: FieldCoder<Answered>>(_ key: inout Coder) throws(Coder.Failure) -> Answered {
        let decision = try key("decision", .text, \.decision.id)
        let kind = try key("kind", .choice, \.decision.kind)
        let words = try key("words", .text, \.words)
        let lineName = try key("line", .text, \.decision.lineName)
        let isTagged = try key("tagged", .flag, \.decision.isTagged)
        let callType = try key("call_type", .text, \.request.callType)
        let dialect = try key("dialect", .dialect, \.request.dialect)
        let receivedAt = try key("received_at", .time, \.receivedAt)
        let microseconds = try key("microseconds", .place, \.microseconds)
        let body = try key("request", .bytes, \.body)
        let reply = try key("reply", .bytes, \.reply)
        let steps = try key("steps", .list(StepDocument.self), \.steps)
        let contact = try key("contact", .keptContact, \.contact)
        // All is written; the rest is the call's.
        if let answered = key.subject { return answered }
        let request = AssistantRequest(
            callID: try key.inherited("id", .callID, \.request.callID), callType: callType,
            caller: try key.inherited("from", .party, \.request.caller),
            called: try key.inherited("to", .party, \.request.called),
            calledName: try key.inherited("called_name", .text, \.request.calledName), dialect: dialect)
        let reasoning = RecordedReasoning(
            words: words, steps: steps, lookups: try key.inherited("lookups", .lookups, \.lookups),
            contact: contact)
        return Answered(
            request: request, body: body,
            decision: Decision(
                id: decision, by: try key.inherited("by", .decider, \.decision.by), kind: kind, lineName: lineName,
                isTagged: isTagged, reasoning: reasoning),
            reply: reply, receivedAt: receivedAt, microseconds: microseconds)
    }
}

/// One thing that a decision considered.
enum StepDocument: Document {
    typealias Subject = Step

    static func fields<Coder: FieldCoder<Step>>(_ key: inout Coder) throws(Coder.Failure) -> Step {
        Step(
            what: try key("what", .text, \.what), held: try key("held", .flag, \.held),
            why: try key("why", .text, \.why),
            isUndetermined: try key("undetermined", .mark, \.isUndetermined))
    }
}

/// What a call would get that has not happened.
package enum ExplanationDocument {
    /// Whose rules and overrides decided.
    package enum Source: String, CaseIterable, Sendable {
        /// Those that a running server uses at the moment.
        case server
        /// A rules file, without any override.
        case file
    }

    package static func document(
        answer: [UInt8], by: Decider, until: String?, steps: [Step], source: Source = .server
    ) -> JSONDocument {
        var object = ObjectWriter(surface: .export)
        object.add("answer", JSONReader.read(answer) ?? .null)
        Form<Decider>.decider.write(by, "by", &object)
        object.add("until", until)
        object.addList("steps", steps) { StepDocument.write($0, into: &$1) }
        object.add("source", source.rawValue)
        return object.document
    }
}

/// An explanation that a server sent, for printing.
package struct ReceivedExplanation: Sendable {
    /// The answer as JSON.
    package let answer: String
    package let by: String
    package let until: String?
    package let steps: [Step]

    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        let object = try ObjectReader(bytes)
        var answer: [UInt8] = []
        JSONWriter.append(object.value("answer") ?? .null, to: &answer)
        self.answer = String(decoding: answer, as: UTF8.self)
        by = try object.text("by")
        until = try object.optionalText("until")
        steps = try Form.list(StepDocument.self).read("steps", object)
    }
}

extension Form where Value == [Step] {
    /// Steps that are left out where there are none.
    static var lookups: Self {
        Form(
            write: { lookups, key, object in
                if !lookups.isEmpty { object.addList(key, lookups) { StepDocument.write($0, into: &$1) } }
            },
            read: Form.laterList(StepDocument.self).read)
    }
}

extension Form where Value == UInt64? {
    /// Milliseconds with three decimals, made of microseconds.
    static var latency: Self {
        Form(
            write: { microseconds, key, object in
                guard let microseconds else { return object.add(key, .null) }
                object.add(key, milliseconds: microseconds)
            },
            read: { _, _ in nil })
    }
}

extension Form where Value == Answered? {
    /// The answer as JSON; null where it is not JSON.
    static var answer: Self {
        Form(
            write: { answered, key, object in
                if object.surface == .attach {
                    let value = answered.flatMap { JSONReader.read($0.reply) }
                    object.add(key, value.flatMap { $0.depth <= deepest ? $0 : nil } ?? .null)
                } else if let reply = answered?.reply, isObject(reply) {
                    object.add(key, onOneLine: reply)
                } else {
                    object.add(key, .null)
                }
            },
            read: { _, _ in nil })
    }

    /// A document is read to a depth of 64, and the answer is a few levels down in it.
    private static var deepest: Int { 56 }

    /// Whether an answer, as it went out, can be part of a JSON line: answers are JSON when they are compiled.
    private static func isObject(_ reply: [UInt8]) -> Bool {
        guard reply.first == UInt8(ascii: "{"), reply.last == UInt8(ascii: "}") else { return false }
        do {
            _ = try UTF8Span(validating: reply.span)
            return true
        } catch {
            return false
        }
    }
}

extension JSONValue {
    /// How deep values are nested, this one included.
    fileprivate var depth: Int {
        switch self {
        case .null, .bool, .number, .string: 1
        case .array(let items): 1 + (items.map(\.depth).max() ?? 0)
        case .object(let members): 1 + (members.map(\.value.depth).max() ?? 0)
        }
    }
}

extension Form where Value == Decider {
    /// `by` and, except in lines for scripts, the arm: only with it is it known which part of `by` is the rule's name.
    static var decider: Self {
        Form(
            write: { decider, key, object in
                object.add(key, decider.description)
                if object.surface == .attach, case .arm(let arm, ofRule: _) = decider { object.add("arm", arm) }
            },
            read: { key, object throws(DocumentProblem) in
                let arm = try object.optionalText("arm")
                guard let decider = Decider(try object.text(key), arm: arm) else {
                    throw object.problem(key, "must be a decider, such as `rule NAME` or `otherwise`")
                }
                return decider
            })
    }
}

extension Form where Value == Decider? {
    static var decider: Self {
        Form(
            write: { decider, key, object in
                guard let decider else { return object.add(key, .null) }
                Form<Decider>.decider.write(decider, key, &object)
            },
            read: { key, object throws(DocumentProblem) in
                object.value(key) == nil ? nil : try Form<Decider>.decider.read(key, object)
            })
    }
}

extension Decider {
    /// Reads a decider as `description` writes it.
    fileprivate init?(_ text: String, arm: String?) {
        if let arm {
            guard let name = text.after("rule ")?.before("/\(arm)") else { return nil }
            self = .arm(arm, ofRule: name)
        } else if let name = text.after("rule ") {
            self = .rule(name)
        } else if let name = text.after("override ") {
            guard let scope = Scope(name) else { return nil }
            self = .override(scope)
        } else if let name = text.after("hours ") {
            self = .hours(name)
        } else {
            guard
                let word = [Self.block, .unknownLine, .noNumber, .otherwise, .deadline].first(where: {
                    $0.description == text
                })
            else {
                return nil
            }
            self = word
        }
    }
}

extension String {
    /// What follows a prefix, byte by byte: a name may begin with a combining character, which joins the one before it.
    func after(_ beginning: String) -> String? {
        guard utf8.starts(with: beginning.utf8) else { return nil }
        return String(decoding: utf8.dropFirst(beginning.utf8.count), as: UTF8.self)
    }

    /// What precedes a suffix, byte by byte.
    func before(_ end: String) -> String? {
        guard utf8.count >= end.utf8.count, utf8.suffix(end.utf8.count).elementsEqual(end.utf8) else { return nil }
        return String(decoding: utf8.dropLast(end.utf8.count), as: UTF8.self)
    }
}

extension Form where Value == Dialect {
    static var dialect: Self {
        Form(
            write: { $2.add($1, word($0)) },
            read: { key, object throws(DocumentProblem) in
                let text = try object.text(key)
                guard let dialect = Dialect.allCases.first(where: { word($0) == text }) else {
                    throw object.problem(key, "must be \(Dialect.allCases.map(word).joined(separator: " or "))")
                }
                return dialect
            })
    }

    private static func word(_ dialect: Dialect) -> String {
        switch dialect {
        case .snakeCase: "snake_case"
        case .camelCase: "camelCase"
        }
    }
}
