// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

extension OverrideForecast {
    /// Which lines are open then, and what keeps the others closed.
    func words(now: Instant, on clock: LocalClock) -> String {
        let count = open.count + closed.count + unknown.count
        guard count > 0 else { return "The rules answer every number then." }
        guard open.count < count else {
            return count == 1 ? "The line is open then." : "All \(count) lines are open then."
        }
        let parts = closed.grouped { $0.reason }.map { reason, lines in
            let names = lines.map { line in
                Text.name(line.line) + (line.opens.map { " (\(Text.moment($0, on: clock, now: now)))" } ?? "")
            }
            return "\(lines.count) closed by \(reason): \(names.shortList)"
        }
        let forced =
            unknown.isEmpty ? [] : ["the rules answer, whatever the hours: \(unknown.map(Text.name).shortList)"]
        return "\(open.count) of \(count) open then; \((parts + forced).joined(separator: "; "))."
    }
}

extension OverrideForecast.Closed {
    /// What closes the line.
    fileprivate var reason: String {
        switch by {
        case .hours: "hours"
        case .override(let scope): "the closure of \(scope.words)"
        case .rule, .arm, .block, .unknownLine, .noNumber, .otherwise, .deadline: by.description
        }
    }
}
