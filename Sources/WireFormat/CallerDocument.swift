// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON
import Overrides

/// An override on a caller as outputs have it, with the keys of the other overrides.
typealias CallerDocument = CallerFields<OperatorDocument>

/// The fields of an override on a caller; `By` has those of its operator.
enum CallerFields<By: Document>: Document where By.Subject == Operator {
    typealias Subject = CallerOverride

    static func fields<Coder: FieldCoder<CallerOverride>>(_ key: inout Coder) throws(Coder.Failure) -> CallerOverride {
        let id = try key("id", .integer, \.id)
        let kind = try key("kind", .callerKind, \.kind)
        let caller = try key("scope", .caller, \.caller)
        key.derived("text", .text, \.kind.text)
        let reason = try key("reason", .reason, \.reason)
        key.derived("who", .text, \.who.description)
        let since = try key("since", .milliseconds, \.since)
        let until = try key("until", .milliseconds, \.until)
        let who = try key("by", .object(By.self), \.who)
        return CallerOverride(
            id: id, kind: kind, caller: caller, reason: reason, who: who, since: since, until: until)
    }
}

/// What a change did to callers.
enum CallerChangesDocument<By: Document>: Document where By.Subject == Operator {
    typealias Subject = CallerChanges

    static func fields<Coder: FieldCoder<CallerChanges>>(_ key: inout Coder) throws(Coder.Failure) -> CallerChanges {
        CallerChanges(
            begun: try key("begun", .list(CallerFields<By>.self), \.begun),
            ended: try key("ended", .list(CallerFields<By>.self), \.ended))
    }
}

extension Form where Value == CallerChanges {
    /// What a change did to callers; left out where that is nothing, as older versions do.
    static func callerChanges<By: Document>(_: By.Type) -> Self where By.Subject == Operator {
        Form(
            write: { changes, key, object in
                guard !changes.isEmpty else { return }
                object.addObject(key) { CallerChangesDocument<By>.write(changes, into: &$0) }
            },
            read: { key, object throws(DocumentProblem) in
                guard let changes = try object.optionalObject(key) else { return .none }
                return try CallerChangesDocument<By>.read(changes)
            })
    }
}

/// How many callers are blocked and allowed, and the newest.
private enum CallersStatusDocument: Document {
    typealias Subject = CallersStatus

    static func fields<Coder: FieldCoder<CallersStatus>>(_ key: inout Coder) throws(Coder.Failure) -> CallersStatus {
        CallersStatus(
            blocked: try key("blocked", .count, \.blocked), allowed: try key("allowed", .count, \.allowed),
            nextEnd: try key("next_end", .time, \.nextEnd),
            newest: try key("newest", .list(CallerDocument.self), \.newest))
    }
}

extension Form where Value == CallersStatus {
    /// None where a server does not send it, as older ones do not.
    static var callersStatus: Self {
        Form(
            write: { status, key, object in
                object.addObject(key) { CallersStatusDocument.write(status, into: &$0) }
            },
            read: { key, object throws(DocumentProblem) in
                guard let status = try object.optionalObject(key) else { return .none }
                return try CallersStatusDocument.read(status)
            })
    }
}

extension CallerOverride.Kind {
    /// Reads `kind`, and the text that belongs to it from a key.
    init(_ object: ObjectReader, textIn key: String = "text") throws(DocumentProblem) {
        switch try object.text("kind") {
        case "blocked": self = .blocked(says: try object.text(key))
        case "allowed": self = .allowed
        default: throw object.problem("kind", "must be blocked or allowed")
        }
    }
}

extension Form where Value == CallerOverride.Kind {
    static var callerKind: Self {
        Form(
            write: { $2.add($1, $0.word) },
            read: { key, object throws(DocumentProblem) in try CallerOverride.Kind(object) })
    }
}

extension PhoneNumber {
    /// Reads the scope of one caller as ``CallerOverride/scope`` writes it; a colon may take the place of the space.
    init?(callerScope text: String) {
        guard let number = (text.after("caller ") ?? text.after("caller:")).flatMap({ PhoneNumber($0) }) else {
            return nil
        }
        self = number
    }

    init(callerScope value: JSONValue, at place: String) throws(DocumentProblem) {
        guard let number = value.string.flatMap({ PhoneNumber(callerScope: $0) }) else {
            throw DocumentProblem(at: place, "must be `caller +NUMBER`")
        }
        self = number
    }
}

extension Form where Value == PhoneNumber {
    /// The scope of one caller.
    static var caller: Self {
        Form(
            write: { $2.add($1, CallerOverride.scope(of: $0)) },
            read: { key, object throws(DocumentProblem) in
                try PhoneNumber(callerScope: try object.required(key), at: object.path(key))
            })
    }
}
