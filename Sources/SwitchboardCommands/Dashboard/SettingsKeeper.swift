// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ConfigFiles
import Dashboard
import Dispatch
import FileWatching
import Filters
import Foundation
import Screen
import Synchronization

/// What a dashboard is shown with: the operator's settings and theme, and what earlier dashboards remembered.
struct DashboardStart: Sendable {
    var settings: DashboardSettings
    let theme: Theme
    /// What is wrong with the files, for the operator.
    let problems: [String]
}

/// Reads the settings and the themes of dashboards, again whenever a file of them is saved, and keeps what is to be remembered.
final class SettingsKeeper: Sendable {
    private let environment: [String: String]
    /// `--theme`, `--themes-dir` and `--mouse`.
    private let options: Options
    private let memory: RememberedChoices
    private let watcher = Mutex<FileWatcher?>(nil)
    /// Files that were there once: one that is removed may come back.
    private let known = Mutex<Set<WatchedFile>>([])
    /// What was said last of the settings, so that it is not said again when a theme is saved.
    private let said = Mutex<Said?>(nil)
    private let queue = DispatchQueue(label: "switchboard.settings")

    private struct Said: Equatable {
        let bytes: [UInt8]
        let problems: [String]
    }

    struct Options: Sendable {
        var theme: String?
        var themesDir: String?
        var usesMouse = false
    }

    init(_ options: Options, environment: [String: String]) {
        self.options = options
        self.environment = environment
        memory = RememberedChoices(environment: environment)
    }

    /// The file of the operator's settings.
    static func path(_ environment: [String: String]) -> String {
        ConfigurationPath.configurationHome(environment) + "/switchboard/dashboard.yaml"
    }

    private var library: ThemeLibrary {
        ThemeChoice.library(folder: options.themesDir, environment: environment)
    }

    func start() -> DashboardStart {
        let library = library
        let (settings, findings, bytes) = read()
        let named = options.theme ?? environment["SWITCHBOARD_THEME"].flatMap { $0.isEmpty ? nil : $0 }
        let outcome = library.load(HomeFolder.expand(named ?? settings.theme ?? Theme.base.id))
        said.withLock { $0 = Said(bytes: bytes, problems: findings) }
        return DashboardStart(
            settings: settings, theme: outcome.theme, problems: outcome.problems + findings)
    }

    /// The themes with names, and one that was named by its path.
    private func offers(_ library: ThemeLibrary, and named: String?) -> [ThemeOffer] {
        let offers = library.entries.map { entry in
            let outcome = library.load(entry.name)
            return ThemeOffer(
                name: entry.name, theme: outcome.theme, isOwn: entry.path != nil,
                problems: outcome.findings.map(\.description), isReadable: outcome.isReadable)
        }
        guard let named, named.contains("/") || named.hasPrefix("~") else { return offers }
        let outcome = library.load(HomeFolder.expand(named))
        guard outcome.problem == nil, !offers.contains(where: { $0.theme.id == outcome.theme.id }) else {
            return offers
        }
        let path = ThemeOffer(
            name: named, theme: outcome.theme, isOwn: true, problems: outcome.findings.map(\.description),
            isReadable: outcome.isReadable)
        return offers + [path]
    }

    private func read() -> (settings: DashboardSettings, findings: [String], bytes: [UInt8]) {
        let path = Self.path(environment)
        let bytes = FileManager.default.contents(atPath: path).map(Array.init) ?? []
        let (file, findings) = SettingsFile.read(
            bytes, path: path, alarms: AlarmKind.allCases.map(\.rawValue), columns: DashboardSettings.columnNames)
        var (settings, problems) = DashboardSettings.of(file)
        memory.apply(to: &settings)
        if options.usesMouse { settings.usesMouse = true }
        problems = (findings + problems).sorted { $0.position < $1.position }
        return (settings, problems.map(\.description), bytes)
    }

    /// Posts the themes that can be chosen, then settings and themes whenever their files change, until the keeper is released.
    func watch(_ post: @escaping @Sendable (DashboardMessage) -> Void) {
        let watcher = FileWatcher { [weak self] in
            guard let self else { return }
            queue.async { self.reload(post) }
        }
        self.watcher.withLock { $0 = watcher }
        // A server does not wait for this before it answers.
        queue.async { [self] in
            watcher.watch(files)
            post(.themes(offers(library, and: options.theme ?? environment["SWITCHBOARD_THEME"])))
        }
    }

    /// The settings and the users' own themes, also those that are still to come; built-in ones do not change.
    private var files: Set<WatchedFile> {
        let folders = ThemeChoice.folders(options.themesDir, environment: environment)
        let own = library.entries.compactMap(\.path)
        let named = options.theme.map(HomeFolder.expand).flatMap { $0.contains("/") ? $0 : nil }
        let files =
            ([Self.path(environment)] + own + [named].compactMap(\.self)).map { WatchedFile($0) }
            + folders.map { WatchedFile($0, change: .entries) }
        return known.withLock { known in
            known.formUnion(files)
            return known
        }
    }

    private func reload(_ post: @Sendable (DashboardMessage) -> Void) {
        let (settings, findings, bytes) = read()
        let named = options.theme ?? environment["SWITCHBOARD_THEME"]
        post(.themes(offers(library, and: named)))
        post(.settings(settings))
        // The theme that the command line names is not the settings' business.
        let theme = named?.isEmpty == false ? nil : settings.theme.map(HomeFolder.expand)
        let problems = theme.flatMap { library.load($0).problem }.map { [$0] } ?? []
        let now = Said(bytes: bytes, problems: findings + problems)
        let (isNews, wasWrong) = said.withLock { said in
            defer { said = now }
            return (said != now, said?.problems.isEmpty == false)
        }
        if isNews, let message = OperatorMessage(problems: now.problems) {
            post(.notify(message))
        } else if wasWrong, now.problems.isEmpty {
            // The alert would stay until a key is pressed.
            post(.notify(OperatorMessage("the settings of the dashboard are right again")))
        }
        _ = watcher.withLock { $0?.watch(files) }
    }

    /// Keeps a choice in the background.
    func remember(_ choice: Remembered, then report: @escaping @Sendable (DashboardMessage) -> Void) {
        queue.async { [self] in
            let path = Self.path(environment)
            let bytes = FileManager.default.contents(atPath: path).map(Array.init) ?? []
            let file = SettingsFile.read(bytes, path: path, alarms: [], columns: DashboardSettings.columnNames).settings
            if let problem = memory.keep(choice, over: DashboardSettings.of(file).settings) {
                report(.notify(OperatorMessage("not remembered: \(CleanText.clean(problem))", isAlert: true)))
            }
        }
    }
}

extension DashboardSettings {
    /// The settings of a file, with what is wrong with its keys.
    static func of(_ file: SettingsFile) -> (settings: DashboardSettings, findings: [Diagnostic]) {
        var settings = DashboardSettings()
        settings.theme = file.theme
        settings.usesMouse = file.mouse ?? false
        settings.alarm = file.alarm.flatMap(AlarmKind.init) ?? .none
        settings.columns = file.columns.withoutRepeats
        settings.sort = file.sort
        settings.filters = file.filters.map { SavedFilter(name: $0.name, text: $0.text) }
        let (keymap, problems) = Keymap.binding(file.keys.map { KeyChoice(command: $0.command, keys: $0.keys) })
        settings.keymap = keymap
        let findings = problems.compactMap { problem in
            let (severity, code): (Diagnostic.Severity, Diagnostic.Code) =
                switch problem.kind {
                case .unknownCommand: (.error, .unknownCommand)
                case .repeatedCommand, .reservedKey, .clash: (.error, .keyClash)
                case .lostKey: (.warning, .keyClash)
                }
            return file.finding(severity, code, binding: problem.choice, key: problem.key, problem.words)
        }
        return (settings, findings + slips(in: file))
    }

    /// What is wrong with the filters of a file, which would be found only when they are needed.
    private static func slips(in file: SettingsFile) -> [Diagnostic] {
        // What a time means changes, whether it is one does not.
        let setting = FilterSetting(
            now: WallClock.system.now(), clock: .fixed(0), plan: ConfigurationSource.numbers, country: nil)
        return file.filters.enumerated().compactMap { place, filter in
            do throws(FilterError) {
                _ = try CallFilter(filter.text, setting)
                return nil
            } catch {
                return file.finding(filter: place, "filter `\(filter.name)`: \(error.message)")
            }
        }
    }
}
