// SPDX-License-Identifier: Apache-2.0

import Screen

extension ThemeReader {
    /// The names of the roles, and the shorter names that several roles fall back to.
    static let roleNames: Set<String> = Role.allCases.reduce(into: []) { names, role in
        let parts = role.rawValue.split(separator: ".")
        for count in 1...parts.count { names.insert(parts.prefix(count).joined(separator: ".")) }
    }

    mutating func roles(_ node: YAMLNode) -> [String: RoleStyle] {
        guard let entries = findings.mapping(node, of: "`roles`") else { return [:] }
        var roles: [String: RoleStyle] = [:]
        for entry in entries {
            if entry.key == "latency", entry.value.items != nil {
                roles.merge(latency(entry.value)) { own, _ in own }
                continue
            }
            guard ThemeReader.roleNames.contains(entry.key) else {
                let hint = Suggestion.hint(for: entry.key, among: ThemeReader.roleNames.sorted())
                findings.warning(.unknownRole, "unknown role `\(entry.key)`\(hint)", at: entry.keyPosition)
                continue
            }
            if let style = style(entry.value, of: entry.key) { roles[entry.key] = style }
        }
        return roles
    }

    /// Reads two or three colours: fast, optionally slow, and late.
    mutating func latency(_ node: YAMLNode) -> [String: RoleStyle] {
        guard let items = node.items, (2...3).contains(items.count) else {
            findings.error(.wrongType, "`latency` must be a list of two or three colours", at: node.position)
            return [:]
        }
        let stops = [items[0], items[items.count - 2], items[items.count - 1]]
        var roles: [String: RoleStyle] = [:]
        for (role, stop) in zip([Role.fast, .slow, .late], stops) {
            if let color = paint(stop, of: "`latency`") { roles[role.rawValue] = RoleStyle(color) }
        }
        return roles
    }

    /// Reads one role; wrong values fall back to the parent's.
    private mutating func style(_ node: YAMLNode, of role: String) -> RoleStyle? {
        guard let entries = node.entries else {
            return paint(node, of: "`\(role)`").map { RoleStyle($0) }
        }
        let values = values(entries, knowing: ["fg", "bg", "attr", "mono"], in: "the role `\(role)`")
        let inherited = parent.roles[role]
        var style = RoleStyle()
        if let node = values["fg"] { style.foreground = paint(node, of: "`fg`") ?? inherited?.foreground }
        if let node = values["bg"] { style.background = paint(node, of: "`bg`") ?? inherited?.background }
        if let node = values["attr"] { style.attributes = attributes(node) ?? inherited?.attributes ?? [] }
        if let node = values["mono"] { style.mono = attributes(node) ?? inherited?.mono }
        return style
    }

    private mutating func attributes(_ node: YAMLNode) -> Style.Attributes? {
        var attributes: Style.Attributes = []
        for item in node.oneOrMore {
            guard let name = item.scalarText, let attribute = Style.Attributes.names[name] else {
                let hint = Suggestion.hint(for: item.scalarText ?? "", among: Style.Attributes.names.keys.sorted())
                findings.error(.invalidAttribute, "unknown attribute \(item.described)\(hint)", at: item.position)
                return nil
            }
            attributes.insert(attribute)
        }
        return attributes
    }
}
