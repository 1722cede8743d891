// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

/// Whether a line is open, and when that changes, by its hours and the operator's overrides.
struct LineOutlook: Equatable, Sendable {
    let isOpen: Bool
    /// When the line next opens; while it is open, the time after it closes.
    ///
    /// `nil` where nobody can say, as for a line that is closed until somebody opens it.
    let opens: Instant?
    /// When the line next closes; while it is closed, the end of its next opening.
    let closes: Instant?
    /// The clock of its hours, by which people say these times.
    let clock: Zone
}

extension CallPolicy {
    /// The outlook for the line of a call.
    func outlook(of line: PhoneLine?, at now: Instant, clock lineZone: Zone) -> LineOutlook {
        let table = line?.hours.map { compiled.rules.hours[$0] }.flatMap { $0.closing == nil ? nil : $0 }
        let view = LineView(table: table, clock: table?.clock(lineZone) ?? lineZone, line: line, overrides: overrides)
        let first = view.change(after: now)
        let second = first.flatMap { view.change(after: $0) }
        let isOpen = view.isOpen(at: now)
        return LineOutlook(
            isOpen: isOpen, opens: isOpen ? second : first, closes: isOpen ? first : second, clock: view.clock)
    }
}

/// The hours of a line with the closures above them, as one clock that is open or closed.
private struct LineView {
    /// `nil` for a line that is always open.
    let table: HoursTable?
    let clock: Zone
    /// `nil` for a number of no line.
    let line: PhoneLine?
    let overrides: ActiveOverrides

    /// How many changes are followed before it counts as never changing.
    private static let mostSteps = 64

    func isOpen(at now: Instant) -> Bool {
        if overrides.closing(for: line, at: now) != nil { return false }
        if overrides.skipsHours(for: line, at: now) { return true }
        return table?.isOpen(at: clock.local(now)) ?? true
    }

    /// Returns when the line next opens or closes; `nil` where nothing is known to change it.
    func change(after now: Instant) -> Instant? {
        let wasOpen = isOpen(at: now)
        var moment = now
        for _ in 0..<Self.mostSteps {
            guard let next = step(after: moment) else { return nil }
            if isOpen(at: next) != wasOpen { return next }
            moment = next
        }
        return nil
    }

    /// The next moment at which an override ends or, where none decides, the hours change.
    private func step(after now: Instant) -> Instant? {
        let ends = (overrides.closures + overrides.openings).compactMap { override -> Instant? in
            let covers = line.map { override.scope.covers($0) } ?? (override.scope == .all)
            return covers ? override.until.flatMap { $0 > now ? $0 : nil } : nil
        }
        let isDecided = overrides.closing(for: line, at: now) != nil || overrides.skipsHours(for: line, at: now)
        let change = isDecided ? nil : table?.nextChange(after: now, zone: clock)
        return (ends + [change].compactMap(\.self)).min()
    }
}
