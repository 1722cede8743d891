// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Screen
import Testing
import TestSupport

@Suite struct CallListTests {
    private func caller(_ index: Int) -> String { "+3160000" + String(10_000 + index).dropFirst() }

    private func news(_ count: Int, keep: Int = 10_000) -> DashboardMessage {
        .logChanged(EventLog.sample(.many(count), keep: keep).snapshot())
    }

    @Test(arguments: [
        ("", 99), ("j", 98), ("jjjk", 97), ("<end>", 0), ("G", 0), ("<end><up>", 1), ("j<home>", 99), ("jjF", 99),
        ("k", 99), ("<pgdn>", 82), ("<^d><^u>", 99), ("<end>j", 0), ("<end><pgdn>", 0),
    ])
    func keysSelect(keys: String, index: Int) throws {
        var state = DashboardState.sample(calls: .many(100))
        state.type(keys)
        #expect(try #require(state.selectedRow).contains(caller(index)))
    }

    @Test func theNewestCallIsFollowedUntilTheCursorMoves() throws {
        var state = DashboardState.sample(calls: .many(100))
        state.receive(news(101))
        #expect(try #require(state.selectedRow).contains(caller(100)))
        state.type("j")
        state.receive(news(150))
        #expect(try #require(state.selectedRow).contains(caller(99)))
        #expect(state.text.contains("49 new above"))
        state.type("F")
        #expect(try #require(state.selectedRow).contains(caller(149)))
        #expect(!state.text.contains("new above"))
    }

    @Test func rowsStayInPlaceWhileNewCallsArrive() {
        var state = DashboardState.sample(calls: .many(100))
        state.type("jjj")
        let before = state.screen[4...20]
        state.receive(news(140))
        #expect(state.screen[4...20] == before)
    }

    @Test func theSelectedCallStaysSelectedWhileOldCallsAreEvicted() throws {
        var state = DashboardState.sample(calls: .many(60), keep: 50)
        state.type("<pgdn><pgdn>")
        let caller = try #require(state.selectedCaller)
        state.receive(news(70, keep: 50))
        #expect(try #require(state.selectedRow).contains(caller))
    }

    @Test func whenTheSelectedCallIsEvictedTheOldestOneIsSelected() throws {
        var state = DashboardState.sample(calls: .many(60), keep: 50)
        state.type("<end>")
        state.receive(news(500, keep: 50))
        #expect(try #require(state.selectedRow).contains(caller(450)))
    }

    @Test func freezingKeepsTheListAndCountsWhatIsNew() {
        var state = DashboardState.sample(calls: .many(100))
        state.type("p")
        let before = state.screen[3...20]
        state.receive(news(137))
        #expect(state.screen[3...20] == before)
        #expect(state.text.contains("FROZEN · 37 new"))
        #expect(state.text.contains("calls 137"))
        state.type("<end>")
        #expect(!state.text.contains("new above"))
        state.type("p")
        #expect(!state.text.contains("FROZEN"))
        #expect(state.text.contains("37 new above"))
        state.type("F")
        #expect(state.selectedRow?.contains(caller(136)) == true)
    }

    @Test func durationsFreezeWithTheList() {
        var state = DashboardState.sample(calls: .varied)
        state.type("jjp")
        let before = state.screen[3...20]
        state.receive(.logChanged(EventLog.sample(.many(60)).snapshot()))
        state.receive(.tick(.sample.advanced(bySeconds: 3000)))
        #expect(state.screen[3...20] == before)
        #expect(state.screen[22].contains(" new"))
        #expect(!state.screen[22].contains("new above"))
        state.type("<enter>")
        #expect(state.text.contains("live 1:30"))
        state.type("<esc>p<home>")
        #expect(!state.text.contains("live 1:30"))
    }

    @Test func aCallThatRingsForTwoMinutesHasNoNews() {
        var state = DashboardState.sample(calls: [CallSample("c-1")])
        state.receive(.tick(.sample.advanced(bySeconds: 120)))
        #expect(state.text.contains("ringing"))
        state.receive(.tick(.sample.advanced(bySeconds: 121)))
        #expect(state.text.contains("no news"))
    }

    @Test func aLogThatStartsAgainIsShown() {
        var state = DashboardState.sample(calls: .many(100))
        state.type("<pgdn>")
        state.receive(news(3))
        #expect(state.text.contains("1 of 3"))
        state.receive(.logChanged(.empty))
        #expect(state.text.contains("Waiting for calls"))
    }
}
