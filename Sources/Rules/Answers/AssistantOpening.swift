// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON

/// How an answer begins: with an assistant of its own, or a saved assistant with overrides (docs/platform.md, Answers).
enum AssistantOpening {
    /// The bytes up to the first key inside the block.
    static func bytes(assistantID: String?, dialect: Dialect) -> [UInt8] {
        guard let assistantID else { return Array("\"assistant\":{".utf8) }
        let override = key("assistant_override", dialect)
        return reference(assistantID: assistantID, dialect: dialect) + ",\"\(override)\":{".utf8
    }

    /// The bytes that name an assistant and change nothing about it; none without an id.
    static func reference(assistantID: String?, dialect: Dialect) -> [UInt8] {
        guard let assistantID else { return [] }
        var bytes = Array("\"\(key("assistant_id", dialect))\":".utf8)
        JSONWriter.append(string: assistantID, to: &bytes)
        return bytes
    }

    private static func key(_ name: String, _ dialect: Dialect) -> String {
        switch dialect {
        case .snakeCase: name
        case .camelCase: CamelCase.key(name)
        }
    }
}
