// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

/// A group of phone lines: what each of them does, and the overrides that apply to it.
enum LineGroupPage {
    static func gone(_ name: String) -> String { "\(name) is no longer a group of the rules file." }

    static func lines(_ name: String, _ state: DashboardState) -> [StyledLine] {
        let width = state.size.columns - 2
        let scope = Scope.group(name)
        guard let status = state.status, !status.lines(in: scope).isEmpty else {
            return PhoneLinePage.wrapped(gone(name), width: width, as: .failed)
        }
        let members = status.lines(in: scope)
        let counts = state.counts(of: members)
        let open = members.count(where: \.isOpen)
        var lines = PhoneLinePage.fact("group", name, width: width, as: .title)
        lines += PhoneLinePage.fact(
            "state", "\(open) of \(Text.count(members.count, "line")) open", width: width,
            as: open == members.count ? .open : .text)
        let since = state.countsLinesByDay ? "today" : "since the start"
        let none = state.awaitsCalls ? DashboardState.readingCalls : "none \(since)"
        lines += PhoneLinePage.fact(
            "calls", counts.calls > 0 ? "\(since): \(counts.words)" : none, width: width,
            as: counts.facts.contains(where: \.isAlarm) ? .failed : .text)
        lines += [StyledLine("", .text), StyledLine("Lines", .header)]
        for line in members {
            lines += PhoneLinePage.wrapped(Text.name(line), width: width, as: .call)
            lines += PhoneLinePage.fact(
                "", line.stateText(now: state.now, on: state.clock), width: width, as: line.state.role)
        }
        let overrides = status.byImportance.filter { $0.scope == .all || status.lines.contains($0.scope, in: scope) }
        return lines + PhoneLinePage.overrides(overrides, of: members, status, state, width: width)
    }
}
