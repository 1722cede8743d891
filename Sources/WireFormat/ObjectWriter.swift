// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON

/// Writes a JSON object key by key.
struct ObjectWriter {
    let surface: Surfaces
    private var bytes: [UInt8]
    private var isEmpty = true

    /// Begins an object after other bytes, which may be a buffer with room.
    init(surface: Surfaces = .attach, after bytes: consuming [UInt8] = []) {
        self.surface = surface
        self.bytes = bytes
        self.bytes.append(UInt8(ascii: "{"))
    }

    /// A writer without an object, for the place of one that is used elsewhere.
    init(empty surface: Surfaces) {
        self.surface = surface
        bytes = []
    }

    /// The finished object.
    var document: JSONDocument { JSONDocument(bytes: bytes + [UInt8(ascii: "}")]) }

    /// Finishes the object and returns it with the bytes before it.
    consuming func finish() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    mutating func add(_ key: String, _ value: JSONValue) {
        begin(key)
        JSONWriter.append(value, to: &bytes)
    }

    mutating func add(_ key: String, _ text: String?) {
        begin(key)
        if let text { JSONWriter.append(string: text, to: &bytes) } else { JSONWriter.append(.null, to: &bytes) }
    }

    mutating func add(_ key: String, _ id: CallID) {
        begin(key)
        inQuotes { if !id.appendUUID(to: &$0) { JSONWriter.append(escaping: id.text, to: &$0) } }
    }

    /// Adds a number as it is sent; null where none was.
    mutating func add(_ key: String, _ party: Party) {
        guard case .number(let number) = party else { return add(key, party.wireText) }
        begin(key)
        inQuotes { bytes in
            bytes.append(UInt8(ascii: "+"))
            JSONWriter.append(number.digits, to: &bytes)
        }
    }

    /// Adds a moment in ISO 8601, to the millisecond or as exactly as it is.
    mutating func add(_ key: String, _ instant: Instant, isExact: Bool = false) {
        begin(key)
        inQuotes { instant.appendISO8601(to: &$0, isExact: isExact) }
    }

    /// Adds microseconds as milliseconds with three decimals.
    mutating func add(_ key: String, milliseconds microseconds: UInt64) {
        begin(key)
        JSONWriter.append(microseconds / 1000, to: &bytes)
        bytes.append(UInt8(ascii: "."))
        JSONWriter.append(microseconds % 1000, digits: 3, to: &bytes)
    }

    /// Adds JSON that was finished elsewhere, on one line: a line break in it is white space between tokens.
    mutating func add(_ key: String, onOneLine json: [UInt8]) {
        begin(key)
        let start = bytes.count
        bytes.append(contentsOf: json)
        for place in start..<bytes.count where bytes[place] < 0x20 { bytes[place] = 0x20 }
    }

    private mutating func inQuotes(_ fill: (inout [UInt8]) -> Void) {
        bytes.append(UInt8(ascii: "\""))
        fill(&bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Adds bytes as the text that they are, or as Base64 under a key of its own.
    mutating func add(_ key: String, bytes: [UInt8]) {
        if let text = String(validating: bytes, as: UTF8.self) { return add(key, text) }
        add(key + Self.base64, Base64.text(bytes))
    }

    /// What the key of bytes that are not text ends with.
    static let base64 = "_base64"

    mutating func addObject(_ key: String, _ fill: (inout ObjectWriter) -> Void) {
        begin(key)
        nested(fill)
    }

    /// Adds a list of objects.
    mutating func addList<Item>(_ key: String, _ items: [Item], _ fill: (Item, inout ObjectWriter) -> Void) {
        begin(key)
        bytes.append(UInt8(ascii: "["))
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            nested { fill(item, &$0) }
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func begin(_ key: String) {
        if !isEmpty { bytes.append(UInt8(ascii: ",")) }
        isEmpty = false
        JSONWriter.append(string: key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func nested(_ fill: (inout ObjectWriter) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        isEmpty = true
        fill(&self)
        isEmpty = false
        bytes.append(UInt8(ascii: "}"))
    }
}
