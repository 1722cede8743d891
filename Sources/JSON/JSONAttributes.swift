// SPDX-License-Identifier: Apache-2.0

/// The values of an object as texts by name, like a row of a table.
///
/// A value of an inner object is `owner.name`, a list is its length, `visits.count`; null members are left out.
package struct JSONAttributes: Equatable, Sendable {
    /// By the names as they are compared.
    package private(set) var texts: [String: String] = [:]
    /// Whether there is no value but empty texts and empty lists.
    package private(set) var areEmpty = true

    /// Deeper objects are not read: an attribute has a name that somebody writes.
    private static let deepest = 8
    /// Longer names, and more of them, are left out, so that what a server repeats in them cannot fill the memory.
    private static let longestName = 256
    private static let mostTexts = 1000

    /// Reads the members of an object; names are compared by their `key`, and of two that are equal the first counts.
    package init(of members: [JSONValue.Member], key: (String) -> String) {
        add(members, under: "", depth: 1, key)
    }

    private mutating func add(
        _ members: [JSONValue.Member], under prefix: String, depth: Int, _ key: (String) -> String
    ) {
        for member in members where prefix.utf8.count + member.key.utf8.count <= Self.longestName {
            let name = prefix + member.key
            switch member.value {
            case .string(let text), .number(let text): set(key(name), text, counts: !text.isEmpty)
            case .bool(let flag): set(key(name), flag ? "true" : "false", counts: true)
            case .array(let items): set(key(name + ".count"), String(items.count), counts: !items.isEmpty)
            case .object(let inner):
                if depth < Self.deepest { add(inner, under: name + ".", depth: depth + 1, key) }
            case .null: break
            }
        }
    }

    private mutating func set(_ key: String, _ text: String, counts: Bool) {
        guard texts[key] == nil, texts.count < Self.mostTexts else { return }
        texts[key] = text
        if counts { areEmpty = false }
    }
}
