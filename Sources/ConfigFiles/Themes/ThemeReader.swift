// SPDX-License-Identifier: Apache-2.0

import Screen

/// Reads one theme file whose parent is known.
///
/// An unknown key is a warning. A wrong value is an error, and the parent's value is kept.
struct ThemeReader {
    var findings: Diagnostics
    let parent: Theme
    /// The palette as the roles may use it: the file's own, then the parent's.
    var palette: [String: RoleStyle.Paint] = [:]

    static let byteLimit = 64 * 1024
    static let schema = 1

    init(findings: Diagnostics, parent: Theme) {
        self.findings = findings
        self.parent = parent
    }

    /// The root of a theme file, or `nil` when the file as a whole cannot be used.
    static func root(of bytes: [UInt8], into findings: inout Diagnostics) -> YAMLNode? {
        guard bytes.count <= byteLimit else {
            findings.error(.fileTooLarge, "the file is larger than 64 KiB; is it a theme?", at: .start)
            return nil
        }
        guard let text = SourceText.decode(bytes, into: &findings), let root = YAMLDocument.read(text, into: &findings)
        else { return nil }
        guard let entries = findings.mapping(root, of: "a theme") else { return nil }
        guard let node = entries.first(where: { $0.key == "schema" })?.value else {
            findings.warning(.missingKey, "`schema: \(schema)` is missing", at: root.position)
            return root
        }
        guard case .number(let text) = YAMLScalar(node), text == String(schema) else {
            findings.error(
                .unsupportedVersion, "`schema` must be \(schema), found \(node.described)", at: node.position)
            return nil
        }
        return root
    }

    /// The theme; whatever it leaves out comes from its parent.
    mutating func theme(_ root: YAMLNode, id: String) -> Theme {
        let known = [
            "schema", "name", "appearance", "inherits", "author", "license", "palette", "roles", "latency", "glyphs",
        ]
        let entries = values(root.entries ?? [], knowing: known, in: "a theme")
        var theme = Theme(id: id, name: id, appearance: parent.appearance)
        if let node = entries["name"], let text = findings.text(node, of: "`name`") {
            theme.name = CleanText.clean(text)
        }
        if let node = entries["appearance"], let appearance = appearance(node) { theme.appearance = appearance }
        if let node = entries["palette"] { theme.palette = ownPalette(node) }
        palette = parent.palette.merging(theme.palette) { _, own in own }
        checkPalette(theme.palette, at: entries["palette"])
        if let node = entries["roles"] { theme.roles = roles(node) }
        if let node = entries["latency"] { theme.roles.merge(latency(node)) { role, _ in role } }
        if let node = entries["glyphs"] { theme.glyphs = glyphs(node) }
        return theme.inheriting(from: parent)
    }
}

extension ThemeReader {
    /// The values by their keys; each unknown key is a warning.
    mutating func values(_ entries: [YAMLNode.Entry], knowing known: [String], in what: String) -> [String: YAMLNode] {
        for entry in entries where !known.contains(entry.key) {
            let hint = Suggestion.hint(for: entry.key, among: known)
            findings.warning(.unknownKey, "unknown key `\(entry.key)` in \(what)\(hint)", at: entry.keyPosition)
        }
        return Dictionary(entries.map { ($0.key, $0.value) }) { first, _ in first }
    }

    private mutating func appearance(_ node: YAMLNode) -> Theme.Appearance? {
        let appearance = node.scalarText.flatMap(Theme.Appearance.init(rawValue:))
        if appearance == nil {
            findings.error(
                .unknownWord, "`appearance` must be dark, light or any, found \(node.described)", at: node.position)
        }
        return appearance
    }

    private mutating func glyphs(_ node: YAMLNode) -> GlyphChoice {
        guard let entries = node.entries else {
            if node.scalarText == "auto" { return GlyphChoice() }
            let set = node.scalarText.flatMap(GlyphChoice.GlyphSet.init(rawValue:))
            if set == nil {
                findings.error(
                    .unknownWord, "`glyphs` must be auto, unicode or ascii, found \(node.described)",
                    at: node.position)
            }
            return GlyphChoice(set: set)
        }
        var choice = GlyphChoice()
        var probe = Glyphs.unicode
        for (name, value) in values(entries, knowing: Glyphs.replaceable, in: "`glyphs`")
        where Glyphs.replaceable.contains(name) {
            if let sign = value.scalarText, probe.replace(name, with: sign) {
                choice.own[name] = sign
            } else {
                findings.error(
                    .invalidGlyph, "`\(name)` must be a single character, one column wide", at: value.position)
            }
        }
        return choice
    }
}
