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
    case caller(CallerKey)
    case explain(ExplainKey)
    case dialog(DialogKey)
    case list(ListKey)
    case lines(LineKey)
    case search(SearchKey)
    case filtering(FilteringKey)
    case columns(ColumnKey)
    case remarks(RemarkKey)
    case detail(DetailKey)
    case scroll(ScrollKey)
    case audit(AuditKey)
    case record(RecordKey)
    case statistics(StatisticsKey)
    case replicas(ReplicasKey)
    case wall(WallKey)
    case copy(CopyKey)
    case themes(ThemeKey)
    case settings(SettingsKey)
    case program(ProgramKey)

    var binding: Binding {
        switch self {
        case .overrides(let key): key.binding
        case .caller(let key): key.binding
        case .explain(let key): key.binding
        case .dialog(let key): key.binding
        case .list(let key): key.binding
        case .lines(let key): key.binding
        case .search(let key): key.binding
        case .filtering(let key): key.binding
        case .columns(let key): key.binding
        case .remarks(let key): key.binding
        case .detail(let key): key.binding
        case .scroll(let key): key.binding
        case .audit(let key): key.binding
        case .record(let key): key.binding
        case .statistics(let key): key.binding
        case .replicas(let key): key.binding
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
        OverrideKey.allCases.map(Command.overrides) + CallerKey.allCases.map(Command.caller)
        + DialogKey.allCases.map(Command.dialog)
        + ListKey.allCases.map(Command.list) + LineKey.allCases.map(Command.lines)
        + FilteringKey.allCases.map(Command.filtering) + ColumnKey.allCases.map(Command.columns)
        + RemarkKey.allCases.map(Command.remarks)
        + SearchKey.allCases.map(Command.search) + DetailKey.allCases.map(Command.detail)
        + ScrollKey.allCases.map(Command.scroll) + AuditKey.allCases.map(Command.audit)
        + ExplainKey.allCases.map(Command.explain)
        + RecordKey.allCases.map(Command.record) + StatisticsKey.allCases.map(Command.statistics)
        + ReplicasKey.allCases.map(Command.replicas) + WallKey.allCases.map(Command.wall)
        + CopyKey.allCases.map(Command.copy)
        + ThemeKey.allCases.map(Command.themes) + SettingsKey.allCases.map(Command.settings)
        + ProgramKey.allCases.map(Command.program)
}

extension DashboardState {
    mutating func run(_ command: Command) -> [DashboardEffect] {
        switch command {
        case .overrides(let key): openDialog(key)
        case .caller(let key): runOnCaller(key)
        case .explain(let key): return runExplain(key)
        case .dialog: break
        case .list(let key): runInList(key)
        case .lines(let key): runInLines(key)
        case .search(let key): runSearch(key)
        case .filtering(let key): runFiltering(key)
        case .columns(let key): runColumns(key)
        case .remarks(let key): return runRemark(key)
        case .detail(let key): runInDetail(key)
        case .scroll(let key): scroll(key)
        case .audit(let key): return runAudit(key)
        case .record(let key): return runRecord(key)
        case .statistics(let key): runStatistics(key)
        case .replicas(let key): runReplicas(key)
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
        case .overrides(.close), .overrides(.open), .overrides(.greet):
            !isReadOnly && obstacle == nil && goneHere == nil
        case .audit(.note), .program(.reload): !isReadOnly && obstacle == nil
        case .remarks: offersRemarks
        case .caller: !isReadOnly && obstacle == nil && callHere?.caller.number != nil
        case .explain(.explain): record == nil && obstacle == nil
        case .explain(.again): record == nil && obstacle == nil && callHere?.answered != nil
        case .explain(.testCall): record == nil && obstacle == nil && !isReadOnly
        case .record: record != nil
        case .list(.freeze): record == nil
        case .list(.follow): !list.isFollowing
        case .list(.details): list.selected != nil
        case .lines(.calls): screenContext != .detail
        case .filtering(.save): filter.inForce != nil
        case .lines(.details): screenContext != .lines || lineList.selected != nil
        case .copy, .themes, .settings: true
        case .dialog, .list, .lines, .search, .filtering, .columns, .detail, .scroll, .audit, .statistics,
            .replicas, .wall, .program:
            true
        }
    }
}
