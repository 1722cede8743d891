// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls

/// How an assistant block begins: transient, or a saved assistant with overrides (contract, section 7).
enum AssistantOpening {
    /// The bytes up to the first key inside the block.
    static func bytes(assistantID: String?, dialect: Dialect) -> [UInt8] {
        guard let assistantID else { return Array("\"assistant\":{".utf8) }
        let (id, override) =
            switch dialect {
            case .snakeCase: ("assistant_id", "assistant_override")
            case .camelCase: ("assistantId", "assistantOverride")
            }
        var bytes = Array("\"\(id)\":".utf8)
        JSONWriter.append(string: assistantID, to: &bytes)
        bytes.append(contentsOf: ",\"\(override)\":{".utf8)
        return bytes
    }
}
