// SPDX-License-Identifier: Apache-2.0

package import Screen

/// The themes to choose from: those in files, and the built-in ones.
package struct ThemeLibrary: Sendable {
    /// The folders that are searched for files, in this order, before the built-in themes.
    private let folders: [String]
    private let read: @Sendable (String) -> [UInt8]?
    private let list: @Sendable (String) -> [String]

    /// Creates a library whose files are read by `read`, which returns `nil` where there is no file; `list` returns the names
    /// of the files in a folder.
    package init(
        folders: [String], read: @escaping @Sendable (String) -> [UInt8]?,
        list: @escaping @Sendable (String) -> [String] = { _ in [] }
    ) {
        self.folders = folders
        self.read = read
        self.list = list
    }

    /// A loaded theme; there is always one that can be used.
    package struct Outcome: Equatable, Sendable {
        package let theme: Theme
        /// The findings of the theme and of those that it inherits from.
        package let findings: [Diagnostic]
        /// Why another theme is used than the one that was asked for; `nil` if it was found.
        package let problem: String?
        /// Whether its file could be read as a theme; if not, it looks like `base`.
        package let isReadable: Bool

        init(theme: Theme, findings: [Diagnostic], problem: String? = nil, isReadable: Bool = true) {
            self.theme = theme
            self.findings = findings
            self.problem = problem
            self.isReadable = isReadable
        }
    }

    /// A theme that can be chosen by its name.
    package struct Entry: Hashable, Sendable {
        package let name: String
        /// The path of its file; `nil` for a built-in one.
        package let path: String?
    }

    /// Every theme that has a name, sorted; of those with one name, the one that is used.
    package var entries: [Entry] {
        let own = folders.reversed().flatMap { folder in
            list(folder).filter { $0.hasSuffix(Self.ending) && !$0.hasPrefix(".") }.map { file in
                Entry(name: String(file.dropLast(Self.ending.count)), path: folder + "/" + file)
            }
        }
        var entries = Dictionary(
            uniqueKeysWithValues: BuiltInThemes.files.keys.map { ($0, Entry(name: $0, path: nil)) })
        for entry in own where entry.name != Theme.base.id { entries[entry.name] = entry }
        return entries.values.sorted { $0.name < $1.name }
    }

    /// The file of a theme, and its path or that it is built in; `nil` if there is none.
    package func file(named name: String) -> (path: String, bytes: [UInt8])? {
        if ThemeLibrary.id(of: name) == Theme.base.id, !name.contains("/") { return builtIn(Theme.base.id) }
        return locate(name)
    }

    /// Loads a theme by its name, with or without `.yaml`, or by the path of its file.
    ///
    /// A wrong value is a finding, and the parent's value is used instead.
    package func load(_ name: String) -> Outcome {
        load(name, inheritors: [])
    }
}

extension ThemeLibrary {
    private static let ending = ".yaml"
    private static let longestChain = 8

    private func load(_ name: String, inheritors: [String]) -> Outcome {
        let id = ThemeLibrary.id(of: name)
        if name == Theme.base.id { return Outcome(theme: .base, findings: []) }
        guard let (path, bytes) = locate(name) else {
            return Outcome(theme: .base, findings: [], problem: missing(name))
        }
        var findings = Diagnostics(file: path)
        guard let root = ThemeReader.root(of: bytes, into: &findings) else {
            // Under its own name, so that it is recognized once it is mended.
            var unread = Theme.base
            unread.id = id
            return Outcome(theme: unread, findings: findings.sorted, isReadable: false)
        }
        let parent = parent(of: root, id: id, inheritors: inheritors, into: &findings)
        var reader = ThemeReader(findings: findings, parent: parent.theme)
        let theme = reader.theme(root, id: id)
        return Outcome(theme: theme, findings: reader.findings.sorted + parent.findings)
    }

    private func parent(
        of root: YAMLNode, id: String, inheritors: [String], into findings: inout Diagnostics
    ) -> Outcome {
        let base = Outcome(theme: .base, findings: [])
        guard let node = root.entries?.first(where: { $0.key == "inherits" })?.value else { return base }
        guard let name = node.scalarText, !node.isNull else {
            findings.error(.wrongType, "`inherits` must be the name of a theme", at: node.position)
            return base
        }
        let chain = inheritors + [id]
        let parent = ThemeLibrary.id(of: name)
        guard !chain.contains(parent), chain.count < ThemeLibrary.longestChain else {
            findings.error(
                .themeCycle, "a theme cannot inherit from itself: \((chain + [parent]).joined(separator: ", "))",
                at: node.position)
            return base
        }
        guard name == Theme.base.id || locate(name) != nil else {
            findings.error(.unknownTheme, missing(name), at: node.position)
            return base
        }
        return load(name, inheritors: chain)
    }

    private func locate(_ name: String) -> (path: String, bytes: [UInt8])? {
        if name.contains("/") { return read(name).map { (name, $0) } }
        let file = name.hasSuffix(ThemeLibrary.ending) ? name : name + ThemeLibrary.ending
        for folder in folders {
            let path = folder + "/" + file
            if let bytes = read(path) { return (path, bytes) }
        }
        return builtIn(ThemeLibrary.id(of: name))
    }

    private func builtIn(_ name: String) -> (path: String, bytes: [UInt8])? {
        BuiltInThemes.files[name].map { ("\(name) (built in)", $0) }
    }

    private func missing(_ name: String) -> String {
        if name.contains("/") { return "cannot read the theme \(name); `base` is used" }
        let id = ThemeLibrary.id(of: name)
        let hint = Suggestion.hint(for: id, among: entries.map(\.name))
        return "there is no theme `\(id)`\(hint.isEmpty ? ";" : hint) `base` is used"
    }

    private static func id(of name: String) -> String {
        let file = name.split(separator: "/").last.map(String.init) ?? name
        return file.hasSuffix(ending) ? String(file.dropLast(ending.count)) : file
    }
}
