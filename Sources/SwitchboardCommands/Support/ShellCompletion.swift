// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Calls
import ConfigFiles
import Foundation
import OutboundHTTP
import Overrides
import Rules
import Synchronization

/// What a shell offers after Tab where that depends on the desk: lines, groups and themes.
///
/// Quick and silent: what cannot be found in a moment is not offered.
enum ShellCompletion {
    static let lines = CompletionKind.custom { _, _, prefix in desk.withLock { $0 }.lines(beginning: prefix) }
    static let groups = CompletionKind.custom { _, _, _ in desk.withLock { $0 }.groups }
    static let themes = CompletionKind.custom { words, _, prefix in
        ThemeNames(folder: CompletedWords(words)["--themes-dir"]).offered(for: prefix)
    }

    /// The first argument of a program that a shell asks.
    private static let request = "---completion"
    /// The options whose values are names of the desk.
    private static let deskOptions: Set<String> = ["--line", "--group", "--to"]

    private static let desk = Mutex(CompletedDesk())

    /// Looks up the lines if a shell asks for them; the parser cannot wait for it.
    static func prepare(_ arguments: [String]) async {
        guard arguments.count > 1, arguments[1] == request, let end = arguments.firstIndex(of: "--"),
            let option = arguments[(end + 1)...].first, deskOptions.contains(option)
        else { return }
        let found = await CompletedDesk.find(for: CompletedWords(Array(arguments[(end + 2)...])))
        desk.withLock { $0 = found }
    }

    /// Whether a shell takes a text as it is: bash expands what it is offered, so that a name could run a command.
    static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || plain.contains($0) }
    }

    private static let plain = Set("0123456789 -_.,+@/&".unicodeScalars)
}

/// The words of a command that is not complete.
struct CompletedWords {
    private let words: [String]

    init(_ words: [String]) {
        self.words = words
    }

    /// The value of an option, which bash splits at an equals sign.
    subscript(option: String) -> String? {
        if let joined = words.last(where: { $0.hasPrefix(option + "=") && $0 != option + "=" }) {
            return String(joined.dropFirst(option.count + 1))
        }
        guard let place = words.lastIndex(of: option) else { return nil }
        let value = words[(place + 1)...].first { $0 != "=" }
        return value.flatMap { $0.isEmpty || $0.hasPrefix("-") ? nil : $0 }
    }
}

/// The lines and groups of the running server, else those of the rules file.
struct CompletedDesk: Sendable {
    private var named: [(number: PhoneNumber, name: String, group: String?)] = []

    /// How long the server may take.
    private static let patience = Duration.seconds(1)
    /// Larger rules files take too long to read.
    private static let mostBytes = 1 << 20

    init() {}

    init(_ lines: [(number: PhoneNumber, name: String, group: String?)]) {
        named = lines
    }

    /// Numbers where one is begun, else names, and the numbers of lines that no name leads to.
    func lines(beginning prefix: String) -> [String] {
        let start = prefix.first { !"'\"\\".contains($0) }
        if start.map({ $0 == "+" || $0.isNumber }) ?? false { return named.map(\.number.description) }
        let known = Dictionary(grouping: named) { $0.name.lowercased() }
        return named.map { line in
            let isClear = ShellCompletion.isPlain(line.name) && known[line.name.lowercased()]?.count == 1
            return isClear ? line.name : line.number.description
        }
    }

    var groups: [String] {
        var seen: Set<String> = []
        return named.compactMap(\.group).filter { ShellCompletion.isPlain($0) && seen.insert($0).inserted }
    }

    fileprivate static func find(for words: CompletedWords) async -> CompletedDesk {
        if words["--config"] == nil, let lines = await running(at: words["--socket"]) {
            return CompletedDesk(lines.map { ($0.number, $0.name, $0.group) })
        }
        return CompletedDesk(inFile(named: words["--config"]))
    }

    private static func running(at socket: String?) async -> [LineStatus]? {
        guard let path = socket.map(HomeFolder.expand) ?? ControlSearch.here().listening.first else { return nil }
        let http = OutboundHTTP()
        let lines: [LineStatus]?
        do {
            let reply = try await SocketHTTP(path: path, http: http).send(.get, "/v1/status", within: patience)
            lines = reply.status == 200 ? try StatusReport(reply.body).server.lines : nil
        } catch {
            lines = nil
        }
        do {
            try await http.shutDown()
        } catch {
            // The process ends in a moment.
        }
        return lines
    }

    private static func inFile(named: String?) -> [(number: PhoneNumber, name: String, group: String?)] {
        do {
            let path = try ConfigurationPath.find(named: named, environment: ProcessInfo.processInfo.environment)
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            guard let size, size <= mostBytes else { return [] }
            let source = try ConfigurationSource(path: path, patience: 0)
            return (source.outcome.file?.rules.lines ?? []).map { ($0.number, $0.name, $0.group) }
        } catch {
            return []
        }
    }
}

/// The names of themes, and the files that may be one.
struct ThemeNames {
    /// The folder of `--themes-dir`.
    let folder: String?

    func offered(for prefix: String) -> [String] {
        let isPath = prefix.contains("/") || prefix.hasPrefix("~")
        return (isPath ? [] : names) + files(beginning: prefix)
    }

    private var names: [String] {
        ThemeChoice.library(folder: folder, environment: ProcessInfo.processInfo.environment).entries.map(\.name)
            .filter(ShellCompletion.isPlain)
    }

    private func files(beginning prefix: String) -> [String] {
        let end = prefix.lastIndex(of: "/").map { prefix.index(after: $0) } ?? prefix.startIndex
        let folder = String(prefix[..<end])
        let place = folder.isEmpty ? "." : HomeFolder.expand(folder)
        return Self.entries(of: place).filter { $0.hasPrefix(prefix[end...]) }.compactMap { name in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: place + "/" + name, isDirectory: &isFolder) else { return nil }
            guard isFolder.boolValue || name.hasSuffix(".yaml") else { return nil }
            let path = folder + name + (isFolder.boolValue ? "/" : "")
            return ShellCompletion.isPlain(path.replacingOccurrences(of: "~/", with: "")) ? path : nil
        }.sorted()
    }

    private static func entries(of folder: String) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }
        } catch {
            return []
        }
    }
}
