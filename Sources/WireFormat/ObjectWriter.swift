// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON

/// Writes a JSON object key by key.
struct ObjectWriter {
    let surface: Surfaces
    private var bytes = [UInt8(ascii: "{")]
    private var isEmpty = true

    init(surface: Surfaces = .attach) {
        self.surface = surface
    }

    /// The finished object.
    var document: JSONDocument { JSONDocument(bytes: bytes + [UInt8(ascii: "}")]) }

    mutating func add(_ key: String, _ value: JSONValue) {
        begin(key)
        JSONWriter.append(value, to: &bytes)
    }

    mutating func add(_ key: String, _ text: String?) {
        add(key, text.map(JSONValue.string) ?? .null)
    }

    /// Adds finished JSON.
    mutating func add(_ key: String, json: [UInt8]) {
        begin(key)
        bytes += json
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
