// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

/// Everything that a key can do.
///
/// Keys, help, key bar and command line all come from the tables below.
enum Command: Hashable, Sendable {
    case overrides(OverrideKey)
    case dialog(DialogKey)
    case list(ListKey)
    case lines(LineKey)
    case search(SearchKey)
    case detail(DetailKey)
    case scroll(ScrollKey)
    case audit(AuditKey)
    case record(RecordKey)
    case statistics(StatisticsKey)
    case wall(WallKey)
    case copy(CopyKey)
    case themes(ThemeKey)
    case settings(SettingsKey)
    case program(ProgramKey)

    var binding: Binding {
        switch self {
        case .overrides(let key): key.binding
        case .dialog(let key): key.binding
        case .list(let key): key.binding
        case .lines(let key): key.binding
        case .search(let key): key.binding
        case .detail(let key): key.binding
        case .scroll(let key): key.binding
        case .audit(let key): key.binding
        case .record(let key): key.binding
        case .statistics(let key): key.binding
        case .wall(let key): key.binding
        case .copy(let key): key.binding
        case .themes(let key): key.binding
        case .settings(let key): key.binding
        case .program(let key): key.binding
        }
    }
}

extension Command: CaseIterable {
    static let allCases: [Command] =
        OverrideKey.allCases.map(Command.overrides) + DialogKey.allCases.map(Command.dialog)
        + ListKey.allCases.map(Command.list) + LineKey.allCases.map(Command.lines)
        + SearchKey.allCases.map(Command.search) + DetailKey.allCases.map(Command.detail)
        + ScrollKey.allCases.map(Command.scroll) + AuditKey.allCases.map(Command.audit)
        + RecordKey.allCases.map(Command.record) + StatisticsKey.allCases.map(Command.statistics)
        + WallKey.allCases.map(Command.wall) + CopyKey.allCases.map(Command.copy)
        + ThemeKey.allCases.map(Command.themes) + SettingsKey.allCases.map(Command.settings)
        + ProgramKey.allCases.map(Command.program)
}

extension DashboardState {
    mutating func run(_ command: Command) -> [DashboardEffect] {
        switch command {
        case .overrides(let key): openDialog(key)
        case .dialog: break
        case .list(let key): runInList(key)
        case .lines(let key): runInLines(key)
        case .search(let key): runSearch(key)
        case .detail(let key): runInDetail(key)
        case .scroll(let key): scroll(key)
        case .audit(let key): return runAudit(key)
        case .record(let key): return runRecord(key)
        case .statistics(let key): runStatistics(key)
        case .wall(let key): runWall(key)
        case .copy(let key): runCopy(key)
        case .themes(let key): runTheme(key)
        case .settings(let key): runSettings(key)
        case .program(let key): return runProgram(key)
        }
        return []
    }

    /// Whether the command would do something now.
    func isOffered(_ command: Command) -> Bool {
        switch command {
        case .overrides(.undo): !isReadOnly && obstacle == nil && status?.undo != nil
        case .overrides, .audit(.note), .program(.reload): !isReadOnly && obstacle == nil
        case .record: record != nil
        case .list(.freeze): record == nil
        case .list(.follow): !list.isFollowing
        case .lines(.calls): screenContext != .detail
        case .copy, .themes, .settings: true
        case .dialog, .list, .lines, .search, .detail, .scroll, .audit, .statistics, .wall, .program: true
        }
    }
}
