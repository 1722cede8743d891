// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What lines do once some of their overrides have ended, worked out from a status: the dialog says it beforehand.
package struct OverrideForecast: Hashable, Sendable {
    /// Lines that are open then.
    package let open: [LineStatus]
    /// Lines that are closed then, with what closes them and when that ends.
    package let closed: [Closed]

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

    package init(ending: Ending, of scope: Scope, in status: ServerStatus, at now: Instant) {
        let left = status.overrides.filter { override in
            let isMeant = ending == .closures ? override.kind.closes : override.kind == .forcedOpen
            return !(isMeant && status.lines.contains(override.scope, in: scope))
        }
        let active = ActiveOverrides(left)
        let current = ActiveOverrides(status.overrides)
        var open: [LineStatus] = []
        var closed: [Closed] = []
        for line in status.lines(in: scope) {
            // Under a closure only a rule that decides before closures decides anything else.
            if current.speaker(on: line, at: now) != nil, !line.isClosedByOperator {
                if line.isOpen { open.append(line) } else { closed.append(Closed(line: line, by: line.by, opens: nil)) }
                continue
            }
            if let speaker = active.speaker(on: line, at: now) {
                closed.append(Closed(line: line, by: .override(speaker.scope), opens: nil))
                continue
            }
            let rest = line.withoutOverrides
            let skipsHours = active.skipsHours(of: line.number, group: line.group, at: now)
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
    }
}

extension LineStatus {
    fileprivate var isClosedByOperator: Bool {
        if case .override = by { true } else { false }
    }
}
