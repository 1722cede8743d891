// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import CallAnswering
import Overrides
import Rules
import Synchronization
import TestSupport
import Testing

/// How overrides expire, and what the operator learns about failing stores and the time before the start.
@Suite struct OverrideExpiryTests {
    private let store = ScriptedStore()
    private static let anna = Operator(user: "anna")

    private func office(
        _ overrides: Override..., warnings: [String] = [], masksNumbers: Bool = false
    ) throws -> Office {
        let state = OverrideState(overrides: overrides, changes: [], nextID: 10, auditLines: 7)
        let rules = RuleSet.sample(otherwise: .standard, masksNumbers: masksNumbers)
        return try Office(rules: rules, store: store, state: state, warnings: warnings)
    }

    private func closure(seconds: Int64, id: Int = 1, _ scope: Scope = .all) -> Override {
        .sample(.closed(says: "Dicht."), scope, id: id, until: .sample.advanced(bySeconds: seconds))
    }

    private func words(_ office: Office) -> [String] {
        office.log.events(after: 0).events.compactMap { event in
            if case .desk(let event) = event { event.words } else { nil }
        }
    }

    private func warnings(_ office: Office) -> [String] {
        office.overrides.status(
            of: .init(address: "", webhookURL: "", isSigned: true, answerWithinMilliseconds: 4000)
        ).warnings
    }

    @Test func restsUntilTheNextEndButASecondAtMost() throws {
        let office = try office(closure(seconds: 3))
        #expect(office.overrides.expireAndRest() == .seconds(1))
        office.clock.advance(milliseconds: 2600)
        #expect(office.overrides.expireAndRest() == .milliseconds(400))
        office.clock.advance(milliseconds: 400)
        #expect(office.overrides.expireAndRest() == nil)
        #expect(store.audit.map(\.event) == [.expired])
        #expect(words(office).count == 1)
    }

    @Test func restsForGoodWhileNothingEndsByItself() throws {
        #expect(try office(.sample(.forcedOpen)).overrides.expireAndRest() == nil)
        #expect(store.asked == 0)
    }

    @Test func aClockThatIsSetForwardEndsWhatIsOver() throws {
        let office = try office(closure(seconds: 3600), closure(seconds: 90_000, id: 2, .group("a")))
        #expect(office.overrides.expireAndRest() == .seconds(1))
        office.clock.advance(milliseconds: 86_400_000)
        #expect(office.overrides.expireAndRest() == .seconds(1))
        #expect(store.audit.map(\.override?.id) == [1])
        office.clock.advance(milliseconds: -86_400_000)
        #expect(office.overrides.expireAndRest() == .seconds(1))
        #expect(store.audit.map(\.override?.id) == [1])
    }

    @Test func anEndThatCannotBeSavedIsReportedOnceAndRetried() throws {
        let office = try office(closure(seconds: 1))
        store.failure = "/state: No space left on device"
        office.clock.advance(milliseconds: 1000)
        for second in 0..<30 {
            #expect(office.overrides.expireAndRest() == .seconds(1), "second \(second)")
            #expect(office.ask("call \(second)") == "{}")
            office.clock.advance(milliseconds: 1000)
        }
        #expect(store.asked == 3)
        #expect(words(office).count == 1)
        #expect(words(office).first?.contains("/state: No space left on device") == true)
        #expect(warnings(office) == words(office))
        store.failure = nil
        #expect(office.overrides.expireAndRest() == nil)
        #expect(store.audit.map(\.event) == [.expired])
        #expect(warnings(office) == [])
    }

    @Test func watchersAreCalledAfterEveryChange() throws {
        let office = try office()
        let woken = Atomic(0)
        office.overrides.watch { woken.add(1, ordering: .relaxed) }
        #expect(woken.load(ordering: .relaxed) == 0)
        try office.overrides.close(saying: "Dicht.")
        let before = woken.load(ordering: .relaxed)
        #expect(before > 0)
        _ = try office.overrides.carryOutBlocking(.undo, by: Self.anna)
        #expect(woken.load(ordering: .relaxed) > before)
    }

    @Test func whatIsWrongWithTheAuditIsACaveatAndStaysAWarning() throws {
        let office = try office()
        store.problem = "The audit is full."
        let order = OverrideCommand.begin(.forcedOpen, scopes: [.all], reason: "", until: .lasting(seconds: 1))
        #expect(try office.overrides.carryOutBlocking(order, by: Self.anna).caveats == ["The audit is full."])
        #expect(warnings(office) == ["The audit is full."])
        #expect(words(office).last == "The audit is full.")
        store.problem = nil
        office.clock.advance(milliseconds: 1000)
        office.overrides.expire()
        #expect(warnings(office) == [])
    }
}

extension OverrideExpiryTests {
    /// It goes to stderr, and with it to logs.
    @Test(arguments: [Row("in full", false, true), Row("masked", true, false)])
    func theHandoverMasksNumbersInReasons(row: Row<Bool, Bool>) throws {
        let story = try office(.sample(.closed(says: "Dicht."), reason: "see 0687654321"), masksNumbers: row.input)
            .overrides.takeOver().inForce
        #expect(story.first?.contains("0687654321") == row.expected, "\(story)")
        #expect(story.first?.contains("reason: see ") == true)
    }

    @Test func theHandoverListsWhatIsInForceFromBefore() throws {
        let jan = Operator(user: "jan", terminal: "pts/3", host: "desk1")
        let office = try office(
            closure(seconds: -60),
            .sample(
                .closed(says: "Dicht."), .group("north"), id: 2, reason: "fire drill",
                since: .sample.advanced(bySeconds: -3600), until: .sample.advanced(bySeconds: 5400), who: jan),
            .sample(.greeting("Hoi"), id: 3), warnings: ["It was damaged."])
        let handover = office.overrides.takeOver()
        #expect(handover.warnings == ["It was damaged."])
        #expect(handover.inForce.count == 2)
        let facts = [
            ["group north", "2026-07-01 11:00", "2026-07-01 13:30", "jan (pts/3 on desk1)", "fire drill"],
            ["all lines", "2026-07-01 12:00", "anna"],
        ]
        for (story, facts) in zip(handover.inForce, facts) {
            for fact in facts { #expect(story.contains(fact)) }
        }
        let words = words(office)
        #expect(words.count == 4)
        #expect(words.dropFirst().first == "It was damaged.")
        for (word, story) in zip(words.suffix(2), handover.inForce) { #expect(word.hasSuffix(story)) }
        #expect(store.audit.map(\.event) == [.expired])
        #expect(store.audit.first?.at == .sample.advanced(bySeconds: -60))
        #expect(store.audit.first?.number == 8)
        #expect(warnings(office) == ["It was damaged."])
    }
}
