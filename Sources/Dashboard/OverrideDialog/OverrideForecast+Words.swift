// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

extension OverrideForecast {
    /// Which lines are open then, and what keeps the others closed.
    func words(now: Instant, on clock: LocalClock) -> String {
        guard !open.isEmpty || !closed.isEmpty else { return "The rules answer every number then." }
        guard !closed.isEmpty else {
            return open.count == 1 ? "The line is open then." : "All \(open.count) lines are open then."
        }
        let reasons = closed.map(\.reason).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let parts = reasons.map { reason in
            let lines = closed.filter { $0.reason == reason }
            let names = lines.map { line in
                Text.name(line.line) + (line.opens.map { " (\(Text.moment($0, on: clock, now: now)))" } ?? "")
            }
            return "\(lines.count) closed by \(reason): \(names.shortList)"
        }
        return "\(open.count) of \(open.count + closed.count) open then; \(parts.joined(separator: "; "))."
    }
}

extension OverrideForecast.Closed {
    /// What closes the line.
    fileprivate var reason: String {
        switch by {
        case .hours: "hours"
        case .override(let scope): "the closure of \(scope.words)"
        case .rule, .arm, .unknownLine, .noNumber, .otherwise, .deadline: by.description
        }
    }
}
