// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What lines do once some of their overrides have ended, worked out from a status: the dialog says it beforehand.
package struct OverrideForecast: Hashable, Sendable {
    /// Lines that are open then.
    package let open: [LineStatus]
    /// Lines that are closed then, with what closes them and when that ends.
    package let closed: [Closed]
    /// Lines that skip their hours then, of which only the server can say what their rules answer.
    package let unknown: [LineStatus]

    package struct Closed: Hashable, Sendable {
        package let line: LineStatus
        package let by: Decider
        /// When the line opens; `nil` where that is not known.
        package let opens: Instant?
    }

    /// Which overrides end: those within the scope.
    package enum Ending: Hashable, Sendable {
        case closures
        case openings
    }

    /// What the lines of a scope do once its closures or forced openings have ended.
    package init(ending: Ending, of scope: Scope, in status: ServerStatus, at now: Instant) {
        let left = status.overrides.filter { override in
            let isMeant = ending == .closures ? override.kind.closes : override.kind == .forcedOpen
            return !(isMeant && status.lines.contains(override.scope, in: scope))
        }
        self.init(status.lines(in: scope), of: status, with: left, at: now)
    }

    /// What the lines do that undoing a change concerns.
    package init(undoing effect: ServerStatus.Undo.Effect, in status: ServerStatus, at now: Instant) {
        let ended = Set(effect.ended.map(\.id))
        let changed = effect.ended + effect.restored
        let lines = status.lines.filter { line in changed.contains { $0.scope.covers(line) } }
        self.init(
            lines, of: status, with: status.overrides.filter { !ended.contains($0.id) } + effect.restored, at: now)
    }

    /// What lines do with other overrides in force.
    private init(_ lines: [LineStatus], of status: ServerStatus, with left: [Override], at now: Instant) {
        let active = ActiveOverrides(left)
        let current = ActiveOverrides(status.overrides)
        let bypassing = Set((status.bypasses + status.bypassRejections).map(\.rule))
        var open: [LineStatus] = []
        var closed: [Closed] = []
        var unknown: [LineStatus] = []
        for line in lines {
            // Under a closure only a rule that decides before closures decides anything else.
            let isBypassed = current.speaker(on: line, at: now) != nil && !line.isClosedByOperator
            if isBypassed || line.isDecided(byOneOf: bypassing) {
                if line.isOpen { open.append(line) } else { closed.append(Closed(line: line, by: line.by, opens: nil)) }
                continue
            }
            if let speaker = active.speaker(on: line, at: now) {
                closed.append(Closed(line: line, by: .override(speaker.scope), opens: nil))
                continue
            }
            let rest = line.withoutOverrides
            let skipsHours = active.skipsHours(of: line.number, group: line.group, at: now)
            if skipsHours, rest == nil, case .hours = line.by {
                unknown.append(line)
                continue
            }
            let (state, by) =
                skipsHours
                ? (rest?.forcedOpen.state ?? line.state, rest?.forcedOpen.by ?? line.by)
                : (rest?.state ?? line.state, rest?.by ?? line.by)
            if state.isOpen {
                open.append(line)
            } else {
                let turn = skipsHours ? nil : (rest.map(\.turn) ?? line.turn)
                closed.append(Closed(line: line, by: by, opens: turn?.at))
            }
        }
        self.open = open
        self.closed = closed
        self.unknown = unknown
    }
}

extension LineStatus {
    fileprivate func isDecided(byOneOf rules: Set<String>) -> Bool {
        switch by {
        case .rule(let name), .arm(_, ofRule: let name): rules.contains(name)
        case .hours, .override, .block, .unknownLine, .noNumber, .otherwise, .deadline: false
        }
    }
}
