// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls

/// An object that is written key by key, so that finished JSON can go in as it is.
struct JSONObject {
    private var body: [UInt8] = []

    init() {}

    /// Creates the object of an event.
    init(event: String, at instant: Instant, _ fill: (inout JSONObject) -> Void) {
        add("event", event)
        add("at", instant.iso8601)
        fill(&self)
    }

    var bytes: [UInt8] { [UInt8(ascii: "{")] + body + [UInt8(ascii: "}")] }

    mutating func add(_ key: String, _ text: String?) {
        add(key, text.map(JSONValue.string) ?? .null)
    }

    mutating func add(_ key: String, _ value: JSONValue) {
        add(json: key, value.bytes)
    }

    /// Adds a number by its JSON text.
    mutating func add(number key: String, _ text: String?) {
        add(key, text.map(JSONValue.number) ?? .null)
    }

    /// Adds a finished document, or `null`.
    mutating func add(json key: String, _ json: [UInt8]?) {
        if !body.isEmpty { body.append(UInt8(ascii: ",")) }
        JSONWriter.append(string: key, to: &body)
        body.append(UInt8(ascii: ":"))
        body += json ?? Array("null".utf8)
    }
}
