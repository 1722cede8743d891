// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls

extension JSONValue {
    /// The keys of an object.
    var keys: Set<String>? {
        if case .object(let members) = self { Set(members.map(\.key)) } else { nil }
    }

    /// What a JSON pointer without escapes leads to.
    func value(at pointer: String) -> JSONValue? {
        pointer.split(separator: "/").reduce(Optional(self)) { $0?.member(String($1)) }
    }

    private func member(_ step: String) -> JSONValue? {
        guard case .array(let items) = self else { return self[step] }
        return Int(step).flatMap { items.dropFirst($0).first }
    }

    /// The pointers of all schemas that take no key but their own.
    func closedBlocks(at pointer: String) -> [String] {
        switch self {
        case .object(let members):
            (self["additionalProperties"] == .bool(false) ? [pointer] : [])
                + members.flatMap { $0.value.closedBlocks(at: "\(pointer)/\($0.key)") }
        case .array(let items):
            items.enumerated().flatMap { $1.closedBlocks(at: "\(pointer)/\($0)") }
        case .null, .bool, .number, .string: []
        }
    }
}
