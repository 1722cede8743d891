// SPDX-License-Identifier: Apache-2.0

package import Calls
package import JSON
package import Overrides

/// An override as outputs have it; `by` names the operator in parts.
typealias OverrideDocument = OverrideFields<OperatorDocument>

/// The fields of an override; `By` has those of its operator.
enum OverrideFields<By: Document>: Document where By.Subject == Operator {
    typealias Subject = Override

    static func fields<Coder: FieldCoder<Override>>(_ key: inout Coder) throws(Coder.Failure) -> Override {
        let id = try key("id", .integer, \.id)
        let kind = try key("kind", .overrideKind, \.kind)
        let scope = try key("scope", .scope, \.scope)
        key.derived("text", .text, \.kind.text)
        let reason = try key("reason", .reason, \.reason)
        key.derived("who", .text, \.who.description)
        let since = try key("since", .milliseconds, \.since)
        let until = try key("until", .milliseconds, \.until)
        let who = try key("by", .object(By.self), \.who)
        return Override(id: id, kind: kind, scope: scope, reason: reason, who: who, since: since, until: until)
    }
}

/// Who did something.
enum OperatorDocument: Document {
    typealias Subject = Operator

    static func fields<Coder: FieldCoder<Operator>>(_ key: inout Coder) throws(Coder.Failure) -> Operator {
        Operator(
            user: try key("user", .text, \.user), terminal: try key("terminal", .text, \.terminal),
            host: try key("host", .text, \.host), account: try key("uid", .account, \.account))
    }
}

extension Form where Value == Operator.Account? {
    /// The number of the account, and its name under `account`; absent for what was done before it was recorded.
    static var account: Self {
        Form(
            write: { account, key, object in
                guard let account else { return }
                object.add(key, .integer(Int(account.uid)))
                object.add("account", account.name)
            },
            read: { key, object throws(DocumentProblem) in
                guard let uid = try object.optionalInteger(key) else { return nil }
                guard let uid = UInt32(exactly: uid) else {
                    throw object.problem(key, "must be the number of an account")
                }
                return Operator.Account(uid: uid, name: try object.optionalText("account"))
            })
    }
}

/// The overrides in force: those on lines and those on callers.
package enum OverrideList {
    package static func document(_ overrides: [Override], callers: [CallerOverride]) -> JSONDocument {
        var object = ObjectWriter()
        Form.list(OverrideDocument.self).write(overrides, "overrides", &object)
        Form.list(CallerDocument.self).write(callers, "callers", &object)
        return object.document
    }

    package static func read(_ bytes: [UInt8]) throws(DocumentProblem) -> [Override] {
        try Form.list(OverrideDocument.self).read("overrides", ObjectReader(bytes))
    }

    /// Reads those on callers; one whose number was forgotten is left out.
    static func readCallers(_ bytes: [UInt8]) throws(DocumentProblem) -> [CallerOverride] {
        let object = try ObjectReader(bytes)
        guard object.value("callers") != nil else { return [] }
        let read = try object.objects("callers") { object throws(DocumentProblem) -> CallerOverride? in
            guard PhoneNumber(callerScope: try object.text("scope")) != nil else { return nil }
            return try CallerDocument.read(object)
        }
        return read.compactMap(\.self)
    }
}

extension Override {
    package var document: JSONDocument { OverrideDocument.document(self) }

    package init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        self = try OverrideDocument.read(value, at: place)
    }
}

extension Override.Kind {
    /// Reads `kind`, and the text that belongs to it from a key.
    init(_ object: ObjectReader, textIn key: String = "text") throws(DocumentProblem) {
        switch try object.text("kind") {
        case "closed": self = .closed(says: try object.text(key))
        case "inform": self = .inform(says: try object.text(key))
        case "open": self = .forcedOpen
        case "greeting": self = .greeting(try object.text(key))
        default:
            throw object.problem("kind", "must be closed, inform, open or greeting; of a caller blocked or allowed")
        }
    }
}

extension Form where Value == Override.Kind {
    static var overrideKind: Self {
        Form(write: { $2.add($1, $0.word) }, read: { key, object throws(DocumentProblem) in try Override.Kind(object) })
    }
}

extension Form where Value == String {
    /// A reason; an absent one is empty.
    static var reason: Self {
        Form(
            write: { $2.add($1, $0) },
            read: { key, object throws(DocumentProblem) in try object.optionalText(key) ?? "" })
    }
}

extension Scope {
    /// Reads a scope as `description` writes it: `all`, `group NAME` or `line NUMBER`.
    package init?(_ text: String) {
        if text == "all" {
            self = .all
        } else if let name = text.after("group "), !name.isEmpty {
            self = .group(name)
        } else if let number = text.after("line ").flatMap({ PhoneNumber($0) }) {
            self = .line(number)
        } else {
            return nil
        }
    }

    init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        guard let scope = value.string.flatMap({ Scope($0) }) else {
            throw DocumentProblem(at: place, "must be `all`, `group NAME` or `line +NUMBER`")
        }
        self = scope
    }
}

extension Form where Value == Scope {
    static var scope: Self {
        Form(
            write: { $2.add($1, $0.description) },
            read: { key, object throws(DocumentProblem) in try Scope(try object.required(key), at: object.path(key)) })
    }
}

extension Form where Value == [Scope] {
    static var scopes: Self {
        Form(
            write: { $2.add($1, .array($0.map { .string($0.description) })) },
            read: { key, object throws(DocumentProblem) in try object.list(key, Scope.init) })
    }
}
