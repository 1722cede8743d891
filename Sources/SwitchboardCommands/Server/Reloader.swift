// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import Dashboard
import Dispatch
import EventLog
import CallAnswering
import FileWatching
import Rules
import Synchronization

/// Reloads the rules file when it is saved, on SIGHUP and on `:reload`; a file with errors never replaces the rules in use.
final class Reloader: Sendable {
    private let path: String
    private let assembly: ServerComponents
    /// Concurrent reloads run one after the other.
    private let queue = DispatchQueue(label: "switchboard.reload")
    private let watcher = Mutex<FileWatcher?>(nil)
    /// The file whose rules are in use.
    private let current: Mutex<ConfigurationSource>
    private let report: @Sendable (OperatorMessage) -> Void

    /// Creates a reloader of a file that is in use; `report` gets the result of each reload.
    init(
        _ source: ConfigurationSource, assembly: ServerComponents, report: @escaping @Sendable (OperatorMessage) -> Void
    ) {
        path = source.path
        current = Mutex(source)
        self.assembly = assembly
        self.report = report
    }

    /// Watches the rules file and the files that it names.
    func watch(_ source: ConfigurationSource) {
        let watcher = FileWatcher { [weak self] in self?.run() }
        if let words = Self.unwatched(watcher, source) { report(OperatorMessage(words, isAlert: true)) }
        self.watcher.withLock { $0 = watcher }
        // It may have been saved since it was read.
        if NamedFiles.read(NamedFiles.absolute(path), besides: path) != .bytes(source.bytes) { run() }
    }

    /// Watches the files; returns a message if that is not possible.
    private static func unwatched(_ watcher: FileWatcher?, _ source: ConfigurationSource) -> String? {
        guard let watcher else {
            return "The rules file is not watched: no inotify instance is available "
                + "(fs.inotify.max_user_instances). Send SIGHUP to reload it."
        }
        guard !watcher.watch(source.watchedFiles) else { return nil }
        return "The rules file, or a file that it names, is not watched: no inotify watch is available "
            + "(fs.inotify.max_user_watches). Send SIGHUP to reload it."
    }

    /// The file's name without its folders, to fit a narrow screen.
    private var name: Substring { path.split(separator: "/").last ?? path[...] }

    /// Reloads the file in the background.
    func run() {
        queue.async { self.report(self.reload()) }
    }

    /// Reloads the file and returns the result, which is also passed to `report`.
    func reloaded() async -> OperatorMessage {
        await withCheckedContinuation { continuation in
            queue.async {
                let message = self.reload()
                self.report(message)
                continuation.resume(returning: message)
            }
        }
    }

    private func reload() -> OperatorMessage {
        do {
            let source = try ConfigurationSource(path: path)
            let unwatched = Self.unwatched(watcher.withLock { $0 }, source).map { [$0] } ?? []
            guard let file = source.outcome.file, !source.outcome.findings.contains(where: { $0.severity == .error })
            else { return refused(source.rendered(source.outcome.findings)) }
            let opening = ContactSources.opening(file, besides: path, http: assembly.http)
            let unused = source.outcome.findings.filter { $0.code == .calendarEvent }
            let findings = (opening.findings + unused + source.datedFindings(at: assembly.clock.now()))
                .map(\.description)
            guard !opening.hasErrors else { return refused(findings.joined(separator: "\n")) }
            current.withLock { $0 = source }
            let differences = assembly.overrides.use(file.rules, contacts: opening.directory)
            let restart = file.server == assembly.settings ? [] : ["changes under server take effect after a restart"]
            return OperatorMessage(
                "\(name): revision \(file.rules.revision) is in use, \(Self.words(differences))",
                details: differences + restart + findings + unwatched, isAlert: !unwatched.isEmpty)
        } catch let failure as CommandFailure {
            return refused(failure.message)
        } catch {
            return refused("\(error)")
        }
    }

    /// What the file in use says of dates that are over.
    func datedFindings(at now: Instant) -> [Diagnostic] { current.withLock { $0 }.datedFindings(at: now) }

    private func refused(_ problems: String) -> OperatorMessage {
        let words = "\(name) has errors; still using the previous rules"
        assembly.log.record(DeskEvent(at: assembly.clock.now(), words: words))
        return OperatorMessage(words, details: problems.split(separator: "\n").map(String.init), isAlert: true)
    }

    private static func words(_ differences: [String]) -> String {
        switch differences.count {
        case 0: "no line answers differently"
        case 1: "1 line answers differently"
        default: "\(differences.count) lines answer differently"
        }
    }
}

extension OperatorMessage {
    /// All of it, for a program without a dashboard.
    var text: String { ([title] + details.map { "  " + $0 }).joined(separator: "\n") }
}
