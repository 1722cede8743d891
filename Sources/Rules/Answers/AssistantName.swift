// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON

/// How an answer names a saved assistant by an id that may have placeholders.
enum AssistantName: Equatable, Sendable {
    /// The beginning of a block of overrides.
    case opening(TextTemplate)
    /// The id alone.
    case id(TextTemplate)

    var id: TextTemplate {
        switch self {
        case .opening(let id), .id(let id): id
        }
    }

    /// The bytes with the id filled in.
    func bytes(_ id: String, dialect: Dialect) -> [UInt8] {
        switch self {
        case .opening: AssistantOpening.bytes(assistantID: id, dialect: dialect)
        case .id: AssistantOpening.reference(assistantID: id, dialect: dialect)
        }
    }
}

/// How an answer begins: with an assistant of its own, or a saved assistant with overrides (docs/platform.md, Answers).
enum AssistantOpening {
    /// The bytes up to the first key inside the block.
    static func bytes(assistantID: String?, dialect: Dialect) -> [UInt8] {
        guard let assistantID else { return Array("\"assistant\":{".utf8) }
        let override =
            switch dialect {
            case .snakeCase: "assistant_override"
            case .camelCase: "assistantOverride"
            }
        return reference(assistantID: assistantID, dialect: dialect) + ",\"\(override)\":{".utf8
    }

    /// The bytes that name an assistant and change nothing about it; none without an id.
    static func reference(assistantID: String?, dialect: Dialect) -> [UInt8] {
        guard let assistantID else { return [] }
        let key =
            switch dialect {
            case .snakeCase: "assistant_id"
            case .camelCase: "assistantId"
            }
        var bytes = Array("\"\(key)\":".utf8)
        JSONWriter.append(string: assistantID, to: &bytes)
        return bytes
    }
}
