// SPDX-License-Identifier: Apache-2.0

import Screen

extension ThemeReader {
    /// The colours that the file names; references between them are checked when all are known.
    mutating func ownPalette(_ node: YAMLNode) -> [String: RoleStyle.Paint] {
        guard let entries = findings.mapping(node, of: "`palette`") else { return [:] }
        var colors: [String: RoleStyle.Paint] = [:]
        for entry in entries {
            guard Color(entry.key) == nil else {
                findings.error(.reservedName, "`\(entry.key)` is already the name of a colour", at: entry.keyPosition)
                continue
            }
            colors[entry.key] = paint(entry.value, of: "`\(entry.key)`", checkingNames: false)
        }
        return colors
    }

    /// Reports references to colours that do not exist.
    mutating func checkPalette(_ own: [String: RoleStyle.Paint], at node: YAMLNode?) {
        for entry in node?.entries ?? [] {
            guard case .named(let name)? = own[entry.key] else { continue }
            checkColor(name, at: entry.value.position)
        }
    }

    /// Reads a colour or the name of one.
    mutating func paint(_ node: YAMLNode, of what: String, checkingNames: Bool = true) -> RoleStyle.Paint? {
        if let entries = node.entries { return color(entries, of: what).map { .color($0) } }
        guard !node.isNull, let text = node.scalarText else {
            if node.isNull {
                findings.error(
                    .emptyValue, "\(what) is empty; quote a colour that begins with #: \"#ff0000\"", at: node.position)
            } else {
                findings.error(.wrongType, "\(what) must be a colour, found \(node.kindInWords)", at: node.position)
            }
            return nil
        }
        if let color = Color(text) { return .color(color) }
        guard !text.hasPrefix("#"), !text.hasPrefix("x256:") else {
            findings.error(
                .invalidColor, "invalid colour `\(text)`; expected #rgb, #rrggbb or x256:0 to x256:255",
                at: node.position)
            return nil
        }
        if checkingNames, !checkColor(text, at: node.position) { return nil }
        return .named(text)
    }

    @discardableResult
    private mutating func checkColor(_ name: String, at position: SourcePosition) -> Bool {
        var paint: RoleStyle.Paint? = .named(name)
        for _ in 0...palette.count {
            guard case .named(let next)? = paint else { break }
            paint = palette[next]
        }
        if case .color? = paint { return true }
        let hint = Suggestion.hint(for: name, among: palette.keys.sorted() + Color.names + ["default"])
        findings.error(.unknownColor, "unknown colour `\(name)`\(hint)", at: position)
        return false
    }

    /// Reads the values of a colour for each depth.
    private mutating func color(_ entries: [YAMLNode.Entry], of what: String) -> Color? {
        let values = values(entries, knowing: ["rgb", "x256", "ansi"], in: "the colour \(what)")
        var color = Color()
        if let node = values["rgb"] {
            color.rgb = node.scalarText.flatMap { RGB($0) }
            if color.rgb == nil { wrong(node, "`rgb` must be \"#rgb\" or \"#rrggbb\", in quotes") }
        }
        if let node = values["x256"] {
            color.x256 = findings.whole(node, of: "`x256`", in: 0...255)
        }
        if let node = values["ansi"] {
            color.ansi = node.scalarText.flatMap(Color.ansiIndex)
            if color.ansi == nil {
                let hint = Suggestion.hint(for: node.scalarText ?? "", among: Color.names + ["default"])
                wrong(node, "`ansi` must be one of the sixteen colour names or default\(hint)")
            }
        }
        return color == Color() ? nil : color
    }

    private mutating func wrong(_ node: YAMLNode, _ problem: String) {
        findings.error(.invalidColor, "\(problem), found \(node.described)", at: node.position)
    }
}
