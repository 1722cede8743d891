// SPDX-License-Identifier: Apache-2.0

package import JSON
package import Calls

/// The keys of a JSON object, read by what they must be; what is wrong is told with its place.
package struct ObjectReader {
    private let members: [JSONValue.Member]
    private let place: String

    /// Reads the object that bytes hold.
    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        guard let document = JSONReader.read(bytes) else { throw DocumentProblem(at: "", "this is not a JSON object") }
        try self.init(document, at: "")
    }

    package init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        guard case .object(let members) = value else { throw DocumentProblem(at: place, "must be an object") }
        self.members = members
        self.place = place
    }

    /// Refuses keys that nobody reads, so that a slip of the pen is not a silent default.
    package func allow(only keys: [String]) throws(DocumentProblem) {
        for member in members where !keys.contains(member.key) {
            throw problem(member.key, "is not known; there are \(keys.joined(separator: ", "))")
        }
    }

    /// The value of a key; `nil` where it is absent or null.
    package func value(_ key: String) -> JSONValue? {
        guard let value = members.last(where: { $0.key == key })?.value, value != .null else { return nil }
        return value
    }

    /// The value of a key that must be there.
    package func required(_ key: String) throws(DocumentProblem) -> JSONValue {
        guard let value = value(key) else { throw problem(key, "is missing") }
        return value
    }

    package func text(_ key: String) throws(DocumentProblem) -> String {
        guard case .string(let text) = try required(key) else { throw problem(key, "must be a text") }
        return text
    }

    package func optionalText(_ key: String) throws(DocumentProblem) -> String? {
        value(key) == nil ? nil : try text(key)
    }

    package func integer(_ key: String) throws(DocumentProblem) -> Int {
        guard case .number(let text) = try required(key), let number = Int(text) else {
            throw problem(key, "must be a whole number")
        }
        return number
    }

    package func optionalInteger(_ key: String) throws(DocumentProblem) -> Int? {
        value(key) == nil ? nil : try integer(key)
    }

    /// A flag; `false` where it is absent.
    package func flag(_ key: String) throws(DocumentProblem) -> Bool {
        guard let value = value(key) else { return false }
        guard case .bool(let flag) = value else { throw problem(key, "must be true or false") }
        return flag
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

    /// The object of a key.
    package func object(_ key: String) throws(DocumentProblem) -> ObjectReader {
        try ObjectReader(try required(key), at: path(key))
    }

    /// All keys, where each has a count.
    package func counts() throws(DocumentProblem) -> [String: Int] {
        var counts: [String: Int] = [:]
        for member in members { counts[member.key] = try count(member.key) }
        return counts
    }

    /// The values of a list, each read by a function that is told its place.
    package func list<Item>(
        _ key: String, _ read: (JSONValue, String) throws(DocumentProblem) -> Item
    ) throws(DocumentProblem) -> [Item] {
        guard case .array(let values) = try required(key) else { throw problem(key, "must be a list") }
        var items: [Item] = []
        for (index, value) in values.enumerated() { items.append(try read(value, "\(path(key))[\(index)]")) }
        return items
    }

    /// What is wrong with a key.
    package func problem(_ key: String, _ words: String) -> DocumentProblem {
        DocumentProblem(at: path(key), words)
    }

    /// The way to a key.
    package func path(_ key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }
}
