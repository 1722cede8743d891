// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls

extension JSONValue {
    /// The same document with the keys of every object in order, so that two that say the same are equal.
    var sorted: JSONValue {
        switch self {
        case .null, .bool, .number, .string: self
        case .array(let items): .array(items.map(\.sorted))
        case .object(let members):
            .object(members.map { Member($0.key, $0.value.sorted) }.sorted { $0.key < $1.key })
        }
    }

    /// The same answer without our tag, and without the metadata that held nothing else.
    var untagged: JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(
            members.map { member in
                ["assistant", "assistant_override"].contains(member.key)
                    ? Member(member.key, member.value.withoutTag) : member
            })
    }

    private var withoutTag: JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(
            members.compactMap { member in
                guard member.key == "metadata", case .object(let entries) = member.value else { return member }
                let own = entries.filter { $0.key != "switchboard" }
                return own.isEmpty ? nil : Member("metadata", .object(own))
            })
    }
}
