// SPDX-License-Identifier: Apache-2.0

import JSON
import Overrides
import Calls
import Dashboard
import Screen
import Testing
import TestSupport

@Suite struct LinesViewTests {
    @Test(arguments: ["", "<tab><tab>", "<tab><esc>", "<tab>q", "<tab>:calls<enter>"])
    func theCallsAreShown(keys: String) {
        var state = DashboardState.sample(calls: .varied)
        #expect(state.type(keys) == [])
        #expect(state.selectedRow?.contains("14:09:20") == true)
    }

    @Test(arguments: ["<tab>", ":lines<enter>", "<enter>:lines<enter>", "?:lines<enter>", "<tab><enter><esc>"])
    func theLinesAreShown(keys: String) {
        var state = DashboardState.sample(calls: .varied)
        state.type(keys)
        #expect(state.selectedRow?.contains("HMS Sovereign") == true)
    }

    @Test(arguments: [
        ("<tab>", 0), ("<tab>j", 1), ("<tab>jk", 0), ("<tab>k", 0), ("<tab><end>", 999), ("<tab>G<home>", 0),
        ("<tab><pgdn>", 8), ("<tab><pgdn><pgup>", 0), ("<tab><end><up>", 998), ("<tab>jjj<tab><tab>", 3),
    ])
    func keysSelect(keys: String, place: Int) {
        var state = DashboardState.sample(calls: .varied, status: .sample(lines: .many(1000, isGrouped: false)))
        state.type(keys)
        #expect(state.selectedRow?.contains("Line \(place) ") == true, "\(state.text)")
        #expect(state.screen[22].hasSuffix(" \(place == 999 ? "1 000" : "\(place + 1)") of 1 000"))
    }

    @Test func theCursorStaysWithItsNumberWhenTheRulesChange() {
        var state = DashboardState.sample(calls: .varied, status: .sample(lines: .many(10, isGrouped: false)))
        state.type("<tab>jjjj")
        state.receive(.status(.sample(lines: Array([LineStatus].many(10, isGrouped: false).dropFirst(2)))))
        #expect(state.selectedRow?.contains("Line 4 ") == true)
        state.receive(.status(.sample(lines: .many(3, isGrouped: false))))
        #expect(state.selectedRow?.contains("Line 2 ") == true)
        state.receive(.status(.sample(lines: [])))
        #expect(state.text.contains("The rules file has no lines"))
    }

    @Test func aGroupIsARowAboveItsLines() {
        var state = DashboardState.sample(calls: .busy)
        state.type("<tab>j")
        #expect(state.selectedRow?.contains("group amsterdam") == true)
        #expect(state.screen[22].hasSuffix("· 4 lines"))
        state.type("j")
        #expect(state.selectedRow?.contains("Front desk") == true)
        #expect(state.screen[22].hasSuffix("2 of 4"))
    }

    @Test func linesOfAGroupAreBelowItWhateverTheirOrder() {
        var state = DashboardState.sample(
            size: Size(columns: 80, rows: 60), calls: [], status: .sample(lines: .many(9)))
        state.type("<tab>")
        let names = state.screen.filter { $0.contains("group g") || $0.contains("Line ") }.map {
            $0.split(separator: " ").drop { $0 == "▸" }.prefix(2).joined(separator: " ")
        }
        #expect(
            names.filter { $0.hasPrefix("group") || $0.hasPrefix("Line") }.prefix(6)
                == ["group g0", "Line 0", "Line 7", "group g1", "Line 1", "Line 8"])
    }

    @Test(arguments: [
        (80, ["live", "calls", "rejected", "failed", "last call"]), (120, ["live", "number", "last call"]),
        (200, ["live", "last call", "callers hear"]),
    ])
    func theHeadNamesTheCounts(columns: Int, titles: [String]) {
        var state = DashboardState.sample(size: Size(columns: columns, rows: 24), calls: .busy)
        state.type("<tab>")
        let head = state.screen.first { $0.hasPrefix("  line ") } ?? ""
        for title in titles { #expect(head.contains(title), "\(head)") }
    }

    @Test func aRowCountsTheCallsOfItsLinesAndAGroupAddsThemUp() {
        var state = DashboardState.sample(size: Size(columns: 120, rows: 24), calls: .busy)
        state.type("<tab>")
        let rows = state.screen.filter { $0.contains(" OPEN until") }.map { row in
            row.split(separator: " ").drop { $0 != "CLOSED" }.dropFirst().prefix(4).compactMap { Int($0) }
        }
        #expect(
            rows == [[1, 67, 6, 0], [0, 267, 25, 12], [0, 200, 19, 6], [0, 67, 6, 6], [0, 0, 0, 0]], "\(state.text)")
    }

    @Test(arguments: [80, 120, 200]) func whatElseIsWrongWithCallsIsSaid(columns: Int) {
        var state = DashboardState.sample(size: Size(columns: columns, rows: 24), calls: .varied)
        state.type("<tab>")
        #expect(state.text.contains("1 late · 1 not applied · "), "\(state.text)")
    }

    @Test func theColumnIsTodaysWhereThatIsKnown() {
        var state = DashboardState.sample(calls: .busy, status: .countingToday)
        state.type("<tab>")
        #expect(state.screen.contains { $0.hasPrefix("  line ") && $0.contains(" today ") })
        #expect(state.screen.contains { $0.contains("HMS") && $0.contains(" 79 ") })
    }

    @Test func enterShowsEverythingAboutALine() {
        let overrides: [Override] = [
            .closed(scope: .group("amsterdam"), reason: "drill", until: .sample.advanced(bySeconds: 5400), id: 1),
            .sample(.greeting("Hoi"), .line("+31201234567"), id: 2), .closed(scope: .group("hague"), id: 3),
        ]
        let status = ServerStatus.sample(overrides: overrides, lines: .sample(open: 1))
        var state = DashboardState.sample(size: Size(columns: 100, rows: 40), calls: .varied, status: status)
        state.type("<tab>jj<enter>")
        for words in [
            "Front desk", "+31201234567", "amsterdam", "CLOSED until 17:30, then OPEN", "hours office",
            "17:30: OPEN, otherwise", "\"Sorry, we zijn op dit moment gesloten. Bel terug",
            "CLOSED group amsterdam until 15:30",
            "drill", "14:02, maria (pts/1 on desk1)", "FORCED GREETING line Front desk until removed",
        ] {
            #expect(state.text.contains(words), "\(words)")
        }
        // The bar says it, the page does not.
        #expect(state.screen.count { $0.contains("CLOSED group hague") } == 1)
    }

    @Test func enterShowsEverythingAboutAGroup() {
        let overrides: [Override] = [
            .closed(scope: .group("amsterdam"), reason: "drill", until: .sample.advanced(bySeconds: 5400), id: 1),
            .sample(.greeting("Hoi"), .line("+31201234567"), id: 2), .closed(scope: .group("hague"), id: 3),
        ]
        var state = DashboardState.sample(
            size: Size(columns: 100, rows: 40), calls: .varied, status: .sample(overrides: overrides))
        state.type("<tab>j<enter>")
        for words in [
            "group     amsterdam", "0 of 2 lines open", "since the start: 11 calls", "Front desk", "Billing",
            "CLOSED until 15:30, then OPEN", "CLOSED group amsterdam until 15:30",
            "FORCED GREETING line Front desk until removed",
        ] {
            #expect(state.text.contains(words), "\(words): \(state.text)")
        }
        #expect(state.screen.count { $0.contains("CLOSED group hague") } == 1, "in the bar only")
        state.type("c")
        #expect(state.text.contains("Close group amsterdam"))
        state.receive(.status(.sample(lines: [])))
        state.type("n")
        #expect(state.text.contains("amsterdam is no longer a group of the rules file."))
    }

    @Test(arguments: [
        (LineStatus.State.inform, "INFORM until 17:30"), (.forcedOpen, "FORCED OPEN until 17:30"),
        (.closed, "CLOSED until 17:30, then OPEN"), (.open, "OPEN until 17:30"),
    ])
    func theStateIsSaidInWords(lineState: LineStatus.State, words: String) {
        var state = DashboardState.sample(
            size: Size(columns: 120, rows: 24), calls: .varied, status: .sample(lines: .many(1, state: lineState)))
        state.type("<tab>")
        #expect(state.text.contains(words))
    }

    @Test(arguments: [
        ([LineStatus.State.inform, .open, .open], "2 of 3 open · 1 INFORM · next: "),
        ([.inform], "CLOSED (INFORM) · opens 17:30"),
        ([.forcedOpen, .closed], "1 of 2 open · 1 FORCED OPEN · next: Line 0 x closes, Line 1 x opens 17:30"),
        ([.open, .forcedOpen], "ALL 2 OPEN · 1 FORCED OPEN · all close 17:30"),
    ])
    func theHeaderCountsThem(states: [LineStatus.State], words: String) {
        let lines = states.enumerated().flatMap { [LineStatus].many(1, startingAt: $0.offset, state: $0.element) }
        let size = Size(columns: 140, rows: 24)
        let state = DashboardState.sample(size: size, calls: .varied, status: .sample(lines: lines))
        #expect(state.screen[0].contains(words), "\(state.screen[0])")
    }
}
