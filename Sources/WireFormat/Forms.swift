// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON

// The forms that documents share; a form that one document needs is in its file.

extension Form where Value == String {
    static var text: Self {
        Form(write: { $2.add($1, $0) }, read: { key, object throws(DocumentProblem) in try object.text(key) })
    }
}

extension Form where Value == String? {
    static var text: Self {
        Form(write: { $2.add($1, $0) }, read: { key, object throws(DocumentProblem) in try object.optionalText(key) })
    }

    /// Left out where there is none.
    static var textIfAny: Self {
        Form(
            write: { text, key, object in
                if let text { object.add(key, text) }
            },
            read: { key, object throws(DocumentProblem) in try object.optionalText(key) })
    }
}

extension Form where Value == [String: Int] {
    /// Counts by name, in the order of the names.
    static func counts(from least: Int = 0) -> Self {
        Form(
            write: { counts, key, object in
                object.addObject(key) { object in
                    for (name, count) in counts.sorted(by: { $0.key < $1.key }) { object.add(name, .integer(count)) }
                }
            },
            read: { key, object throws(DocumentProblem) in try object.object(key).counts(from: least) })
    }
}

extension Form where Value == [String] {
    static var texts: Self {
        Form(
            write: { $2.add($1, .array($0.map(JSONValue.string))) },
            read: { key, object throws(DocumentProblem) in try object.texts(key) })
    }
}

extension Form where Value == Int {
    static var integer: Self {
        Form(
            write: { $2.add($1, .integer($0)) },
            read: { key, object throws(DocumentProblem) in try object.integer(key) })
    }

    /// Not negative.
    static var count: Self {
        Form(
            write: { $2.add($1, .integer($0)) }, read: { key, object throws(DocumentProblem) in try object.count(key) })
    }

    /// A count that older servers do not send; absent, it is 0.
    static var laterCount: Self {
        Form(
            write: { $2.add($1, .integer($0)) },
            read: { key, object throws(DocumentProblem) in object.value(key) == nil ? 0 : try object.count(key) })
    }

    /// A number from 1.
    static var ordinal: Self {
        Form(
            write: { $2.add($1, .integer($0)) },
            read: { key, object throws(DocumentProblem) in try object.count(key, from: 1) })
    }
}

extension Form where Value == Int? {
    static var integer: Self {
        Form(
            write: { $2.add($1, $0.map { .integer($0) } ?? .null) },
            read: { key, object throws(DocumentProblem) in try object.optionalInteger(key) })
    }
}

extension Form where Value == UInt64 {
    /// A place in a log, or a time in microseconds.
    static var place: Self {
        Form(
            write: { $2.add($1, .integer($0)) }, read: { key, object throws(DocumentProblem) in try object.place(key) })
    }
}

extension Form where Value == UInt64? {
    static var place: Self {
        Form(
            write: { $2.add($1, $0.map { .integer($0) } ?? .null) },
            read: { key, object throws(DocumentProblem) in try object.optionalPlace(key) })
    }
}

extension Form where Value == Bool {
    static var flag: Self {
        Form(write: { $2.add($1, .bool($0)) }, read: { key, object throws(DocumentProblem) in try object.flag(key) })
    }

    /// A flag that is only written where it is set.
    static var mark: Self {
        Form(
            write: { if $0 { $2.add($1, .bool(true)) } },
            read: { key, object throws(DocumentProblem) in try object.flag(key) })
    }
}

extension Form where Value == Instant {
    /// To the microsecond.
    static var time: Self {
        Form(
            write: { $2.add($1, $0, isExact: true) },
            read: { key, object throws(DocumentProblem) in try object.instant(key) })
    }

    static var milliseconds: Self {
        Form(
            write: { $2.add($1, $0) }, read: { key, object throws(DocumentProblem) in try object.instant(key) })
    }

    /// To the microsecond for dashboards, which read it back, and to the millisecond elsewhere.
    static var callTime: Self {
        Form(
            write: { $2.add($1, $0, isExact: $2.surface == .attach) },
            read: { key, object throws(DocumentProblem) in try object.instant(key) })
    }
}

extension Form where Value == Instant? {
    static var time: Self {
        Form(
            write: { $2.add($1, $0?.iso8601Exact) },
            read: { key, object throws(DocumentProblem) in try object.optionalInstant(key) })
    }

    static var milliseconds: Self {
        Form(
            write: { $2.add($1, $0?.iso8601) },
            read: { key, object throws(DocumentProblem) in try object.optionalInstant(key) })
    }
}

extension Form where Value == [UInt8] {
    static var bytes: Self {
        Form(write: { $2.add($1, bytes: $0) }, read: { key, object throws(DocumentProblem) in try object.bytes(key) })
    }
}

extension Form where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    static var choice: Self {
        Form(
            write: { $2.add($1, $0.rawValue) }, read: { key, object throws(DocumentProblem) in try object.choice(key) })
    }
}

extension Form {
    static func object<Body: Document>(_: Body.Type) -> Self where Value == Body.Subject {
        Form(
            write: { value, key, object in object.addObject(key) { Body.write(value, into: &$0) } },
            read: { key, object throws(DocumentProblem) in try Body.read(try object.object(key)) })
    }

    static func object<Body: Document>(_: Body.Type) -> Self where Value == Body.Subject? {
        Form(
            write: { value, key, object in
                guard let value else { return object.add(key, .null) }
                object.addObject(key) { Body.write(value, into: &$0) }
            },
            read: { key, object throws(DocumentProblem) in
                guard let body = try object.optionalObject(key) else { return nil }
                return try Body.read(body)
            })
    }

    /// An object that is left out where there is none, as it is by older servers.
    static func laterObject<Body: Document>(_ body: Body.Type) -> Self where Value == Body.Subject? {
        let object = Form<Body.Subject?>.object(body)
        return Form(
            write: { value, key, written in if value != nil { object.write(value, key, &written) } }, read: object.read)
    }

    /// The fields of an object in place of one field; the key is that of the first.
    static func inPlace<Body: Document>(_: Body.Type) -> Self where Value == Body.Subject {
        Form(
            write: { value, _, object in Body.write(value, into: &object) },
            read: { _, object throws(DocumentProblem) in try Body.read(object) })
    }

    static func list<Body: Document>(_: Body.Type) -> Self where Value == [Body.Subject] {
        Form(
            write: { value, key, object in object.addList(key, value) { Body.write($0, into: &$1) } },
            read: { key, object throws(DocumentProblem) in
                try object.objects(key) { object throws(DocumentProblem) in try Body.read(object) }
            })
    }
}

extension Form {
    /// A list that older servers do not send; it is empty then.
    static func laterList<Body: Document>(_ body: Body.Type) -> Self where Value == [Body.Subject] {
        let list = Form<[Body.Subject]>.list(body)
        return Form(
            write: list.write,
            read: { key, object throws(DocumentProblem) in
                object.value(key) == nil ? [] : try list.read(key, object)
            })
    }
}
