// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON

/// The spelling of the December 2025 dialect (docs/platform.md, Dialects): camel case, but for the three `_config` blocks.
enum CamelCase {
    /// Spells a key of the assistant.
    static func key(_ name: String) -> String {
        if name.hasSuffix("_config") { return name }
        let words = name.split(separator: "_")
        guard let first = words.first else { return name }
        return words.dropFirst().reduce(String(first)) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
    }

    /// Spells a key the way the rules file does.
    static func undone(_ key: String) -> String {
        key.reduce(into: "") { name, letter in
            name += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
        }
    }

    /// Spells the keys inside a block, as deep as they are the platform's own; a schema and the like stay as written.
    static func block(_ member: JSONTemplate.Member) -> JSONTemplate {
        switch member.key {
        case "analysis_plan": respelled(member.value, levels: 2)
        case "tts_config": respelled(member.value, levels: 1)
        default: member.value
        }
    }

    private static func respelled(_ template: JSONTemplate, levels: Int) -> JSONTemplate {
        guard levels > 0 else { return template }
        switch template {
        case .object(let members):
            return .object(members.map { .init(key($0.key), respelled($0.value, levels: levels - 1)) })
        case .fixed(.object(let members)):
            let templates = members.map { JSONTemplate.Member($0.key, .fixed($0.value)) }
            return respelled(.object(templates), levels: levels)
        case .fixed, .text, .array: return template
        }
    }
}
