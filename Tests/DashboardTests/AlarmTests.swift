// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Overrides
import Screen
import TestSupport
import Testing

@Suite struct AlarmTests {
    private static func state(_ kind: AlarmKind, calls: [CallSample] = []) -> DashboardState {
        var state = DashboardState.sample(calls: calls)
        var settings = DashboardSettings()
        settings.alarm = kind
        _ = state.update(with: .settings(settings))
        return state
    }

    private static func log(_ calls: [CallSample]) -> DashboardMessage {
        .logChanged(EventLog.sample(calls, keep: 100).snapshot())
    }

    @Test func aCallThatGoesBadRingsOnceAndMarksTheTitleUntilAKey() {
        var state = Self.state(.bell)
        #expect(state.title == "switchboard")
        #expect(state.update(with: Self.log(.varied)) == [.alarm(.bell)])
        #expect(state.title?.hasPrefix("! switchboard: ") == true)
        #expect(state.update(with: Self.log(.varied)).isEmpty)
        state.type("k")
        #expect(state.title == "switchboard")
    }

    @Test func whatWasBadBeforeIsNoNews() {
        var state = Self.state(.bell, calls: .varied)
        #expect(state.update(with: Self.log(.varied)).isEmpty)
    }

    @Test func whatAnAttachedDashboardFindsIsNoNews() {
        var state = DashboardState.sample(isAttached: true)
        var settings = DashboardSettings()
        settings.alarm = .bell
        _ = state.update(with: .settings(settings))
        #expect(state.update(with: Self.log(.varied)).isEmpty)
        let later = .varied + [CallSample("new", at: 700).then(.status(.endedWithError, reason: "sip"), after: 2)]
        #expect(state.update(with: Self.log(later)) == [.alarm(.bell)])
    }

    @Test func offIsOff() {
        var state = Self.state(.none)
        #expect(state.update(with: Self.log(.varied)).isEmpty)
        #expect(state.title == nil)
        #expect(state.alarmAt == nil)
    }

    @Test func anOverrideIsAnnouncedFiveMinutesBeforeItsEndAndOnlyOnce() {
        var state = Self.state(.notice)
        let end = Instant.sample.advanced(bySeconds: 3600)
        let closure = Override.sample(.closed(says: "Closed."), .all, id: 7, reason: "", until: end)
        state.receive(.status(.sample(overrides: [closure])))
        #expect(state.alarmAt == end.advanced(bySeconds: -300))
        #expect(state.update(with: .tick(end.advanced(bySeconds: -301))).isEmpty)
        let effects = state.update(with: .tick(end.advanced(bySeconds: -300)))
        guard case .alarm(.notice(let words))? = effects.first else {
            Issue.record("\(effects)")
            return
        }
        #expect(words.contains("ends"))
        #expect(state.update(with: .tick(end.advanced(bySeconds: -290))).isEmpty)
    }

    @Test func atMostOneSignalInTwoSeconds() {
        var state = Self.state(.bell)
        let end = Instant.sample.advanced(bySeconds: 3600)
        let overrides = [0, 1].map { second in
            Override.sample(
                .greeting("Hi"), .group("g\(second)"), id: second + 1, reason: "",
                until: end.advanced(bySeconds: Int64(second)))
        }
        state.receive(.status(.sample(overrides: overrides)))
        let start = end.advanced(bySeconds: -300)
        #expect(state.update(with: .tick(start)) == [.alarm(.bell)])
        #expect(state.update(with: .tick(start.advanced(bySeconds: 1))).isEmpty)
        #expect(state.alarmAt == start.advanced(bySeconds: 2))
        #expect(state.update(with: .tick(start.advanced(bySeconds: 2))) == [.alarm(.bell)])
    }

    @Test func theTitleIsMaskedAndCleanWhenTheScreenIs() {
        var state = Self.state(.notice)
        let end = Instant.sample.advanced(bySeconds: 200)
        let override = Override.sample(
            .closed(says: "x"), .group("+31612345678\u{1B}]0;x\u{07}"), id: 1, reason: "", until: end)
        state.receive(.status(.sample(overrides: [override])))
        state.type("P")
        state.receive(.tick(.sample.advanced(bySeconds: 1)))
        #expect(state.title?.contains("31612345678") != true)
        #expect(state.title?.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } == true)
    }

    @Test(arguments: [(":alarm bell<enter>", AlarmKind.bell), (":alarm no<tab>", .none), (":alarm x<enter>", .none)])
    func theCommandChooses(keys: String, kind: AlarmKind) {
        var state = DashboardState.sample()
        state.type(keys)
        #expect((state.title != nil) == (kind != .none))
    }
}
