// SPDX-License-Identifier: Apache-2.0

import Yams

/// Reads a YAML file into nodes with positions.
struct YAMLDocument {
    private let text: String
    /// The number of the file among the findings.
    private let file: Int

    /// Returns the root node, or reports why there is none; `file` is the number of the file among the findings.
    static func read(_ text: String, file: Int = 0, into findings: inout Diagnostics) -> YAMLNode? {
        YAMLDocument(text: text, file: file).read(into: &findings)
    }

    private func read(into findings: inout Diagnostics) -> YAMLNode? {
        var source = DuplicateKeys(text)
        while true {
            do {
                guard let root = try Parser(yaml: source.text, resolver: .basic).singleRoot() else {
                    findings.error(.emptyFile, "the file is empty", at: .start(of: file))
                    return nil
                }
                return convert(root, names: source, into: &findings)
            } catch let error as YamlError {
                if case .duplicatedKeysInMapping(_, let context) = error,
                    source.rename(at: Self.position(context.mark, file: file))
                {
                    continue
                }
                report(error, into: &findings)
                return nil
            } catch {
                findings.error(.yamlSyntax, "the file cannot be read as YAML", at: .start(of: file))
                return nil
            }
        }
    }

    private func convert(_ root: Node, names: DuplicateKeys, into findings: inout Diagnostics) -> YAMLNode? {
        var conversion = YAMLConversion(names: names, file: file, findings: findings)
        let node = conversion.node(root, depth: 0)
        findings = conversion.findings
        return node
    }

    static func position(_ mark: Mark?, file: Int) -> SourcePosition {
        mark.map { SourcePosition(file: file, line: $0.line, column: $0.column) } ?? .start(of: file)
    }

    private func report(_ error: YamlError, into findings: inout Diagnostics) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let position = Self.position(mark, file: file)
            findings.error(.yamlSyntax, "invalid YAML: \(problem)\(Self.advice(for: problem))", at: position)
            for odd in OddCharacter.causes(ofErrorOnLine: position.line, in: text) {
                findings.error(
                    .oddCharacter, odd.advice, at: SourcePosition(file: file, line: odd.line, column: odd.column))
            }
        case .reader(let problem, let offset, _, let text):
            findings.error(.yamlSyntax, "invalid YAML: \(problem)", at: position(offset: offset ?? 0, in: text))
        case .duplicatedKeysInMapping(let keys, let context):
            let key = keys.first ?? ""
            findings.error(.duplicateKey, "duplicate key `\(key)`", at: Self.position(context.mark, file: file))
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            findings.error(.yamlSyntax, "the file cannot be read as YAML", at: .start(of: file))
        }
    }

    /// Returns advice for the most common mistakes.
    private static func advice(for problem: String) -> String {
        switch problem {
        case "found character that cannot start any token":
            "; indent with spaces, not tabs, and quote a string that begins with @ ` % or a tab"
        case "mapping values are not allowed in this context":
            "; check the indentation, and quote a string that contains `: `"
        case "did not find expected key", "did not find expected '-' indicator":
            "; check the indentation of this line and the ones above it"
        case "did not find expected ',' or '}'", "did not find expected ',' or ']'":
            "; close the bracket above, and quote a string that contains a bracket, a comma or ` #`, which starts a comment"
        case "found undefined alias":
            "; an alias needs its anchor (&NAME) above it in the same file; quote a string that begins with *"
        case "could not find expected ':'": "; a key is missing its colon, or the indentation is off"
        case "found unexpected end of stream": "; a quote or bracket is not closed"
        default: ""
        }
    }

    private func position(offset: Int, in text: String) -> SourcePosition {
        var line = 1
        var column = 1
        for character in text.prefix(offset) {
            if character.isNewline { (line, column) = (line + 1, 1) } else { column += 1 }
        }
        return SourcePosition(file: file, line: line, column: column)
    }
}

/// Turns the parser's nodes into ours, within bounds, and reports duplicate keys.
private struct YAMLConversion {
    private let names: DuplicateKeys
    private let file: Int
    private(set) var findings: Diagnostics
    private var count = 0
    /// The most values after expansion, since aliases can make a small file large; without them, a value takes at least
    /// two bytes of the file.
    private let nodeLimit: Int
    private static let depthLimit = 64

    init(names: DuplicateKeys, file: Int, findings: Diagnostics) {
        self.names = names
        self.file = file
        self.findings = findings
        nodeLimit = max(400_000, names.text.utf8.count / 2)
    }

    /// Returns the node, or `nil` when it exceeds the bounds.
    mutating func node(_ node: Node, depth: Int) -> YAMLNode? {
        let position = YAMLDocument.position(node.mark, file: file)
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
            // The parser replaces aliases by their nodes.
            return nil
        }
    }

    private mutating func entries(_ mapping: Node.Mapping, depth: Int) -> [YAMLNode.Entry]? {
        var entries: [YAMLNode.Entry] = []
        var merged: [YAMLNode.Entry] = []
        var lines: [String: Int] = [:]
        for (key, value) in mapping {
            let position = YAMLDocument.position(key.mark, file: file)
            guard let value = node(value, depth: depth + 1) else { return nil }
            if let scalar = key.scalar, scalar.string == "<<", scalar.style == .plain {
                merged += mergedEntries(value)
                continue
            }
            guard let text = key.scalar?.string else {
                findings.error(
                    .keyNotString, "a key must be a string; put a value that begins with {{ in quotes", at: position)
                continue
            }
            let name = names.name(of: text)
            if let line = lines[name] {
                findings.error(.duplicateKey, "duplicate key `\(name)` (first on line \(line))", at: position)
            }
            lines[name] = lines[name] ?? position.line
            entries.append(YAMLNode.Entry(key: name, keyPosition: position, value: value.placed(after: position)))
        }
        // What is merged never replaces what is written, and of several mappings the first counts.
        for entry in merged where lines[entry.key] == nil {
            lines[entry.key] = entry.keyPosition.line
            entries.append(entry)
        }
        return entries
    }

    /// The entries that a merge key `<<` adds: those of a mapping, or of each in a list.
    private mutating func mergedEntries(_ node: YAMLNode) -> [YAMLNode.Entry] {
        node.oneOrMore.flatMap { source -> [YAMLNode.Entry] in
            if let entries = source.entries { return entries }
            findings.error(
                .wrongType,
                "`<<` needs a mapping, such as an alias *NAME, or a list of them, found \(source.described)",
                at: source.position)
            return []
        }
    }

    private mutating func hasRoom(depth: Int, at position: SourcePosition) -> Bool {
        count += 1
        if depth > Self.depthLimit {
            findings.error(.tooDeep, "nested deeper than \(Self.depthLimit) levels", at: position)
            return false
        }
        if count > nodeLimit {
            findings.error(
                .tooManyValues, "more than \(nodeLimit) values after expanding aliases", at: position)
            return false
        }
        return true
    }

    private static let knownTags: Set = [
        "", "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map",
    ]

    private mutating func checkTag(_ tag: String, at position: SourcePosition) {
        guard !Self.knownTags.contains(tag) else { return }
        findings.error(
            .yamlTag, "tags such as `!name` are not supported; write the value alone, in quotes if it is a string",
            at: position)
    }
}

extension YAMLNode {
    /// The node, moved to its key when it is empty: the parser gives an empty value the position of the next token.
    fileprivate func placed(after key: SourcePosition) -> YAMLNode {
        content == .scalar("", isPlain: true) ? YAMLNode(position: key, content: content) : self
    }
}

/// A YAML text in which duplicate keys are renamed, so that the parser goes on.
///
/// Yams stops at the first duplicate key, cannot be asked not to, and hands out no parser events; this makes such a key
/// one finding among the others instead of the only one. One letter of it is replaced by a letter of the private use
/// area, which keeps every column, and `name(of:)` restores it.
private struct DuplicateKeys {
    private(set) var text: String
    private var originals: [Unicode.Scalar: Unicode.Scalar] = [:]
    private static let firstStandIn: UInt32 = 0xE000
    /// More duplicate keys than this are not a typo, and each costs a pass over the file.
    private static let limit = 20

    init(_ text: String) {
        self.text = text
    }

    /// Renames the key at a position; `false` when that would change the meaning of the text.
    mutating func rename(at position: SourcePosition) -> Bool {
        guard originals.count < Self.limit,
            let standIn = Unicode.Scalar(Self.firstStandIn + UInt32(originals.count)),
            !text.unicodeScalars.contains(standIn), var index = index(of: position)
        else { return false }
        var scalars = text.unicodeScalars
        if index < scalars.endIndex, scalars[index] == "\"" || scalars[index] == "'" {
            scalars.formIndex(after: &index)
        }
        guard index < scalars.endIndex, scalars[index].properties.isAlphabetic || isDigit(scalars[index]) else {
            return false
        }
        originals[standIn] = scalars[index]
        scalars.replaceSubrange(index...index, with: CollectionOfOne(standIn))
        text = String(scalars)
        return true
    }

    /// Returns a key as the file has it.
    func name(of key: String) -> String {
        guard let first = key.unicodeScalars.first, let original = originals[first] else { return key }
        return String(original) + String(key.unicodeScalars.dropFirst())
    }

    private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) || scalar == "+" }

    private func index(of position: SourcePosition) -> String.Index? {
        let scalars = text.unicodeScalars
        var line = 1
        var index = scalars.startIndex
        while line < position.line {
            guard index < scalars.endIndex else { return nil }
            if SourceText.endsLine(scalars[index]) { line += 1 }
            scalars.formIndex(after: &index)
        }
        return scalars.index(index, offsetBy: position.column - 1, limitedBy: scalars.endIndex)
    }
}
