// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import JSON

/// Reads a contact out of the reply of a server.
enum ContactReply {
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
        let attributes = JSONAttributes(of: members) { Contact.key($0) }
        return attributes.areEmpty ? .unknown : .found(Contact(attributes: attributes.texts))
    }
}
