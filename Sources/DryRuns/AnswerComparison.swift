// SPDX-License-Identifier: Apache-2.0

import JSON

/// Compares answers as callers and the platform see them.
package enum AnswerComparison {
    /// Whether two answers are the same but for our tag.
    package static func areSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard let first = JSONReader.read(one), let second = JSONReader.read(other) else { return one == other }
        return first.comparable == second.comparable
    }
}

extension JSONValue {
    /// What is compared of an answer.
    var comparable: JSONValue { untagged.sorted }

    /// The same document with sorted keys, so that documents with the same content are equal.
    private var sorted: JSONValue {
        switch self {
        case .null, .bool, .number, .string: self
        case .array(let items): .array(items.map(\.sorted))
        case .object(let members):
            .object(members.map { Member($0.key, $0.value.sorted) }.sorted { $0.key < $1.key })
        }
    }

    /// The same answer without our tag, and without metadata that contains nothing else.
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
