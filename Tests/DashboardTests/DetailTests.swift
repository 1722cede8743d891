// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Screen
import Testing
import TestSupport

@Suite struct DetailTests {
    private func detail(_ call: CallSample, _ keys: String = "", size: Size = Size(columns: 100, rows: 30)) -> String {
        var state = DashboardState.sample(size: size, calls: [call])
        state.type("<enter>\(keys)")
        return state.text
    }

    @Test func theTimelineShowsEveryWebhook() {
        let call = CallSample("c-1").live().then(.assistantRequest, after: 3)
            .then(.toolCalls(names: ["look_up"]), after: 5).ended(seconds: 252).then(.other(type: "hang"), after: 60)
        let text = detail(call)
        for words in [
            "14:00:00.000  assistant-request: answered in 400 µs of 5.0 s, rule vip",
            "14:00:02.080  status-update: in-progress – applied: the platform confirmed our answer",
            "14:00:03.000  assistant-request: repeated request, same answer", "tool-calls: called look_up\n",
            "end-of-call-report: lasted 4:12, ended by user_hangup", "\"Asked about opening hours.\"", "hang:",
        ] {
            #expect(text.contains(words), "\(words)")
        }
    }

    /// A record without webhooks and answers has no bytes of them.
    @Test(arguments: [Row("the answer", "3", "is not kept"), Row("the request", "2", "The request is not kept.")])
    func whatIsNotKeptIsNotShownAsEmpty(row: Row<String, String>) {
        let text = detail(CallSample("c-1").with(\.reply, "").with(\.keepsRequest, false), row.input)
        #expect(text.contains(row.expected), "\(text)")
        #expect(!text.contains("0 bytes") && !text.contains("Not JSON") && !text.contains("{} means"))
    }

    @Test func theTimelineNamesTheCall() {
        #expect(detail(CallSample("0b6f1f5e-1")).contains(" call 0b6f1f5e-1\n"))
    }

    @Test func aCallThatRunsWithoutOurAnswerSaysSo() {
        let call = CallSample("c-1").then(.status(.inProgress, reason: nil), after: 2, echo: .untagged)
        #expect(detail(call).contains("not applied: the call runs without our answer"))
    }

    @Test(arguments: [
        (#"{"a":[1,-2.5e+3,true,null],"b":{}}"#, ["  \"a\": [", "    -2.5e+3,", "  \"b\": {}"]),
        (#"  "just text"  "#, ["\"just text\""]), ("{\"a\":01}", ["Not JSON", "{\"a\":01}"]),
        ("{\"a\":1,}", ["Not JSON"]), ("[1 2]", ["Not JSON"]),
        ("\"\u{07}\"", ["Not JSON"]), ("{\"a\":1} x", ["Not JSON"]), ("-", ["Not JSON"]),
        ("tru", ["Not JSON"]),
        (#""\x""#, ["Not JSON"]), (#""\u12g4""#, ["Not JSON"]), ("1.", ["Not JSON"]),
    ])
    func theRequestIsLaidOutOrSaidToBeNoJSON(body: String, lines: [String]) {
        let text = detail(CallSample("c-1").with(\.body, body), "2")
        for line in lines { #expect(text.contains(line), "\(line)") }
        #expect(text.contains("Not JSON") == lines.contains { $0.hasPrefix("Not JSON") })
    }

    @Test func bracketsWithoutEndAreNoJSON() {
        let text = detail(CallSample("c-1").with(\.body, String(repeating: "[", count: 100_000)), "2")
        #expect(text.contains("Not JSON"))
    }

    @Test func theAnswerIsShownByteForByte() {
        let text = detail(CallSample("c-1").with(\.reply, #"{"max_duration_seconds": 300}"#), "3")
        #expect(text.contains("29 bytes, exactly"))
        #expect(text.contains(#" {"max_duration_seconds": 300}"#))
        #expect(text.contains(#"   "max_duration_seconds": 300"#))
    }

    @Test func whyShowsTheStepsAndMarksTheOneThatDecided() {
        let text = detail(CallSample("c-1"), "4")
        #expect(text.contains("▸ rule vip"))
        #expect(text.contains("✓ hours office"))
        #expect(text.contains("· rule blocked       the caller is not in the list"))
    }

    @Test(arguments: [
        ("<tab>", "[2 Request]"), ("<tab><tab><tab><tab>", "[5 Report]"), ("<tab><tab><tab><tab><tab>", "[1 Timeline]"),
        ("<s-tab>", "[5 Report]"), ("3", "[3 Answer]"),
        ("<right><right><left>", "[2 Request]"),
    ])
    func tabsTurn(keys: String, tab: String) {
        #expect(detail(CallSample("c-1"), keys).contains(tab))
    }

    @Test func webhooksOfTheCallAppearWhileItIsOpen() {
        var state = DashboardState.sample(calls: [CallSample("c-1")])
        state.type("<enter>")
        #expect(!state.text.contains("applied"))
        state.receive(.logChanged(EventLog.sample([CallSample("c-1").live()]).snapshot()))
        #expect(state.plain.contains("applied: the platform confirmed our answer"))
    }

    /// Whatever changes a call, its open page is the page that a dashboard opened later shows.
    @Test(
        arguments: [
            Row("a status", .status(.inProgress, reason: nil), "in-progress"),
            Row("a repeated request", .assistantRequest, "repeated request"),
            Row("tool calls", .toolCalls(names: ["look_up"]), "called look_up\n"),
            Row("a report", .report(CallReport(seconds: 41, summary: "", endReason: nil)), "lasted 0:41"),
            Row("an unknown type", .other(type: "hang"), "hang:"),
        ] as [Row<Webhook.Event, String>])
    func everyChangeOfAnOpenCallIsShown(row: Row<Webhook.Event, String>) {
        let later = CallSample("c-1").then(row.input, after: 3)
        var state = DashboardState.sample(size: Size(columns: 100, rows: 30), calls: [CallSample("c-1")])
        state.type("<enter>")
        #expect(!state.text.contains(row.expected))
        state.receive(.logChanged(EventLog.sample([later]).snapshot()))
        #expect(state.text.contains(row.expected))
        #expect(state.text == detail(later))
    }

    @Test func theOpenCallStaysWhileNewOnesComeAndAfterItIsEvicted() {
        var state = DashboardState.sample(calls: .many(5), keep: 10)
        state.type("<enter>")
        state.receive(.logChanged(EventLog.sample(.many(8), keep: 10).snapshot()))
        #expect(state.text.contains("+31600000004 ▸"))
        state.receive(.logChanged(EventLog.sample(.many(100), keep: 10).snapshot()))
        #expect(state.text.contains("+31600000004 ▸"))
        #expect(state.text.contains("evicted from memory"))
    }

    @Test func jAndKInCapitalsOpenTheNeighboursOnTheSameTab() {
        var state = DashboardState.sample(calls: .many(3))
        state.type("<enter>2J")
        #expect(state.text.contains("+31600000001 ▸"))
        #expect(state.text.contains("[2 Request]"))
        state.type("JK")
        #expect(state.text.contains("+31600000001 ▸"))
        state.type("JJ")
        #expect(state.text.contains("this is the oldest call"))
    }

    @Test(arguments: ["<esc>", "q"])
    func isLeftBy(key: String) {
        var state = DashboardState.sample(calls: .varied)
        #expect(state.type("<enter>\(key)") == [])
        #expect(state.selectedRow != nil)
    }

    @Test func aLongPageScrollsToItsEnd() {
        let body = "[" + (0..<500).map(String.init).joined(separator: ",") + "]"
        var state = DashboardState.sample(calls: [CallSample("c-1").with(\.body, body)])
        state.type("<enter>2<end>")
        #expect(state.text.contains(" 499"))
        state.type("<pgdn><down>")
        #expect(state.text.contains(" 499"))
        state.type("<home>")
        #expect(state.text.contains(" bytes"))
    }
}
