// SPDX-License-Identifier: Apache-2.0

import Overrides
import Dashboard
import EventLog
import Screen
import Testing
import TestSupport

@Suite struct SearchTests {
    private func time(after keys: String) -> String? {
        var state = DashboardState.sample(calls: .varied)
        state.type(keys)
        return state.selectedRow.map { String($0.dropFirst(2).prefix(8)) }
    }

    @Test(arguments: [
        ("/guten<enter>", "14:02:10"), ("/GUTEN<enter>", "14:02:10"), ("/+4930<enter>", "14:00:10"),
        ("/hours office<enter>", "14:04:20"), ("/c-05<enter>", "14:05:20"), ("/rejected<enter>n", "14:00:40"),
        ("/rejected<enter>nn", "14:04:20"), ("/rejected<enter>N", "14:00:40"), ("jj/rejected<enter>", "14:04:20"),
        ("/nobody", "14:09:20"), ("jj/guten<esc>", "14:08:50"), ("/guten<esc>", "14:09:20"),
        ("/guten<bs><bs><bs><bs><bs><bs>j", "14:09:01"), ("/rejected<down>", "14:00:40"),
        ("/not asked<enter>", "14:08:20"),
    ])
    func findsTheCall(keys: String, time: String) {
        #expect(self.time(after: keys) == time)
    }

    @Test func countsTheMatches() {
        var state = DashboardState.sample(calls: .varied)
        state.type("/rejected")
        #expect(state.text.contains("1 of 2 matches"))
        state.type("<enter>n")
        #expect(state.text.contains("/rejected  2 of 2 matches"))
        state.type("<esc>")
        #expect(!state.text.contains("matches"))
    }

    @Test func newCallsAreSearchedAndOldOnesForgotten() {
        var state = DashboardState.sample(calls: .many(50), keep: 50)
        state.type("/m-4<enter>")
        #expect(state.text.contains("1 of 11 matches"))
        state.receive(.logChanged(EventLog.sample(.many(75), keep: 30).snapshot()))
        #expect(state.text.contains("5 matches"))
    }

    @Test(arguments: [
        "0612345678", "06 1234 5678", "0031612345678", "+31 6 12345678", "tel:0612345678", "sip:31612345678@10.0.0.1",
    ])
    func aNumberIsFoundInAnySpelling(_ typed: String) {
        let sent = CallSample("c-1").with(\.sentFrom, "sip:31612345678@10.0.0.1")
        var state = DashboardState.sample(calls: [sent, CallSample("c-2", from: "+31612345679")])
        state.type("/" + typed)
        #expect(state.text.contains("1 of 1 match"), "row 4: \(state.text)")
    }

    @Test func theOpenCallSaysHowItsNumbersWereSent() {
        let odd = CallSample("c-1").with(\.sentFrom, "0612345678").with(\.sentTo, "0201234567")
        var state = DashboardState.sample(calls: [odd])
        state.type("<enter>")
        #expect(state.text.contains("caller sent as 0612345678, called number sent as 0201234567"), "row 4")
        state = .sample(calls: [CallSample("c-1").with(\.to, "sip:desk@host")])
        state.type("<enter>")
        #expect(state.text.contains("the called number cannot be read as a phone number"), "row 3")
    }

    @Test(arguments: [
        "call back", "anna wrote", "user_hangup", "ascension day", "provider refused", "A-1284", "hemelvaart zijn we",
        "saturday morning", "recordings.example.com", "0.12",
    ])
    func findsNotesReportsAndReasons(_ typed: String) {
        var calls = [CallSample].varied + [.reported.with(\.at, 570)]
        calls[0] = calls[0].with(\.remarks, [.note("Call back; anna wrote this.")])
        var state = DashboardState.sample(calls: calls)
        state.type("/\(typed)")
        #expect(state.text.contains("match"))
        #expect(!state.text.contains("no call matches"), "\(typed)")
    }

    @Test func aReportThatComesLaterIsFound() {
        var state = DashboardState.sample(calls: [CallSample("c-1").live()])
        state.type("/ascension<enter>")
        #expect(state.text.contains("no call matches"))
        #expect(!state.text.contains("n N"), "there is nothing to go to")
        let ended = CallSample("c-1").live().ended(seconds: 9, summary: "Open on Ascension Day?")
        state.receive(.logChanged(EventLog.sample([ended]).snapshot()))
        #expect(state.text.contains("1 match"))
    }

    @Test func lettersOutsideASCIIAreFoldedToo() {
        var state = DashboardState.sample(calls: [CallSample("c-1").with(\.calledName, "Zürich ÉTÉ")])
        state.type("/zÜRICH été")
        #expect(state.text.contains("1 of 1 match"))
    }
}
