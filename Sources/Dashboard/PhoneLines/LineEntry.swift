// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides

/// A row of the view of phone lines: a line, or a group of two or more above its lines.
enum LineEntry: Hashable, Sendable {
    case line(LineStatus)
    case group(String, lines: [LineStatus])

    /// The lines in the order of the rules file, but for those of a group, which follow its first one.
    static func all(of lines: [LineStatus]) -> [LineEntry] {
        var members: [String: [LineStatus]] = [:]
        for line in lines { if let group = line.group { members[group, default: []].append(line) } }
        var entries: [LineEntry] = []
        entries.reserveCapacity(lines.count + members.count)
        for line in lines {
            guard let group = line.group, let all = members[group], all.count > 1 else {
                entries.append(.line(line))
                continue
            }
            guard all[0].number == line.number else { continue }
            entries.append(.group(group, lines: all))
            entries += all.map(LineEntry.line)
        }
        return entries
    }

    /// What stays the same when the rules file or the state of the lines changes.
    var scope: Scope {
        switch self {
        case .line(let line): .line(line.number)
        case .group(let name, lines: _): .group(name)
        }
    }

    var lines: [LineStatus] {
        switch self {
        case .line(let line): [line]
        case .group(_, lines: let lines): lines
        }
    }

    var isGroup: Bool {
        switch self {
        case .line: false
        case .group: true
        }
    }
}

extension DashboardState {
    /// What became of the calls of the lines: today's where all of today is known, else those since the start.
    func counts(of lines: [LineStatus]) -> OutcomeCounts {
        let day = dayOfLines
        return lines.reduce(OutcomeCounts()) { sum, line in
            let counts = log.lines[line: line.number] ?? OutcomeCounts()
            return sum + (day?.today(counts, of: line.number) ?? counts)
        }
    }

    /// Whether the counts of lines are today's.
    var countsLinesByDay: Bool { dayOfLines != nil }

    /// What today's counts of lines have besides those since the start, where all of today is known.
    var dayOfLines: DayCounts? { status?.day.flatMap { $0.isWhole && $0.knowsLines ? $0 : nil } }
}
