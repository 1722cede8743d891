// SPDX-License-Identifier: Apache-2.0

package import Calls
package import JSON

/// What is wrong with a document, and where in it.
package struct DocumentProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path to the value, such as `overrides[2].until`; empty for the whole document.
    package let place: String
    /// What is wrong, such as `must be a string`.
    package let problem: String

    package init(at place: String, _ problem: String) {
        self.place = place
        self.problem = problem
    }

    package var description: String { place.isEmpty ? problem : "\(place) \(problem)" }
}

/// Typed access to the keys of a JSON object; errors name the path of the bad value.
package struct ObjectReader {
    private let members: [JSONValue.Member]
    private let place: String
    /// The object that this one is a field of, or none; a list, since a struct cannot contain itself.
    private let surrounding: [ObjectReader]

    /// Reads the object that the bytes contain.
    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        guard let document = JSONReader.read(bytes) else { throw DocumentProblem(at: "", "this is not a JSON object") }
        try self.init(document, at: "")
    }

    package init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        try self.init(value, at: place, within: [])
    }

    private init(
        _ value: JSONValue, at place: String, within surrounding: [ObjectReader]
    ) throws(DocumentProblem) {
        guard case .object(let members) = value else { throw DocumentProblem(at: place, "must be an object") }
        self.members = members
        self.place = place
        self.surrounding = surrounding
    }

    /// The object that this one is a field of, if it was read from there.
    var parent: ObjectReader? { surrounding.first }

    /// Rejects unknown keys, so that a typing error is not silently ignored.
    package func allow(only keys: [String]) throws(DocumentProblem) {
        for member in members where !keys.contains(member.key) {
            throw problem(member.key, "is not a known key; known are \(keys.joined(separator: ", "))")
        }
    }

    /// The value of a key; `nil` where it is absent or null.
    package func value(_ key: String) -> JSONValue? {
        guard let value = members.last(where: { $0.key == key })?.value, value != .null else { return nil }
        return value
    }

    /// The value of a required key.
    package func required(_ key: String) throws(DocumentProblem) -> JSONValue {
        guard let value = value(key) else { throw problem(key, "is missing") }
        return value
    }

    /// What is wrong with the value of a key.
    package func problem(_ key: String, _ words: String) -> DocumentProblem {
        DocumentProblem(at: path(key), words)
    }

    /// The path of a key.
    package func path(_ key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }
}

extension ObjectReader {
    package func text(_ key: String) throws(DocumentProblem) -> String {
        guard case .string(let text) = try required(key) else { throw problem(key, "must be a string") }
        return text
    }

    package func optionalText(_ key: String) throws(DocumentProblem) -> String? {
        value(key) == nil ? nil : try text(key)
    }

    /// One of the words of an enum.
    package func choice<Word: RawRepresentable & CaseIterable>(
        _ key: String, as type: Word.Type = Word.self
    ) throws(DocumentProblem) -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: try text(key)) else {
            throw problem(key, "must be one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return word
    }

    /// A moment as ISO 8601 with a zone.
    package func instant(_ key: String) throws(DocumentProblem) -> Instant {
        guard let instant = Instant(iso8601: try text(key)) else {
            throw problem(key, "must be a time with a zone, such as 2026-07-01T17:30:00+02:00")
        }
        return instant
    }

    package func optionalInstant(_ key: String) throws(DocumentProblem) -> Instant? {
        value(key) == nil ? nil : try instant(key)
    }

    /// Bytes as `ObjectWriter.add(_:bytes:)` writes them; `nil` if neither key is there.
    func optionalBytes(_ key: String) throws(DocumentProblem) -> [UInt8]? {
        if let text = try optionalText(key) { return Array(text.utf8) }
        let encoded = key + ObjectWriter.base64
        guard let text = try optionalText(encoded) else { return nil }
        guard let bytes = Base64.bytes(text) else { throw problem(encoded, "must be Base64") }
        return bytes
    }

    func bytes(_ key: String) throws(DocumentProblem) -> [UInt8] {
        guard let bytes = try optionalBytes(key) else { throw problem(key, "is missing") }
        return bytes
    }

    /// A flag; `false` where it is absent.
    package func flag(_ key: String) throws(DocumentProblem) -> Bool {
        guard let value = value(key) else { return false }
        guard case .bool(let flag) = value else { throw problem(key, "must be true or false") }
        return flag
    }
}

extension ObjectReader {
    /// Far more than any server gets to, and far from where incrementing would overflow.
    static let most = 1 << 53

    package func integer(_ key: String) throws(DocumentProblem) -> Int {
        guard case .number(let text) = try required(key), let number = Int(text) ?? Self.whole(text) else {
            throw problem(key, "must be an integer")
        }
        return number
    }

    /// An integer that is written as some languages write their numbers, such as `60.0` or `6e1`.
    private static func whole(_ text: String) -> Int? {
        guard let number = Double(text), abs(number) <= Double(most) else { return nil }
        return Int(exactly: number)
    }

    package func optionalInteger(_ key: String) throws(DocumentProblem) -> Int? {
        value(key) == nil ? nil : try integer(key)
    }

    /// An integer that counts something, and can be incremented without overflow.
    package func count(_ key: String, from least: Int = 0) throws(DocumentProblem) -> Int {
        let number = try integer(key)
        guard number >= least else { throw problem(key, "must be \(least) or more") }
        guard number <= Self.most else { throw problem(key, "is too large") }
        return number
    }

    /// A place in a log, or a time in microseconds.
    package func place(_ key: String) throws(DocumentProblem) -> UInt64 {
        UInt64(try count(key))
    }

    package func optionalPlace(_ key: String) throws(DocumentProblem) -> UInt64? {
        value(key) == nil ? nil : try place(key)
    }

    /// All keys, where each has a count.
    package func counts(from least: Int = 0) throws(DocumentProblem) -> [String: Int] {
        var counts: [String: Int] = [:]
        for member in members { counts[member.key] = try count(member.key, from: least) }
        return counts
    }
}

extension ObjectReader {
    package func object(_ key: String) throws(DocumentProblem) -> ObjectReader {
        try ObjectReader(try required(key), at: path(key), within: [self])
    }

    package func optionalObject(_ key: String) throws(DocumentProblem) -> ObjectReader? {
        value(key) == nil ? nil : try object(key)
    }

    /// The values of a list; `read` gets each with its path.
    package func list<Item>(
        _ key: String, _ read: (JSONValue, String) throws(DocumentProblem) -> Item
    ) throws(DocumentProblem) -> [Item] {
        guard case .array(let values) = try required(key) else { throw problem(key, "must be a list") }
        var items: [Item] = []
        for (index, value) in values.enumerated() { items.append(try read(value, "\(path(key))[\(index)]")) }
        return items
    }

    /// A list of objects.
    func objects<Item>(
        _ key: String, _ read: (ObjectReader) throws(DocumentProblem) -> Item
    ) throws(DocumentProblem) -> [Item] {
        try list(key) { value, place throws(DocumentProblem) in
            try read(try ObjectReader(value, at: place, within: [self]))
        }
    }

    /// A list of strings.
    package func texts(_ key: String) throws(DocumentProblem) -> [String] {
        try list(key) { value, place throws(DocumentProblem) in
            guard let text = value.string else { throw DocumentProblem(at: place, "must be a string") }
            return text
        }
    }
}
