// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Overrides
import Screen
import TestSupport
import Testing

/// What the screen says of how calls went.
@Suite struct CountTests {
    private static func state(_ calls: [CallSample] = .varied, width: Int = 120, keep: Int = 10_000) -> DashboardState {
        .sample(size: Size(columns: width, rows: 24), calls: calls, keep: keep)
    }

    private static let failed = CallSample("f").then(.status(.endedWithError, reason: "TTS"), after: 3)

    @Test("counts come before the time that answers took", arguments: [50, 64, 80, 100, 120])
    func countsComeFirst(width: Int) {
        var state = DashboardState.sample(
            size: Size(columns: width, rows: 24), calls: [CallSample("a").with(\.microseconds, 52)],
            status: .countingToday)
        state.receive(.tick(.sample))
        let row = state.screen[1]
        for word in ["today", "live", "failed", "rejected"] { #expect(row.contains(word), "\(row)") }
        #expect(row.contains("since start") == (row.contains("max") || row.contains("p50") || row.contains("p99")))
    }

    static let searches = [
        Row("row 6: failed", "failed", 1), Row("row 6: no news", "no news", 1), Row("row 6: live", "live", 5),
        Row("row 6: a state with its length", "ended 4:12", 1), Row("row 6: a length", "1:20", 1),
        Row("row 6: rejected by hours", "rejected by hours", 1), Row("row 6: unknown line", "rejected by unknown", 1),
        Row("row 6: not applied", "not applied", 1), Row("row 6: unconfirmed", "unconfirmed", 1),
        Row("row 6: the time", "14:08:5", 1), Row("row 6: the time that the answer took", "4.0 s", 1),
        Row("row 6: the kind of answer, on a narrow screen", "limit", 1),
        Row("row 6: none of it", "transferred", 0),
    ]

    @Test(arguments: searches) func aSearchFindsWhatARowShows(_ row: Row<String, Int>) {
        var state = Self.state()
        state.type("/\(row.input)")
        let found =
            row.expected == 0 ? "no call matches" : row.expected == 1 ? "1 of 1 match" : "of \(row.expected) matches"
        #expect(state.text.contains(found), "\(state.text)")
    }

    /// Every text of every row, as it is on the screen.
    @Test(arguments: [120, 200]) func aSearchFindsEveryCellOfEveryRow(width: Int) {
        let rows = Self.state(width: width).screen.filter { $0.contains("14:0") && !$0.contains("last call") }
        #expect(rows.count >= 5)
        for row in rows {
            for cell in row.dropFirst(2).split(separator: "  ").map({ $0.filter { !"·●○✓✗?▸".contains($0) } }) {
                guard let words = String(cell).split(separator: "…").first else { continue }
                let word = words.drop { $0 == " " || $0 == "–" || $0 == "!" }
                guard word.count > 3, !word.contains("\"") else { continue }
                var state = Self.state(width: width)
                state.type("/\(word.prefix(8))")
                #expect(!state.text.contains("no call matches"), "\(word.prefix(8)) of \(row)")
            }
        }
    }

    @Test func aSearchFollowsStates() {
        var state = Self.state([CallSample("a")])
        state.type("/failed<enter>")
        #expect(state.text.contains("no call matches"))
        state.receive(.logChanged(EventLog.sample([Self.failed]).snapshot()))
        #expect(state.text.contains("1 of 1 match"))
    }

    @Test(arguments: [50, 80, 120, 200]) func outcomeAndProofAreTwoThings(width: Int) throws {
        let call = CallSample("a").then(.status(.inProgress, reason: nil), after: 1, echo: .decision("d-a"))
            .then(.status(.endedWithError, reason: "x"), after: 2)
        let state = Self.state([call], width: width)
        let row = try #require(state.selectedRow)
        #expect(row.contains("! failed") && !row.contains("! failed ✓"), "row 8: \(row)")
        let grid = state.view()
        let signs = (0..<grid.size.rows).flatMap { row in
            grid.cells(inRow: row).filter { $0.glyph == "✓" && $0.role == .answered }
        }
        // The one before the answer: that it was accepted.
        #expect(width < 140 ? signs.count == 1 : signs.count >= 1, "row 8")
    }

    @Test func theHeaderHasWhatMattersFirst() {
        #expect(
            Self.state(width: 200).screen[1].hasPrefix(
                " calls 12  live 5  failed 1  rejected 2 (1 by hours, 1 by unknown line)  late 1  not applied 1  no news 1"
            ),
            "row 15: \(Self.state(width: 200).screen[1])")
        #expect(Self.state(width: 50).screen[1].contains("failed 1"), "row 15")
        #expect(Self.state([], width: 80).screen[1].hasPrefix(" calls 0  live 0  failed 0  rejected 0"), "row 15")
    }

    @Test func aLineShowsItsCounts() {
        // In progress, all, rejected, failed.
        for (width, words) in [(50, "3 · 2 failed · 1 rejected"), (80, "0 3 1 2"), (160, "0 3 1 2")] {
            let calls = [
                Self.failed, CallSample("r").rejected(by: .hours("office")),
                CallSample("g").then(.status(.failed, reason: nil), after: 1),
            ]
            var state = Self.state(calls, width: width)
            state.type("<tab>")
            #expect(state.plain.contains(" \(words) "), "row 15 at \(width): \(state.text)")
        }
    }

    @Test(arguments: [80, 120, 200]) func whatMemoryDroppedIsSaid(width: Int) {
        let state = Self.state(.many(60), width: width, keep: 20)
        #expect(state.screen[1].contains("calls 60 (40 evicted)"), "row 16: \(state.screen[1])")
    }

    @Test func anExportSaysWhatItDoesNotHave() {
        var state = Self.state()
        state.receive(.exported(.written(path: "x.jsonl", calls: 20, evicted: 40)))
        #expect(state.text.contains("20 calls written to x.jsonl, without 40 that memory evicted"), "row 16")
    }

    static let roles = [
        Row("row 31: by hours", Decider.hours("office"), Role.muted),
        Row("row 31: by a list", .rule("blocked"), .muted),
        Row("row 31: unknown line", .unknownLine, .muted), Row("row 31: by an operator", .override(.all), .rejected),
    ]

    @Test(arguments: roles) func onlyWhatWantsSomebodyHasTheColorOfAlarm(_ row: Row<Decider, Role>) {
        let grid = Self.state([CallSample("a").rejected("Closed.", by: row.input)]).view()
        let cells = (0..<grid.size.rows).flatMap { grid.cells(inRow: $0) }
        #expect(cells.contains { $0.glyph == "✗" && $0.role == row.expected })
        if row.expected == .muted { #expect(!cells.contains { $0.role == .rejected || $0.role == .failed }) }
    }

    @Test func eachReasonOfARefusalHasOnePhrase() {
        let log = EventLog.sample([CallSample("a")])
        for _ in 0..<3 { log.record(.missingSignature, from: "10.0.0.9", at: .sample) }
        log.record(.badSignature, from: "10.0.0.9", at: .sample)
        var state = Self.state([], width: 200)
        state.receive(.logChanged(log.snapshot()))
        #expect(
            state.screen[1].contains("refused 4 (3 missing signature, 1 bad signature)"), "row 13: \(state.screen[1])")
    }
}
