// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import Overrides
import TestSupport
import Testing

/// A rule with `bypass_closures` that rejects decides before closures do, with its own words.
@Suite struct BypassRejectionTests {
    private static let rule = BypassRule(rule: "night", callers: "3 numbers", lines: nil)

    private static func status() -> ServerStatus {
        let line = LineStatus(
            number: "+31201234567", name: "Front desk", group: nil, state: .closed, by: .rule("night"),
            says: .text("Call in the morning."), until: nil, untilOffset: 0, next: nil)
        var status = ServerStatus.sample(lines: [line])
        status.bypassRejections = [rule]
        return status
    }

    @Test func undoNamesTheRuleAndNotTheClosure() {
        let closure = Override.closed(reason: "fire drill", until: nil)
        let forecast = OverrideForecast(
            undoing: .init(ended: [], restored: [closure]), in: Self.status(), at: .sample)
        #expect(forecast.closed.map(\.by) == [.rule("night")])
        #expect(forecast.open.isEmpty && forecast.unknown.isEmpty)
    }

    @Test func theCloseDialogNamesCallersWhoHearOtherWords() {
        var state = DashboardState.sample(status: Self.status())
        state.type("c")
        #expect(state.plain.contains("Hear the words of a rule instead: rule night (3 numbers)."), "\(state.plain)")
        var other = Self.status()
        other.bypassRejections = [BypassRule(rule: "night", callers: "3 numbers", lines: ["+31701234569"])]
        state = DashboardState.sample(status: other)
        state.type("c")
        #expect(!state.plain.contains("Hear the words"))
    }
}
