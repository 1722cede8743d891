// SPDX-License-Identifier: Apache-2.0

import Calls
@testable import Dashboard
import EventLog
import Overrides
import Screen
import TestSupport
import Testing

/// The filter of the list.
@Suite struct FilterTests {
    private static let wide = Size(columns: 120, rows: 30)

    /// The times of the listed calls, from the top.
    private func times(_ state: DashboardState) -> [String] {
        state.screen.filter { $0.dropFirst(2).prefix(8).contains("14:0") }.map { String($0.dropFirst(2).prefix(8)) }
    }

    private func state(_ keys: String, calls: [CallSample] = .varied) -> DashboardState {
        var state = DashboardState.sample(size: Self.wide, calls: calls, status: .sample(lines: .mixed))
        state.type(keys)
        return state
    }

    @Test(
        "the list shows what the filter selects",
        arguments: [
            ("fis:rejected<enter>", ["14:04:20", "14:00:40"]), ("ffrom:+49<enter>", ["14:02:10", "14:00:10"]),
            ("f\"guten tag\"", ["14:02:10"]), ("ffrom:withheld<enter>", ["14:08:50", "14:04:20"]),
            ("fms:1s..<enter>", ["14:05:20", "14:05:00"]), (":filter state:failed<enter>", ["14:02:10"]),
            ("fstate:failed from:+31<enter>", []), ("f is:rejected -from:withheld", ["14:00:40"]),
        ] as [(String, [String])])
    func showsWhatItSelects(keys: String, expected: [String]) {
        let state = state(keys)
        #expect(times(state) == expected)
        #expect(state.text.contains("\(expected.count) of 12 shown"), "a hidden call never looks like no call")
    }

    @Test func aMistakeIsShownUnderThePromptAndTheLastGoodFilterStays() {
        var state = state("fis:rejected")
        state.receive(.paste(" form:+49"))
        #expect(times(state) == ["14:04:20", "14:00:40"])
        let rows = state.screen
        #expect(rows[rows.count - 3].hasPrefix(" f is:rejected form:+49"))
        #expect(rows[rows.count - 2].hasPrefix("               ^^^^ unknown key \"form:\""))
        state.type("<enter>")
        #expect(state.screen[rows.count - 3].hasPrefix(" f is:rejected"), "the prompt stays open")
        state.type("<^w><enter>")
        #expect(times(state) == ["14:04:20", "14:00:40"])
        #expect(!state.text.contains("unknown key"))
    }

    @Test func escapeClearsTheSearchFirstAndThenTheFilter() {
        var state = state("fis:rejected<enter>/desk<enter>")
        state.type("<esc>")
        #expect(!state.text.contains("/desk"))
        #expect(state.text.contains("2 of 12 shown"))
        state.type("<esc>")
        #expect(times(state).count == 12)
        #expect(!state.text.contains("shown"))
    }

    @Test func escapeInThePromptBringsTheFormerFilterAndTheSelectionBack() {
        var state = state("jjjjfis:rejected<esc>")
        #expect(state.selectedRow?.contains("14:08:00") == true)
        #expect(times(state).count == 12)
        state.type("fis:live<enter>fis:rejected<esc>")
        #expect(state.text.contains("f is:live"))
    }

    @Test func bTogglesTheBadCalls() {
        var state = state("b")
        #expect(times(state) == ["14:05:20", "14:05:00", "14:02:10"])
        state.type("b")
        #expect(times(state).count == 12)
        state.type("ffrom:+31<enter>b")
        #expect(state.text.contains("f from:+31 is:bad"))
        state.type("b")
        #expect(state.text.contains("f from:+31"))
        #expect(!state.text.contains("is:bad "))
    }

    @Test(
        "one key shows all calls of a caller",
        arguments: [
            ("j.", "from:=+31612345678", 2), ("jj.", "from:withheld", 2), ("j<enter>.", "from:=+31612345678", 2),
        ])
    func callsOfThisCaller(keys: String, text: String, count: Int) {
        var state = state(keys)
        #expect(state.text.contains("f \(text)"))
        #expect(times(state).count == count)
        state.type(".")
        #expect(times(state).count == 12)
    }

    @Test func newCallsAreTestedAndChangedOnesAgain() {
        var calls = [CallSample].many(3)
        var state = state("fis:live<enter>", calls: calls)
        #expect(times(state).isEmpty)
        calls[1] = calls[1].live()
        state.receive(.logChanged(EventLog.sample(calls).snapshot()))
        #expect(state.text.contains("1 of 3 shown"))
        #expect(state.selectedCaller == "+31600000001")
        calls.append(CallSample("n", from: "+31700000000").with(\.at, 9).live())
        state.receive(.logChanged(EventLog.sample(calls).snapshot()))
        #expect(state.text.contains("2 of 4 shown"))
        #expect(state.selectedCaller == "+31700000000", "it follows the newest that is shown")
        calls[1] = calls[1].ended(seconds: 2)
        state.receive(.logChanged(EventLog.sample(calls).snapshot()))
        #expect(state.text.contains("1 of 4 shown"))
    }

    @Test func aCallThatIsWithoutNewsBecomesBadByTimeAlone() {
        let log = EventLog.sample([CallSample("a"), CallSample("b").with(\.at, 1).live()])
        var state = DashboardState.sample(size: Self.wide)
        state.receive(.logChanged(log.snapshot()))
        state.type("b")
        #expect(times(state).isEmpty)
        for (minutes, expected) in [(1, 0), (30, 1), (60 * 24, 2), (1, 0)] {
            state.receive(.tick(.sample.advanced(bySeconds: Int64(minutes * 60))))
            #expect(times(state).count == expected, "\(minutes) minutes later")
        }
    }

    /// Whatever comes and goes, the filter shows what a dashboard shows that sets it afterwards.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func isWhatAFreshOneShows(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let filters = ["is:live", "is:rejected", "is:bad", "vip", "from:+49", "not:guten", "has:note"]
        let text = filters[Int(seed) % filters.count]
        var calls: [CallSample] = []
        var state = DashboardState.sample(size: Self.wide, keep: 20)
        state.type("f\(text)<enter>")
        for round in 0..<20 {
            let samples = [CallSample].marked
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                let sample = samples[Int.random(in: 0..<samples.count, using: &random)]
                calls.append(sample.with(\.id, "r-\(calls.count)").with(\.at, Double(calls.count)))
            }
            if let place = calls.indices.randomElement(using: &random) { calls[place] = calls[place].live() }
            let log = EventLog.sample(calls, keep: 20).snapshot()
            state.receive(.logChanged(log))
            let now = Instant.sample.advanced(bySeconds: Int64.random(in: 0...9000, using: &random))
            state.receive(.tick(now))
            var fresh = DashboardState.sample(size: Self.wide, keep: 20)
            fresh.receive(.tick(now))
            fresh.receive(.logChanged(log))
            fresh.type("f\(text)<enter>")
            #expect(times(state) == times(fresh), "round \(round) of \(text)")
        }
    }

    /// What a letter leaves is mostly a part of what was there before it; calls come and change between the letters.
    @Test(arguments: ["m-77", "+31600000120", "from:+316000012", "by:otherwise", "-is:live m-2", "mm"])
    func letterByLetterItShowsWhatAFreshOneShows(text: String) {
        let log = EventLog.sample(.many(2500), keep: 2490)
        func dashboard(_ keys: String) -> DashboardState {
            var state = DashboardState.sample(size: Self.wide)
            state.receive(.logChanged(log.snapshot()))
            state.type(keys)
            return state
        }
        var state = dashboard("f")
        for (place, letter) in text.enumerated() {
            state.type(String(letter))
            for call in [CallSample].many(3, startingAt: 2500 + 3 * place) { call.record(in: log) }
            for changed in [77, 120, 2400 + place] {
                CallSample("m-\(changed)").with(\.isAsked, false).then(.status(.inProgress, reason: nil), after: 9000)
                    .record(in: log)
            }
            state.receive(.logChanged(log.snapshot()))
        }
        var fresh = dashboard("f\(text)")
        while state.hasWork { state.receive(.idle) }
        while fresh.hasWork { fresh.receive(.idle) }
        #expect(state.filter.calls.sequences == fresh.filter.calls.sequences)
        #expect(state.filter.calls.isComplete)
    }

    @Test func manyCallsAreFilteredPieceByPiece() {
        var state = state("fm-77<enter>", calls: .many(6400))
        #expect(state.hasWork)
        #expect(state.text.contains("0 of 6 400 shown so far"))
        for _ in 0..<4 where state.hasWork { state.receive(.idle) }
        #expect(!state.hasWork)
        #expect(state.text.contains("11 of 6 400 shown"))
        #expect(!state.text.contains("so far"))
    }

    @Test func theSelectedCallStaysWhileOlderOnesAreTested() {
        var state = state("<end>fm-<enter>", calls: .many(6400))
        while state.hasWork { state.receive(.idle) }
        #expect(state.selectedCaller == "+31600000000")
        state.type("<esc>")
        #expect(state.selectedCaller == "+31600000000")
    }

    @Test func searchAndNeighboursStayWithinWhatIsShown() {
        var state = state("fis:rejected<enter>/desk<enter>")
        #expect(state.text.contains("1 match"), "only one of the shown calls is to the desk")
        state = self.state("fis:rejected<enter><enter>J")
        #expect(state.text.contains("+31206641234"))
        state.type("J")
        #expect(state.text.contains("this is the oldest call"))
    }

    @Test func nothingIsSelectedWhereNothingIsShown() {
        var state = state("fstate:failed from:+31<enter>")
        #expect(state.text.contains("None of 12 calls matches: state:failed from:+31"))
        #expect(state.type("m").isEmpty)
        #expect(state.text.contains("no call is selected"))
        state.type("<enter>jk<end><home>.")
        #expect(state.text.contains("0 of 12 shown"))
    }

    @Test func savedFiltersAreOffered() {
        var state = state("fis:bad<enter>:save-filter trouble<enter>ffrom:+49")
        #expect(state.settings.filters == [SavedFilter(name: "trouble", text: "is:bad")])
        state.type("<^u><down>")
        #expect(state.text.contains("f is:bad"))
        #expect(state.text.contains("\"trouble\""))
        #expect(times(state).count == 3)
        state.type("<down>")
        #expect(times(state).count == 12, "what was typed is offered again")
    }

    @Test func theGroupOfALineIsKnown() {
        #expect(state("fgroup:nowhere<enter>").text.contains("0 of 12 shown"))
    }

    @Test func aPasteGoesIntoThePrompt() {
        var state = state("f")
        state.receive(.paste("is:rejected\n"))
        #expect(times(state).count == 2)
    }

    @Test func aFrozenListIsFilteredAsItWas() {
        var state = state("pfis:rejected<enter>")
        state.receive(.logChanged(EventLog.sample(.varied + [CallSample("n").with(\.at, 570).rejected()]).snapshot()))
        #expect(times(state).count == 2)
        state.type("p")
        #expect(times(state).count == 3)
    }

    @Test(
        "Tab completes keys, their words, and the names of lines and groups",
        arguments: [
            Row("a key", "fst", "f state:"), Row("a word", "fis:unc", "f is:unconfirmed"),
            Row("what all have in common", "fis:r", "f is:r"), Row("several", "fstate:re", "f state:rejected"),
            Row("a negation", "f-is:liv", "f -is:live"), Row("a later term", "fis:bad has:sum", "f is:bad has:summary"),
            Row("another name of a key", "fcal", "f call"), Row("nothing known", "fxyz", "f xyz"),
            Row("a line", "fto:fr", "f to:\"Front desk\""), Row("a group", "fgroup:ams", "f group:amsterdam"),
        ])
    func tabCompletes(row: Row<String, String>) {
        let state = state(row.input + "<tab>")
        #expect(state.screen.contains { $0.hasPrefix(" \(row.expected)") }, "\(state.screen.suffix(4))")
    }

    @Test func tabOffersWhatThereIsToChooseFrom() {
        var state = state("fis:un<tab>")
        #expect(state.text.contains("f is:unconfirmed"))
        state = self.state("fis:<tab>")
        #expect(state.text.contains("is:applied is:bad"))
        state.type("b")
        #expect(!state.text.contains("is:applied"))
    }

    @Test func tabCompletesTheWordBeforeTheCursor() {
        var state = state("fis: from:+31<home><right><right><right>b")
        state.type("<tab>")
        #expect(state.text.contains("f is:bad  from:+31") || state.text.contains("f is:bad from:+31"))
    }
}
