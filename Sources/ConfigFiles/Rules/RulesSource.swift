// SPDX-License-Identifier: Apache-2.0

import Calls

/// A rules file together with the files that it includes.
struct RulesSource {
    /// One tree of all files.
    private(set) var root: YAMLNode
    /// The files as they are written, by `SourcePosition.file`.
    private(set) var files: [File]
    /// Whether every included file could be read.
    private(set) var isComplete = true

    struct File {
        let text: String
        let root: YAMLNode
    }

    /// The keys of an included file: what other parts refer to by name, in any order.
    static let includable = ["answers", "vars", "phrases", "hours", "holidays", "lines"]

    /// Reads the files that a rules file includes and adds what they contain; `files` reads a file by its path.
    static func read(
        _ root: YAMLNode, text: String, files: (String) -> FileReading, into findings: inout Diagnostics
    ) -> RulesSource {
        var source = RulesSource(root: root, files: [File(text: text, root: root)])
        guard let include = MappingReader.of(root)?["include"] else { return source }
        var paths: Set<String> = []
        for node in include.oneOrMore {
            guard let path = findings.text(node, of: "`include`") else { continue }
            guard paths.insert(path.hasPrefix("./") ? String(path.dropFirst(2)) : path).inserted else {
                findings.error(.duplicateName, "`\(path)` is included twice", at: node.position)
                continue
            }
            guard let file = readFile(path, named: node.position, files, into: &findings) else {
                source.isComplete = false
                continue
            }
            source.files.append(file)
            source.add(file, into: &findings)
        }
        return source
    }

    private static func readFile(
        _ path: String, named position: SourcePosition, _ files: (String) -> FileReading,
        into findings: inout Diagnostics
    ) -> File? {
        switch files(path) {
        case .unreadable(let problem):
            findings.error(.unreadableFile, "cannot read `\(path)`: \(problem)", at: position)
            return nil
        case .bytes(let bytes):
            let number = findings.add(file: path)
            guard let text = SourceText.decode(bytes, file: number, into: &findings),
                let root = YAMLDocument.read(text, file: number, into: &findings)
            else { return nil }
            return File(text: text, root: root)
        }
    }

    /// Adds the sections of an included file.
    private mutating func add(_ file: File, into findings: inout Diagnostics) {
        for section in findings.mapping(file.root, of: "an included file") ?? [] where !section.key.hasPrefix("x-") {
            guard Self.includable.contains(section.key) else {
                refuse(section, into: &findings)
                continue
            }
            add(section, into: &findings)
        }
    }

    private func refuse(_ section: YAMLNode.Entry, into findings: inout Diagnostics) {
        switch section.key {
        case "version":
            if YAMLScalar(section.value) != .number("1") {
                findings.error(.unsupportedVersion, "`version` must be 1", at: section.value.position)
            }
        case "include":
            findings.error(
                .nestedInclude, "an included file cannot include others; name them all in the rules file",
                at: section.keyPosition)
        default:
            let hint = Suggestion.words(for: section.key, among: Self.includable)
            let isKnown = RulesReader.sections.names.contains(section.key)
            let words = isKnown ? "`\(section.key)` cannot be in" : "unknown key `\(section.key)` in"
            findings.error(.unknownKey, "\(words) an included file\(hint)", at: section.keyPosition)
        }
    }

    /// Adds a section; names must not be in another file already.
    private mutating func add(_ section: YAMLNode.Entry, into findings: inout Diagnostics) {
        var sections = root.entries ?? []
        guard let place = sections.firstIndex(where: { $0.key == section.key }) else {
            sections.append(section)
            root = YAMLNode(position: root.position, content: .mapping(sections))
            return
        }
        let known = sections[place]
        let content: YAMLNode.Content
        switch (known.value.content, section.value.content) {
        case (.sequence(let items), .sequence(let more)): content = .sequence(items + more)
        case (.mapping(let entries), .mapping(let more)):
            content = .mapping(entries + more.filter { isNew($0, among: entries, into: &findings) })
        case (.mapping, _), (.sequence, _), (.scalar, _):
            let kind = known.value.kindInWords
            findings.error(
                .wrongType,
                "`\(section.key)` is \(section.value.kindInWords) here, but \(kind) in "
                    + findings.files[known.keyPosition.file],
                at: section.value.position)
            return
        }
        let value = YAMLNode(position: known.value.position, content: content)
        sections[place] = YAMLNode.Entry(key: known.key, keyPosition: known.keyPosition, value: value)
        root = YAMLNode(position: root.position, content: .mapping(sections))
    }

    private func isNew(
        _ entry: YAMLNode.Entry, among entries: [YAMLNode.Entry], into findings: inout Diagnostics
    ) -> Bool {
        guard let known = entries.first(where: { $0.key == entry.key }) else { return true }
        let place = "\(findings.files[known.keyPosition.file]), line \(known.keyPosition.line)"
        findings.error(.duplicateName, "`\(entry.key)` is in \(place), too; rename one", at: entry.keyPosition)
        return false
    }
}
