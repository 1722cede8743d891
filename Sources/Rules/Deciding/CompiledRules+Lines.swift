// SPDX-License-Identifier: Apache-2.0

package import Overrides
package import Calls

extension CompiledRules {
    /// Tells how each line stands at a moment: what its next caller hears, who says so, until when, and what comes after.
    ///
    /// It answers a caller of whom nothing is known as a real one would be answered, so that it cannot tell anything else
    /// than what happens.
    package func lineStatuses(at now: Instant) -> [LineStatus] {
        rules.lines.map { lineStatus(of: $0, at: now) }
    }

    /// Tells how one line stands at a moment.
    package func lineStatus(of line: PhoneLine, at now: Instant) -> LineStatus {
        let prospect = prospect(for: line.number, at: now)
        let until = end(of: line, at: now)
        let next = until.map { until in
            let later = self.prospect(for: line.number, at: until)
            return LineStatus.Next(state: state(of: line, later, at: until), by: later.by)
        }
        let clock = line.hours.map { rules.hours[$0].clock(line.zone) } ?? line.zone
        return LineStatus(
            number: line.number, name: line.name, group: line.group, state: state(of: line, prospect, at: now),
            by: prospect.by, says: prospect.heard, until: until,
            untilOffset: until.map { clock.offset(at: $0) } ?? 0,
            next: next, nextChange: nextChange(of: line, after: now))
    }

    /// When the operator or the hours next change a line by themselves.
    private func end(of line: PhoneLine, at now: Instant) -> Instant? {
        let greeting = switches.greeting(for: line, at: now).flatMap { switches.greetings[$0].until }
        if let place = switches.closure(for: line, at: now) {
            let closure = switches.closures[place]
            return closure.kind == .forcedOpen ? earlier(closure.until, greeting) : closure.until
        }
        return earlier(greeting, nextChange(of: line, after: now))
    }

    /// Returns when the hours next open or close a line; `nil` for a line that they do not close.
    package func nextChange(of line: PhoneLine, after now: Instant) -> Instant? {
        guard let place = line.hours, rules.hours[place].closedAnswer != nil else { return nil }
        let table = rules.hours[place]
        return table.nextChange(after: now, zone: table.clock(line.zone))
    }

    private func earlier(_ one: Instant?, _ other: Instant?) -> Instant? {
        guard let one, let other else { return one ?? other }
        return min(one, other)
    }

    private func state(of line: PhoneLine, _ prospect: DryRunResult, at now: Instant) -> LineStatus.State {
        let closure = switches.closure(for: line, at: now).map { switches.closures[$0].kind }
        if case .override = prospect.by, case .inform = closure { return .inform }
        if case .answer(let decision, _) = prospect, decision.kind == .rejected { return .closed }
        return closure == .forcedOpen ? .forcedOpen : .open
    }
}

extension CompiledRules.DryRunResult {
    /// Who says so.
    var by: Decider {
        switch self {
        case .answer(let decision, _): decision.by
        case .otherServer(_, let by): by
        case .unknown: .otherwise
        }
    }

    /// What the caller hears, read from the bytes that would go out.
    var heard: FirstMessage {
        switch self {
        case .answer(_, let reply): ReplyText.heard(reply)
        case .otherServer(let name, _): .otherServer(name)
        case .unknown: .assistant
        }
    }
}
