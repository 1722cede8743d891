// SPDX-License-Identifier: Apache-2.0

package import Screen

/// The settings of an operator's dashboards, as their file has them; what it leaves out is `nil` or empty.
package struct SettingsFile: Equatable, Sendable {
    package internal(set) var theme: String?
    package internal(set) var mouse: Bool?
    package internal(set) var alarm: String?
    package internal(set) var keys: [KeyBinding] = []
    package internal(set) var columns: [String] = []
    package internal(set) var sort: String?
    /// Names and what they filter for, in the order of the file.
    package internal(set) var filters: [Filter] = []
    private let path: String

    init(path: String) {
        self.path = path
    }

    /// A command and the keys that it gets.
    package struct KeyBinding: Equatable, Sendable {
        package let command: String
        package let keys: [Key]
        let position: SourcePosition
        let keyPositions: [SourcePosition]
    }

    /// A filter with a name.
    package struct Filter: Equatable, Sendable {
        package let name: String
        package let text: String
        let position: SourcePosition
    }

    /// A finding about a filter that cannot be read.
    package func finding(filter: Int, _ message: String) -> Diagnostic? {
        guard filters.indices.contains(filter) else { return nil }
        return Diagnostic(.error, .badFilter, file: path, at: filters[filter].position, message)
    }

    /// A finding about a binding, or about one of its keys.
    package func finding(
        _ severity: Diagnostic.Severity, _ code: Diagnostic.Code, binding: Int, key: Int?, _ message: String
    ) -> Diagnostic? {
        guard keys.indices.contains(binding) else { return nil }
        let places = keys[binding].keyPositions
        let position = key.flatMap { places.indices.contains($0) ? places[$0] : nil } ?? keys[binding].position
        return Diagnostic(severity, code, file: path, at: position, message)
    }
}

extension SettingsFile {
    /// Reads the file.
    ///
    /// A wrong value is a finding and is left out; there are always settings. `alarms` are the words of `alarm`, `columns` the
    /// names of columns.
    package static func read(
        _ bytes: [UInt8], path: String, alarms: [String], columns: [String]
    ) -> (settings: SettingsFile, findings: [Diagnostic]) {
        var reader = SettingsReader(path: path, alarms: alarms, columns: columns)
        reader.read(bytes)
        return (reader.settings, reader.findings.sorted)
    }
}

/// Reads one file of settings.
private struct SettingsReader {
    var settings: SettingsFile
    var findings: Diagnostics
    let alarms: [String]
    let columns: [String]

    private static let byteLimit = 64 * 1024
    private static let known = ["theme", "mouse", "alarm", "keys", "columns", "sort", "filters"]

    init(path: String, alarms: [String], columns: [String]) {
        self.columns = columns
        settings = SettingsFile(path: path)
        findings = Diagnostics(file: path)
        self.alarms = alarms
    }

    mutating func read(_ bytes: [UInt8]) {
        guard bytes.count <= Self.byteLimit else {
            return findings.error(.fileTooLarge, "the file is larger than 64 KiB", at: .start)
        }
        // Only comments, or nothing: nothing is set.
        guard let text = SourceText.decode(bytes, into: &findings), !text.isWithoutSettings else { return }
        guard let root = YAMLDocument.read(text, into: &findings) else { return }
        for entry in findings.mapping(root, of: "the settings") ?? [] { read(entry) }
    }

    private mutating func read(_ entry: YAMLNode.Entry) {
        let node = entry.value
        switch entry.key {
        case "theme": settings.theme = findings.text(node, of: "`theme`")
        case "mouse": settings.mouse = findings.flag(node, of: "`mouse`")
        case "alarm": readAlarm(node)
        case "keys": for entry in findings.mapping(node, of: "`keys`") ?? [] { readKeys(entry) }
        case "columns":
            settings.columns = node.oneOrMore.compactMap { readColumn($0, of: "a column") }
        case "sort": settings.sort = readColumn(node, of: "`sort`")
        case "filters":
            for entry in findings.mapping(node, of: "`filters`") ?? [] {
                guard let text = findings.text(entry.value, of: "`\(entry.key)`") else { continue }
                settings.filters.append(
                    SettingsFile.Filter(name: entry.key, text: text, position: entry.value.position))
            }
        default:
            let hint = Suggestion.words(for: entry.key, among: Self.known)
            findings.error(.unknownKey, "unknown key `\(entry.key)`\(hint)", at: entry.keyPosition)
        }
    }

    /// Reads the name of a column, before which a minus sign may stand.
    private mutating func readColumn(_ node: YAMLNode, of what: String) -> String? {
        guard let text = findings.text(node, of: what) else { return nil }
        let name = String(text.drop { $0 == "-" })
        guard columns.contains(name) else {
            findings.error(
                .unknownWord, "no column `\(name)`\(Suggestion.words(for: name, among: columns))", at: node.position)
            return nil
        }
        return text
    }

    private mutating func readAlarm(_ node: YAMLNode) {
        guard let word = node.scalarText, alarms.contains(word) else {
            let words = alarms.joined(separator: ", ")
            return findings.error(
                .unknownWord, "`alarm` must be one of \(words), found \(node.described)", at: node.position)
        }
        settings.alarm = word
    }

    private mutating func readKeys(_ entry: YAMLNode.Entry) {
        var keys: [Key] = []
        var places: [SourcePosition] = []
        for node in entry.value.oneOrMore {
            guard let name = node.scalarText, !node.isNull || name == "~" else {
                findings.error(
                    .emptyValue, "`\(entry.key)` needs the name of a key, or [] for no key; quote # and ~",
                    at: node.position)
                return
            }
            guard let key = Key(named: name) else {
                let hint = Suggestion.hint(for: name, among: Key.names)
                findings.error(
                    .unknownKeyName,
                    "there is no key `\(name)`\(hint.isEmpty ? "; examples: x, ^X, F5, PgDn, Space" : hint)",
                    at: node.position)
                continue
            }
            keys.append(key)
            places.append(node.position)
        }
        // A list of which nothing is left was not meant to take the keys away.
        guard !keys.isEmpty || entry.value.items?.isEmpty == true else { return }
        settings.keys.append(
            SettingsFile.KeyBinding(
                command: entry.key, keys: keys, position: entry.keyPosition, keyPositions: places))
    }
}

extension String {
    /// Whether no line has anything but a comment.
    fileprivate var isWithoutSettings: Bool {
        split(whereSeparator: \.isNewline).allSatisfy { line in
            let text = line.drop(while: \.isWhitespace)
            return text.isEmpty || text.hasPrefix("#")
        }
    }
}
