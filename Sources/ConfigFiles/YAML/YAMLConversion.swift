// SPDX-License-Identifier: Apache-2.0

import Yams

/// Turns the parser's nodes into ours, within bounds, and reports keys that stand twice.
struct YAMLConversion {
    let names: DuplicateKeys
    var findings: Diagnostics
    private var count = 0
    /// Aliases can make a small file large, so what counts is what they expand to.
    private static let nodeLimit = 400_000
    private static let depthLimit = 64

    init(names: DuplicateKeys, findings: Diagnostics) {
        self.names = names
        self.findings = findings
    }

    /// Returns the node, or `nil` when it goes beyond the bounds.
    mutating func node(_ node: Node, depth: Int) -> YAMLNode? {
        let position = YAMLDocument.position(node.mark)
        guard hasRoom(depth: depth, at: position) else { return nil }
        switch node {
        case .scalar(let scalar):
            // The tag of the scalar itself: `node.tag` would fill in what the parser makes of it.
            checkTag(scalar.tag.rawValue, at: position)
            let isPlain = scalar.style == .plain && scalar.tag.rawValue.isEmpty
            return YAMLNode(position: position, content: .scalar(scalar.string, isPlain: isPlain))
        case .sequence(let sequence):
            checkTag(sequence.tag.rawValue, at: position)
            var items: [YAMLNode] = []
            for item in sequence {
                guard let item = self.node(item, depth: depth + 1) else { return nil }
                items.append(item)
            }
            return YAMLNode(position: position, content: .sequence(items))
        case .mapping(let mapping):
            checkTag(mapping.tag.rawValue, at: position)
            return entries(mapping, depth: depth).map { YAMLNode(position: position, content: .mapping($0)) }
        case .alias:
            // The parser puts the node itself where an alias stands.
            return nil
        }
    }

    private mutating func entries(_ mapping: Node.Mapping, depth: Int) -> [YAMLNode.Entry]? {
        var entries: [YAMLNode.Entry] = []
        var lines: [String: Int] = [:]
        for (key, value) in mapping {
            let position = YAMLDocument.position(key.mark)
            guard let value = node(value, depth: depth + 1) else { return nil }
            guard let text = key.scalar?.string else {
                findings.error("a key must be a text; put a value that begins with {{ in quotes", at: position)
                continue
            }
            let name = names.name(of: text)
            if let line = lines[name] {
                findings.error("`\(name)` stands twice in this block, first in line \(line); keep one", at: position)
            }
            lines[name] = lines[name] ?? position.line
            entries.append(YAMLNode.Entry(key: name, keyPosition: position, value: value.placed(behind: position)))
        }
        return entries
    }

    private mutating func hasRoom(depth: Int, at position: SourcePosition) -> Bool {
        count += 1
        if depth > Self.depthLimit {
            findings.error("this is nested deeper than \(Self.depthLimit) levels", at: position)
            return false
        }
        if count > Self.nodeLimit {
            findings.error(
                "the file has more than \(Self.nodeLimit) values once its aliases are expanded", at: position)
            return false
        }
        return true
    }

    private mutating func checkTag(_ tag: String, at position: SourcePosition) {
        let known = ["", "!", "str", "seq", "map"].map { $0.count > 1 ? "tag:yaml.org,2002:" + $0 : $0 }
        guard !known.contains(tag) else { return }
        findings.error(
            "tags such as `!name` are not used here; write the value alone, quoted if it is a text", at: position)
    }
}

extension YAMLNode {
    /// The node, or at its key when nothing stands there: the parser puts such a value where the next thing begins.
    fileprivate func placed(behind key: SourcePosition) -> YAMLNode {
        content == .scalar("", isPlain: true) ? YAMLNode(position: key, content: content) : self
    }
}
