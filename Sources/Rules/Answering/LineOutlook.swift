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
        let table = line.flatMap(compiled.hours)
        let view = LineView(line: line, table: table, clock: table?.clock(lineZone) ?? lineZone, overrides: overrides)
        let first = view.change(after: now)
        let second = first.flatMap { view.change(after: $0) }
        let isOpen = view.isOpen(at: now)
        return LineOutlook(
            isOpen: isOpen, opens: isOpen ? second : first, closes: isOpen ? first : second, clock: view.clock)
    }
}

/// The hours of a line with the overrides above them, as one clock that is open or closed.
private struct LineView {
    let line: PhoneLine?
    /// `nil` for a line that is always open.
    let table: HoursTable?
    let clock: Zone
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

    /// The next moment at which an override ends or the hours change.
    private func step(after now: Instant) -> Instant? {
        // While an operator decides, no opening or closing of the hours counts.
        let change =
            overrides.decideHours(of: line, at: now) ? nil : table?.nextChange(after: now, zone: clock)
        return [overrides.nextEnd(on: line, after: now), change].compactMap(\.self).min()
    }
}
