// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// Warns of tools that the platform would not know, or could not use.
    mutating func checkTools(_ node: YAMLNode) {
        for tool in node.items ?? [] {
            guard let fields = MappingReader.of(tool) else {
                findings.warning(
                    .wrongType, "a tool must be a mapping, found \(tool.kindInWords)", at: tool.position)
                continue
            }
            checkTool(fields)
        }
    }

    private mutating func checkTool(_ tool: MappingReader) {
        guard let type = tool["type"] else {
            if tool["name"] == nil, tool["function"] == nil {
                findings.warning(.missingKey, "a tool needs `type` or `name`", at: tool.position)
            }
            return
        }
        guard let name = type.scalarText, !name.contains("{{") else { return }
        guard PlatformKeys.toolTypes.contains(name) else {
            let folded = Suggestion.folded(name)
            let meant = PlatformKeys.toolTypes.first { Suggestion.folded($0) == folded }
            findings.warning(
                .unknownWord,
                "the platform names no tool `\(name)`"
                    + (meant.map { "; did you mean `\($0)`?" }
                        ?? Suggestion.words(for: name, among: PlatformKeys.toolTypes)),
                at: type.position)
            return
        }
        if name == "transfer_call" { checkDestinations(tool) }
        if name == "function" { checkFunction(tool) }
    }

    private mutating func checkDestinations(_ tool: MappingReader) {
        guard let list = tool["destinations"], let items = list.items, !items.isEmpty else {
            findings.warning(
                .missingKey, "`transfer_call` has no `destinations`, so nobody can be reached by it", at: tool.position)
            return
        }
        for item in items {
            guard let fields = MappingReader.of(item) else { continue }
            checkKeys(fields.entries, of: "a destination", among: PlatformKeys.destination)
            guard let number = fields["number"], let text = number.scalarText, !text.contains("{{") else { continue }
            if plan.number(spelled: text, country: nil) == nil, !text.hasPrefix("sip:") {
                let meant = plan.number(spelled: text, country: country)
                findings.warning(
                    .notANumber,
                    "a destination needs the whole number with its country code"
                        + (meant.map { "; write \"\($0)\"" } ?? ", such as \"+31201234567\""), at: number.position)
            }
        }
    }

    private mutating func checkFunction(_ tool: MappingReader) {
        if let function = tool["function"]?.entries {
            checkKeys(function, of: "`function`", among: PlatformKeys.function)
        } else if tool["name"] == nil {
            findings.warning(.missingKey, "a tool of the type function needs `function` or `name`", at: tool.position)
        }
        if let server = tool["server"]?.entries { checkKeys(server, of: "`server`", among: PlatformKeys.server) }
    }
}
