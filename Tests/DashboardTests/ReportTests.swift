// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Screen
import Testing
import TestSupport

/// The report of a call: what came is laid out, and what did not come is said.
@Suite struct ReportTests {
    private func report(_ call: CallSample, columns: Int = 100) -> DashboardState {
        var state = DashboardState.sample(size: Size(columns: columns, rows: 160), calls: [call])
        state.type("<enter>5")
        return state
    }

    @Test(
        "row 17: analysis, transcript and tool arguments are on the screen",
        arguments: [
            "Asked about opening hours and about an order.", "ended by: user_hangup", "lasted: 4:12", "cost: 0.12",
            "recording_url: https://recordings.example.com/2026/07/01/c-1.wav", "topic: opening hours", "booked: false",
            "caller:", "name: Jan", "- call back", "score: 8.5", "14:00:20.000  look_up_order", "order: A-1284",
            "carrier: PostNL", "0:04      caller     Zijn jullie met Hemelvaart open",
            "0:23      assistant  De bestelling is verstuurd.", "Met Hemelvaart zijn we dicht.",
            "system     23 characters of instructions, not shown", "started_at: 14:00:03",
        ])
    func everythingOfAReportIsShown(words: String) {
        let state = report(.reported)
        #expect(state.text.contains(words), "\(state.text)")
    }

    @Test func theReportDoesNotRepeatTheAssistantOrItsInstructions() {
        let body = #"{"message":{"type":"end-of-call-report","assistant":{"server":"secret"},"messages":[]}}"#
        let call = CallSample("c-1").then(
            .report(CallReport(seconds: 1, summary: "", endReason: nil)), after: 9, body: body)
        #expect(!report(call).text.contains("secret"))
        #expect(!report(.reported).text.contains("You are the front desk"))
    }

    /// A call with a report that has one member.
    private static func reported(_ member: String) -> CallSample {
        CallSample("c-1").then(
            .report(CallReport(seconds: nil, summary: "", endReason: nil)), after: 9,
            body: #"{"message":{"type":"end-of-call-report",\#(member)}}"#)
    }

    @Test(
        arguments: [
            Row("ringing", CallSample("c-1"), "No report yet; it comes when the call has ended."),
            Row("live", CallSample("c-1").live(), "No report yet; it comes when the call has ended."),
            Row("rejected", CallSample("c-1").rejected(), "the platform sends none for rejected calls"),
            Row("ended", CallSample("c-1").then(.status(.ended, reason: nil), after: 9), "some time after the end"),
            Row("without analysis", CallSample.bare, "The report has no analysis."),
            Row("without transcript", CallSample.bare, "The report has no transcript."),
            Row("without summary", CallSample.bare, "The report has no summary."),
            Row(
                "a transcript that is a list", reported(#""transcript":[{"role":"user","content":"Hoi"}]"#),
                "The transcript is not a text: the End part has it as it came."),
            Row("and where it is", reported(#""transcript":[{"role":"user","content":"Hoi"}]"#), #"content: Hoi"#),
            Row(
                "turns that are a text", reported(#""messages":"Hoi""#),
                "The transcript is not a text: the End part has it as it came."),
            Row("a summary that is a list", reported(#""summary":["Hoi"]"#), "The summary is not a text"),
            Row("a length that is a text", reported(#""duration_seconds":"75""#), "duration_seconds: 75"),
            Row("the facts of a report", CallSample("c-1").ended(), "No transcript in the report as it is kept"),
            Row(
                "the facts of a tool call",
                CallSample("c-1").then(
                    .toolCalls(names: ["look_up"]), after: 9,
                    body: #"{"message":{"tool_call_list":[{"id":"t","function":{"name":"look_up"}}]}}"#),
                "arguments: not in the webhook as it is kept"),
            Row(
                "not kept",
                CallSample("c-1").then(
                    .report(CallReport(seconds: 1, summary: "Hoi.", endReason: nil)), after: 9, body: ""), "Not kept:"),
        ] as [Row<CallSample, String>])
    func whatIsMissingIsSaid(row: Row<CallSample, String>) {
        #expect(report(row.input).text.contains(row.expected), "\(report(row.input).text)")
    }

    @Test func aReportThatIsTooLongMarksThatTheRestIsLeftOut() {
        let turns = (0..<5000).map { #"{"role":"user","content":"word \#($0)"}"# }.joined(separator: ",")
        let body = #"{"message":{"type":"end-of-call-report","summary":"","messages":[\#(turns)]}}"#
        let long = CallSample("c-1").then(
            .report(CallReport(seconds: 1, summary: "", endReason: nil)), after: 9, body: body)
        var state = report(long)
        state.type("<end>")
        #expect(state.text.contains("more than 4 000 lines; the rest is not shown"), "\(state.text)")
        let text = String(repeating: "word ", count: 60_000)
        var wordy = report(
            CallSample("c-1").then(.report(CallReport(seconds: 1, summary: text, endReason: nil)), after: 9),
            columns: 50)
        wordy.type("<end>")
        #expect(wordy.text.contains("the rest is not shown"), "\(wordy.text)")
    }

    @Test func theReportAppearsWhileItsTabIsOpen() {
        var state = report(CallSample("c-1").live())
        state.receive(.logChanged(EventLog.sample([.reported]).snapshot()))
        #expect(state.text.contains("topic: opening hours"))
    }

    /// Words are whole at every width, on each tab that has texts of others.
    @Test(arguments: 50...100)
    func wordsAreNotBroken(columns: Int) {
        var state = report(.reported, columns: columns)
        for (tab, words) in [
            ("5", ["tomorrow.", "whether", "Hemelvaart", "bestelling", "instructions,"]), ("2", ["\"timestamp\":"]),
            ("3", ["\"first_message\":", "\"greeting", "helpen?\\\"\""]),
        ] {
            state.type(tab)
            let text = state.text
            for word in words { #expect(text.contains(word), "\(tab) at \(columns): \(text)") }
        }
    }

    @Test func namesTextsNumbersAndWordsHaveTheirRoles() {
        let reply = #"{"max":300,"say":"a \"b\": 1","on":true,"none":null}"#
        var state = DashboardState.sample(calls: [CallSample("c-1").with(\.reply, reply)])
        state.type("<enter>3")
        let grid = state.view()
        let row = (0..<grid.size.rows).first { state.screen[$0].hasPrefix(" {\"max\"") }
        #expect(
            row.map { String(grid.cells(inRow: $0).dropFirst(1).prefix(reply.count).map(\.role.letter)) }
                == ".KKKKK.nnn.KKKKK.ssssssssssss.KKKK.wwww.KKKKKK.wwww.")
    }

    @Test(arguments: [
        "[1,2", "{\"message\":[]}", "{\"message\":{\"messages\":7,\"analysis\":[[[[]]]]}}",
        "{\"message\":{\"messages\":[null,{\"role\":1,\"content\":{\"a\":1}},{\"content\":[\"\\u001b[2J\"]}]}}",
        "{\"message\":{\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"time\":1e300}]}}",
    ])
    func anOddReportIsShownAsFarAsItCanBeRead(body: String) {
        let call = CallSample("c-1").then(
            .report(CallReport(seconds: 1, summary: "Hoi.", endReason: nil)), after: 9, body: body)
        #expect(report(call).text.contains("Hoi."))
    }
}
