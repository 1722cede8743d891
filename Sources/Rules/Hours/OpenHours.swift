// SPDX-License-Identifier: Apache-2.0

import Calls

/// The test that hours are open.
package struct OpenHours: CallTest {
    /// An index into `RuleSet.hours`.
    let table: Int

    package init(_ table: Int) {
        self.table = table
    }

    func holds(in context: EvaluationContext, hours: [HoursTable]) -> Bool { hours[table].isOpen(in: context) }

    func reason(_ held: Bool, in context: EvaluationContext, hours: [HoursTable]) -> String {
        hours[table].reason(in: context)
    }

    func implies(_ other: any CallTest, _ references: RuleReferences) -> Bool {
        guard let other = other as? OpenHours else { return false }
        return table == other.table || references.hours[table].isPlainlyWithin(references.hours[other.table])
    }
}

extension HoursTable {
    /// The clock that the table is read by on a line.
    func clock(_ lineZone: Zone) -> Zone { zone ?? lineZone }

    /// Whether the table is open for a call.
    func isOpen(in context: EvaluationContext) -> Bool {
        // Each clock is asked in place: passing it on would count references that all event loops share.
        if let zone {
            isOpen(at: zone.local(context.now))
        } else {
            isOpen(at: context.called.zone.local(context.now))
        }
    }

    /// Explains which of several answers is given outside the hours.
    private func closingReason(at local: LocalTime, language: String?) -> String {
        guard let closing, !closing.isPlain else { return "" }
        let window = closingWindow(at: local)
        let choice = window?.choice ?? closing.otherwise
        let spoken = language.flatMap { choice.languages[$0] == nil ? nil : " in \($0)" } ?? ""
        return "; the answer " + (window.map { "at \($0.window)" } ?? "otherwise") + spoken
    }

    /// Explains whether the table is open now and when that changes.
    func reason(in context: EvaluationContext) -> String {
        let zone = clock(context.zone)
        let local = zone.local(context.now)
        let isOpen = isOpen(at: local)
        let state = isOpen ? "open" : "closed"
        let now = "\(state) at \(local.clock) on \(local.date.weekday.shortName) \(local.date) (\(zone.name))"
        let closing = isOpen ? "" : closingReason(at: local, language: context.line?.language)
        guard let change = nextChange(after: context.now, zone: zone) else { return now + ", for good" + closing }
        let until = zone.local(change)
        return now + ", until \(until.clock)" + (until.date == local.date ? "" : " on \(until.date)") + closing
    }
}
