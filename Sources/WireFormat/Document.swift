// SPDX-License-Identifier: Apache-2.0

import JSON

/// A JSON object, described once: the list of its fields writes it and reads it.
protocol Document {
    associatedtype Subject

    /// Lists the fields in the order in which they are written, and makes the subject of their values.
    ///
    /// A writer takes the values from its subject, a reader from the JSON. A field that is not in the list exists in neither
    /// direction, and what a subject needs cannot be left out of the list.
    static func fields<Coder: FieldCoder<Subject>>(_ key: inout Coder) throws(Coder.Failure) -> Subject
}

/// What a list of fields is written or read with.
protocol FieldCoder<Subject> {
    associatedtype Subject
    associatedtype Failure: Error

    /// The subject that is written; `nil` while reading.
    var subject: Subject? { get }

    /// A field; surfaces other than the named ones do not have it.
    mutating func callAsFunction<Value>(
        _ key: String, _ form: Form<Value>, on surfaces: Surfaces, _ value: (Subject) -> Value
    ) throws(Failure) -> Value

    /// A field that is only written, because it follows from others.
    mutating func derived<Value>(
        _ key: String, _ form: Form<Value>, on surfaces: Surfaces, _ value: (Subject) -> Value)

    /// A field that the surrounding object has already; it is only read, from there.
    func inherited<Value>(_ key: String, _ form: Form<Value>, _ value: (Subject) -> Value) throws(Failure) -> Value
}

extension FieldCoder {
    mutating func callAsFunction<Value>(
        _ key: String, _ form: Form<Value>, _ value: (Subject) -> Value
    ) throws(Failure) -> Value {
        try self(key, form, on: .all, value)
    }

    mutating func derived<Value>(_ key: String, _ form: Form<Value>, _ value: (Subject) -> Value) {
        derived(key, form, on: .all, value)
    }
}

/// Where a document appears; only attached dashboards read it back.
struct Surfaces: OptionSet, Sendable {
    let rawValue: Int

    /// The control socket, for dashboards and scripts.
    static let attach = Surfaces(rawValue: 1)
    /// An exported session.
    static let export = Surfaces(rawValue: 2)
    /// The line on stdout for a call that was answered.
    static let answered = Surfaces(rawValue: 4)
    /// The line on stdout for a later webhook of a call.
    static let updated = Surfaces(rawValue: 8)
    static let all: Surfaces = [.attach, .export, .answered, .updated]
}

/// How one kind of value is written and read.
struct Form<Value> {
    /// Writes the value under a key, or under several, or not at all.
    let write: (Value, String, inout ObjectWriter) -> Void
    let read: (String, ObjectReader) throws(DocumentProblem) -> Value
}

extension Document {
    static func document(_ subject: Subject, on surface: Surfaces = .attach) -> JSONDocument {
        var object = ObjectWriter(surface: surface)
        write(subject, into: &object)
        return object.document
    }

    /// Writes the fields into an object that may have others.
    static func write(_ subject: Subject, into object: inout ObjectWriter) {
        var writer = FieldWriter(subject: subject, object: ObjectWriter(empty: object.surface))
        // Moved, since a copy of what was written so far would cost more than the field.
        swap(&writer.object, &object)
        _ = fields(&writer)
        swap(&writer.object, &object)
    }

    static func read(_ object: ObjectReader) throws(DocumentProblem) -> Subject {
        var reader = FieldReader<Subject>(object: object)
        return try fields(&reader)
    }

    static func read(_ bytes: [UInt8]) throws(DocumentProblem) -> Subject {
        try read(ObjectReader(bytes))
    }

    static func read(_ value: JSONValue, at place: String) throws(DocumentProblem) -> Subject {
        try read(ObjectReader(value, at: place))
    }
}

private struct FieldWriter<Subject>: FieldCoder {
    typealias Failure = Never

    var object: ObjectWriter
    private let source: Subject
    var subject: Subject? { source }

    init(subject: Subject, object: ObjectWriter) {
        self.object = object
        source = subject
    }

    mutating func callAsFunction<Value>(
        _ key: String, _ form: Form<Value>, on surfaces: Surfaces, _ value: (Subject) -> Value
    ) -> Value {
        let value = value(source)
        if surfaces.contains(object.surface) { form.write(value, key, &object) }
        return value
    }

    mutating func derived<Value>(
        _ key: String, _ form: Form<Value>, on surfaces: Surfaces, _ value: (Subject) -> Value
    ) {
        if surfaces.contains(object.surface) { form.write(value(source), key, &object) }
    }

    func inherited<Value>(_ key: String, _ form: Form<Value>, _ value: (Subject) -> Value) -> Value { value(source) }
}

private struct FieldReader<Subject>: FieldCoder {
    typealias Failure = DocumentProblem

    let object: ObjectReader
    var subject: Subject? { nil }

    mutating func callAsFunction<Value>(
        _ key: String, _ form: Form<Value>, on surfaces: Surfaces, _ value: (Subject) -> Value
    ) throws(DocumentProblem) -> Value {
        try form.read(key, object)
    }

    mutating func derived<Value>(
        _ key: String, _ form: Form<Value>, on surfaces: Surfaces, _ value: (Subject) -> Value
    ) {}

    func inherited<Value>(
        _ key: String, _ form: Form<Value>, _ value: (Subject) -> Value
    ) throws(DocumentProblem) -> Value {
        try form.read(key, object.parent ?? object)
    }
}
