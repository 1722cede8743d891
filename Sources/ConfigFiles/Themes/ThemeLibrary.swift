// SPDX-License-Identifier: Apache-2.0

package import Screen

/// The themes to choose from: those in files, and the built-in one.
package struct ThemeLibrary: Sendable {
    /// The folders that are searched for files, in this order, before the built-in theme.
    private let folders: [String]
    private let read: @Sendable (String) -> [UInt8]?

    /// Creates a library whose files are read by `read`, which returns `nil` where there is no file.
    package init(folders: [String], read: @escaping @Sendable (String) -> [UInt8]?) {
        self.folders = folders
        self.read = read
    }

    /// A loaded theme; there is always one that can be used.
    package struct Outcome: Equatable, Sendable {
        package let theme: Theme
        /// The findings of the theme and of those that it inherits from.
        package let findings: [Diagnostic]
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
            let problem = "there is no theme named `\(id)`; using the built-in one"
            return Outcome(
                theme: .base, findings: [Diagnostic(.error, .unknownTheme, file: name, at: .start, problem)])
        }
        var findings = Diagnostics(file: path)
        guard let root = ThemeReader.root(of: bytes, into: &findings) else {
            return Outcome(theme: .base, findings: findings.sorted)
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
            findings.error(
                .unknownTheme, "there is no theme named `\(name)`; using the built-in one", at: node.position)
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
        return nil
    }

    private static func id(of name: String) -> String {
        let file = name.split(separator: "/").last.map(String.init) ?? name
        return file.hasSuffix(ending) ? String(file.dropLast(ending.count)) : file
    }
}
