// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import JSON

/// Reads a contact out of the reply of a server.
enum ContactReply {
    /// Deeper objects are not read: an attribute has a name that somebody writes.
    private static let deepest = 8

    /// Some servers send the mark of UTF-8 before the text.
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The contact at a path such as `data.0.customer`; nothing there, or an object without any value, is an unknown caller.
    static func contact(in body: [UInt8], at path: [String]) -> ContactAnswer {
        let text = body.starts(with: byteOrderMark) ? Array(body.dropFirst(byteOrderMark.count)) : body
        guard let reply = JSONReader.readAny(text) else { return .failed("the reply is not JSON") }
        var value: JSONValue? = reply
        for step in path { value = value.flatMap { member(step, of: $0) } }
        let place = path.isEmpty ? "the reply" : "`\(path.joined(separator: "."))` in the reply"
        switch value {
        case .object(let members): return contact(members)
        case nil, .null: return .unknown
        // An empty list is what a search without a result returns.
        case .array(let items) where items.isEmpty && !path.isEmpty: return .unknown
        case .array: return .failed("\(place) is a list, not an object; name an item with `path`, such as 0")
        case .bool, .number, .string: return .failed("\(place) is not an object")
        }
    }

    /// A member of an object, or an item of a list by its index from 0.
    private static func member(_ step: String, of value: JSONValue) -> JSONValue? {
        switch value {
        case .object(let members): return members.first { $0.key == step }?.value
        case .array(let items):
            guard let index = Int(step), items.indices.contains(index) else { return nil }
            return items[index]
        case .null, .bool, .number, .string: return nil
        }
    }

    private static func contact(_ members: [JSONValue.Member]) -> ContactAnswer {
        var attributes = Attributes()
        attributes.add(members, under: "", depth: 1)
        return attributes.areEmpty ? .unknown : .found(Contact(attributes: attributes.texts))
    }

    private struct Attributes {
        private(set) var texts: [String: String] = [:]
        /// Whether there is no value but counts of empty lists.
        private(set) var areEmpty = true

        mutating func add(_ members: [JSONValue.Member], under prefix: String, depth: Int) {
            for member in members {
                let name = prefix + member.key
                switch member.value {
                case .string(let text), .number(let text): set(name, text, counts: !text.isEmpty)
                case .bool(let flag): set(name, flag ? "true" : "false", counts: true)
                case .array(let items): set(name + ".count", String(items.count), counts: !items.isEmpty)
                case .object(let inner):
                    if depth < ContactReply.deepest { add(inner, under: name + ".", depth: depth + 1) }
                case .null: break
                }
            }
        }

        /// Of two members with one name the first counts, in any case.
        private mutating func set(_ name: String, _ text: String, counts: Bool) {
            let key = Contact.key(name)
            guard texts[key] == nil else { return }
            texts[key] = text
            if counts { areEmpty = false }
        }
    }
}
