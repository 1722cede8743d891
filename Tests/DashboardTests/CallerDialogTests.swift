// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Overrides
import Screen
import TestSupport
import Testing

/// Acting on the caller and on the line of a call.
@Suite struct CallerDialogTests {
    private static let caller: PhoneNumber = "+31612345678"
    private static let text = "Sorry, we zijn op dit moment gesloten. Bel terug tijdens kantooruren."

    private static func state(
        from: String? = caller.description, callers: CallersStatus = .none, isReadOnly: Bool = false,
        closingTexts: [String] = [text]
    ) -> DashboardState {
        var status = ServerStatus.sample(closingTexts: closingTexts)
        status.callers = callers
        var state = DashboardState.sample(
            isReadOnly: isReadOnly, calls: [CallSample("c-1", from: from)], status: status)
        state.receive(.tick(.sample))
        return state
    }

    private static func block(
        _ says: String = text, reason: String = "", until: Until = .lasting(seconds: 28_800)
    ) -> DashboardEffect {
        .override(.beginOnCallers(.blocked(says: says), callers: [caller], reason: reason, until: until))
    }

    private static func allow(reason: String = "", until: Until = .lasting(seconds: 28_800)) -> DashboardEffect {
        .override(.beginOnCallers(.allowed, callers: [caller], reason: reason, until: until))
    }

    @Test(arguments: [
        Row("block", "By", [block()]),
        Row("block in an open call", "<enter>By", [block()]),
        Row("Enter alone never blocks", "B<enter>", []),
        Row("Escape cancels", "B<esc>y", []),
        Row("a reason", "Brprank<enter>y", [block(reason: "prank")]),
        Row("a text", "Bt<^u>Nee.<enter>y", [block("Nee.")]),
        Row("an hour", "Bu<left><left><enter>y", [block(until: .lasting(seconds: 3600))]),
        Row("a time", "Bu16:45<enter>y", [block(until: .time(.sample.advanced(bySeconds: 9900)))]),
        Row("no end asks once more", "Bu<left><left><left><enter>y", []),
        Row("and y answers it", "Bu<left><left><left><enter>yy", [block(until: .reopened)]),
        Row("nothing is there to remove", "Bx", []),
        Row("allow", "Ay", [allow()]),
        Row("allow with a reason", "Arengineer<enter>y", [allow(reason: "engineer")]),
        Row("Enter alone never allows", "A<enter>", []),
        Row("by its word", ":block<enter>y", [block()]),
    ]) func asksFor(_ row: Row<String, [DashboardEffect]>) {
        var state = Self.state()
        #expect(state.type(row.input) == row.expected)
    }

    @Test func whatIsSetIsShownAndXRemovesIt() {
        let present = CallerOverride(
            id: 3, kind: .allowed, caller: Self.caller, reason: "", who: Operator(user: "anna"), since: .sample,
            until: nil)
        var state = Self.state(callers: CallersStatus(CallerOverrides([present]), at: .sample))
        #expect(state.text.contains("caller +31612345678 allowed until removed"))
        state.type("B")
        #expect(state.plain.contains("Replaces the exception for caller +31612345678"))
        #expect(state.type("x") == [.override(.clearCallers([Self.caller]))])
    }

    @Test func closingNamesWhoIsStillLetIn() {
        let guest = CallerOverride(
            id: 3, kind: .allowed, caller: Self.caller, reason: "", who: Operator(user: "anna"), since: .sample,
            until: nil)
        var state = Self.state(callers: CallersStatus(CallerOverrides([guest]), at: .sample))
        state.type("c")
        #expect(state.plain.contains("Still let in by an operator: 1 caller."))
    }

    @Test func aCallWithoutANumberHasNobodyToBlock() {
        var state = Self.state(from: nil)
        #expect(state.type("B") == [])
        #expect(state.text.contains("the caller shows no number"))
        #expect(!state.text.contains("B:"), "the key bar does not offer it")
    }

    @Test(arguments: ["112", "sip:anna@example.com"]) func whatIsNoPhoneNumberIsNamed(from: String) {
        var state = Self.state(from: from)
        #expect(state.type("B") == [])
        #expect(state.text.contains("\"\(from)\" is not a phone number; close the line"))
        #expect(state.type("y1") == [])
        #expect(state.text.contains("\"\(from)\" is not a phone number"))
    }

    @Test("the effect and its end are on every screen", arguments: Size.golden, ["B", "Bu<left><left><left><enter>"])
    func theEffectIsShown(size: Size, keys: String) {
        var status = ServerStatus.sample(closure: .closed())
        let guest = CallerOverride(
            id: 3, kind: .allowed, caller: "+31612345670", reason: "", who: Operator(user: "anna"), since: .sample,
            until: nil)
        status.callers = CallersStatus(CallerOverrides([guest]), at: .sample)
        var state = DashboardState.sample(
            size: size, calls: [CallSample("c-1", from: Self.caller.description)], status: status)
        state.receive(.tick(.sample))
        state.type(keys)
        #expect(state.plain.lowercased().contains("reject"), "\(state.text)")
        #expect(state.plain.contains(keys == "B" ? "until 22:00" : "until"), "\(state.text)")
    }

    @Test(arguments: ["By", "Ay", "<enter>By", "ty", "t<enter>y", ":block<enter>y"])
    func readOnlyChangesNothing(keys: String) {
        var state = Self.state(isReadOnly: true)
        #expect(state.type(keys) == [])
        #expect(!state.text.contains("n: Cancel"))
    }

    @Test func aTextMustBeTypedWhereTheRulesHaveNone() {
        var state = Self.state(closingTexts: [])
        #expect(state.type("B<enter>y") == [])
        #expect(state.text.contains("type the text that the caller hears"))
        #expect(state.type("Nee.<enter>y") == [Self.block("Nee.")])
    }

    @Test func theBarCountsThem() {
        let end = Instant.sample.advanced(bySeconds: 5400)
        let many = (0..<3).compactMap { PhoneNumber("+3161234567\($0)") }.enumerated().map { index, caller in
            CallerOverride(
                id: index + 1, kind: index == 0 ? .allowed : .blocked(says: "No."), caller: caller, reason: "",
                who: Operator(user: "anna"), since: .sample, until: index == 1 ? end : nil)
        }
        let state = Self.state(callers: CallersStatus(CallerOverrides(many), at: .sample))
        #expect(state.text.contains("2 callers blocked, 1 allowed, the first until 15:30"))
    }

    @Test func anOpenCallGivesItsLine() {
        var state = Self.state()
        #expect(
            state.type("<enter>cy") == [.close(says: Self.text, .line("+31201234567"))],
            "from the list it is all lines, which wants a word")
        #expect(Self.state().shownKeys("cy") == [])
    }

    @Test(arguments: ["cclose<enter>", "cCLOSE<enter>", "c<tab>close<enter>"])
    func allLinesAreClosedByTwoKeysAndAWord(keys: String) {
        var state = Self.state()
        #expect(state.type(keys) == [.close(says: Self.text)])
    }

    @Test func aKeyMoreIsNoHarm() {
        var state = Self.state()
        #expect(state.type("ccclose<enter>") == [])
    }
}

extension DashboardState {
    /// What keys ask for, without changing this state.
    fileprivate func shownKeys(_ keys: String) -> [DashboardEffect] {
        var copy = self
        return copy.type(keys)
    }
}

/// Asking what calls get.
@Suite struct ExplainTests {
    private static func state(isReadOnly: Bool = false) -> DashboardState {
        var state = DashboardState.sample(
            isReadOnly: isReadOnly, calls: [CallSample("c-1", from: "+31612345678")])
        state.receive(.tick(.sample))
        return state
    }

    private static func request(_ effects: [DashboardEffect]) -> CallToExplain? {
        guard case .request(.explain(let call))? = effects.first, effects.count == 1 else { return nil }
        return call
    }

    @Test(
        arguments: [
            Row(
                "the call that is selected, now", "x<enter>",
                CallToExplain(from: "+31612345678", to: "+31201234567", at: nil)),
            Row(
                "another caller", "x<^u>withheld<tab><^u>Billing<enter>",
                CallToExplain(from: "withheld", to: "Billing", at: nil)
            ),
            Row(
                "another time", "x<tab><tab>16:45<enter>",
                CallToExplain(from: "+31612345678", to: "+31201234567", at: .sample.advanced(bySeconds: 9900))),
            Row(
                "by its word", ":explain<enter><enter>",
                CallToExplain(from: "+31612345678", to: "+31201234567", at: nil)),
            Row("no time", "x<tab><tab>noon<enter>", nil), Row("nowhere", "x<tab><^u><enter>", nil),
            Row("Escape", "x<esc>", nil),
        ] as [Row<String, CallToExplain?>]) func asks(_ row: Row<String, CallToExplain?>)
    {
        var state = Self.state(isReadOnly: true)
        #expect(Self.request(state.type(row.input)) == row.expected)
    }

    @Test func decidingAgainShowsTheDifference() throws {
        var state = Self.state()
        let call = try #require(Self.request(state.type("r")))
        #expect(call.former?.at == .sample)
        let steps = [Step(what: "override all", held: true, why: "closed by anna since 14:00")]
        for (isSame, words) in [(true, "The same as at"), (false, "Different: at")] {
            state.receive(
                .explained(
                    CallExplanation(
                        call,
                        .answered(
                            .init(
                                by: "override all", reply: Array(#"{"error":"Dicht."}"#.utf8), steps: steps,
                                isSame: isSame))
                    )))
            #expect(state.plain.contains(words))
            #expect(state.plain.contains("override all: closed by anna since 14:00"))
        }
        state.type("<esc>")
        #expect(state.selectedRow != nil, "Escape leads back to the calls")
    }

    @Test func whatCannotBeExplainedIsSaid() {
        var state = Self.state()
        let call = CallToExplain(from: "x", to: "y", at: nil)
        state.receive(
            .explained(CallExplanation(call, .refused("to is neither a phone number nor the name of a line"))))
        #expect(state.text.contains("neither a phone number nor the name of a line"))
    }

    /// What was typed comes back with the reason, unless something else was begun meanwhile.
    @Test(arguments: [Row("at once", "", true), Row("while a filter is typed", "f", false), Row("later", "q", false)])
    func aRefusedQuestionCanBeMended(_ row: Row<String, Bool>) throws {
        var state = Self.state()
        let call = try #require(Self.request(state.type("x<tab><^u>nosuch<enter>")))
        state.type(row.input)
        state.receive(.explained(CallExplanation(call, .refused("to is neither a number nor a line"))))
        #expect(state.text.contains("to is neither a number nor a line"))
        #expect(state.text.contains("nosuch") == row.expected, "\(state.text)")
        guard row.expected else { return }
        #expect(Self.request(state.type("<bs><enter>"))?.to == "nosuc")
    }

    @Test(
        arguments: [
            Row(
                "y after the fields", "t<enter>y",
                DashboardEffect.request(.testCall(from: "+31612345678", to: "+31201234567"))),
            Row("Enter alone never calls", "t<enter><enter>", nil), Row("Escape", "t<esc>y", nil),
        ] as [Row<String, DashboardEffect?>]) func aTestCallIsAskedFor(_ row: Row<String, DashboardEffect?>)
    {
        var state = Self.state()
        #expect(state.type(row.input) == [row.expected].compactMap(\.self))
    }
}
