// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Overrides
import Screen
import Testing
import TestSupport

/// The statistics: what is counted, over what, and that no frame counts calls.
@Suite struct StatisticsTests {
    private func statistics(
        _ calls: [CallSample] = .busy, status: ServerStatus = .sample(), size: Size = Size(columns: 160, rows: 70)
    ) -> DashboardState {
        var state = DashboardState.sample(size: size, calls: calls, status: status)
        state.type("i")
        return state
    }

    @Test(arguments: ["i", "q", "<esc>"])
    func aKeyOpensThemAndOthersLeave(key: String) {
        var state = statistics()
        #expect(state.text.contains("Answer times since the start"))
        state.type(key)
        #expect(state.selectedRow != nil)
    }

    @Test(arguments: [
        "400 answers", "p50 ", "p90 ", "p99.9 ", "max 4.0 s", "of 5.0 s", "10 µs", "1 ms ", "100 ms", "10 s",
        "Calls per 2 minutes",
        "since 14:00", "Outcomes", "rejected by hours", "Lines", "Front desk", "other numbers", "Decided by",
        "rule vip",
        "hours office", "otherwise", "Answers", "greeting", "Counted since the server started: 400 calls.",
    ])
    func theyHave(words: String) {
        let state = statistics()
        #expect(state.text.contains(words), "\(state.text)")
    }

    @Test func todayIsNextToTheStartWhereItIsKnown() {
        let text = statistics(status: .countingToday).text
        let line = text.split(separator: "\n").first { $0.contains("HMS Sovereign Demo") }
        #expect(line.map { $0.split(separator: " ").suffix(5).map(String.init) } == ["79", "19", "%", "353", "67"])
        #expect(!statistics().text.contains("since start"))
    }

    /// Today's, those of the day before, and those since the start.
    @Test func answersAreCountedByDay() {
        let rows = statistics(status: .countingToday).text.split(separator: "\n")
        func numbers(_ name: String) -> [Int]? {
            rows.last { $0.contains("  \(name) ") }.map { row in
                row.split(separator: " ").compactMap { Int($0) }
            }
        }
        let since = EventLog.sample(.busy).snapshot().totals.answers
        let (vip, greetings) = (since.deciders["rule vip"] ?? 0, since.kinds[.greeting] ?? 0)
        #expect(numbers("rule vip")?.filter { $0 == vip + 9 || $0 == 700 || $0 == vip } == [vip + 9, 700, vip])
        #expect(numbers("greeting").map { [$0.first, $0.last] } == [greetings + 9, greetings])
        #expect(rows.filter { $0.contains("today") && $0.contains("yesterday") }.count == 4, "\(rows)")
    }

    @Test func withoutThoseOfTheDayBeforeTheAnswersAreSinceTheStart() {
        var status = ServerStatus.countingToday
        status.day = status.day.map {
            DayCounts(since: $0.since, isWhole: true, outcomes: $0.outcomes, lines: $0.lines, yesterday: $0.yesterday)
        }
        let rows = statistics(status: status).text.split(separator: "\n")
        #expect(
            rows.filter { $0.contains("Decided by") || $0.contains("Answers ") }.allSatisfy { !$0.contains("today") })
    }

    @Test func manyRulesAreAddedUpInTheEnd() {
        let calls = (0..<40).map {
            CallSample("r-\($0)", at: Double($0)).with(\.by, .rule("rule \(padded($0, to: 2))"))
        }
        let text = statistics(calls).text
        #expect(text.contains("rule rule 10"))
        #expect(!text.contains("rule rule 11"))
        let rest = text.split(separator: "\n").first { $0.contains("all others") }
        #expect(rest.map { $0.split(separator: " ").suffix(3).map(String.init) } == ["29", "73", "%"], "\(text)")
    }

    @Test func theyAreLive() {
        var state = statistics(.many(3))
        #expect(state.text.contains("3 answers"))
        state.receive(.logChanged(EventLog.sample(.many(5)).snapshot()))
        #expect(state.text.contains("5 answers"))
    }

    @Test func callsInMemoryAreCountedAPieceAtATime() {
        var state = statistics(.many(5000))
        var pieces = 0
        while state.hasWork, pieces < 10 {
            state.receive(.idle)
            pieces += 1
        }
        #expect((1..<10).contains(pieces))
        state.type("i")
        #expect(!state.hasWork)
    }

    @Test func withoutCallsTheySaySo() {
        let text = statistics([]).text
        for words in [
            "no answers yet", "no calls yet", "no calls in this time", "Counted since the server started: 0 calls.",
        ] {
            #expect(text.contains(words), "\(words): \(text)")
        }
    }

    @Test func whatMemoryEvictedIsNotCountedAsZero() {
        var state = DashboardState.sample(
            size: Size(columns: 120, rows: 70), calls: .busy, keep: 100, status: .sample())
        state.type("i")
        // The log counts the last 32 minutes; of earlier ones only those in memory are known.
        #expect(state.text.contains("since 15:36"), "\(state.text)")
    }
}

/// The wall: big counts at every size.
@Suite struct WallTests {
    @Test(arguments: [
        Size(columns: 50, rows: 10), Size(columns: 80, rows: 24), Size(columns: 120, rows: 40),
        Size(columns: 200, rows: 50), Size(columns: 300, rows: 80),
    ])
    func itFitsEverySize(size: Size) {
        var state = DashboardState.sample(size: size, calls: .busy)
        state.type("w")
        for words in ["live now", "since start", "rejected", "16:07:"] {
            #expect(state.text.contains(words), "\(words): \(state.text)")
        }
        let before = state.text
        state.type("<end>")
        #expect(state.text == before, "nothing is below")
    }

    @Test func itNamesLinesThatAreNotOpenFirstWhereNotAllFit() {
        let lines = [LineStatus].many(60) + [LineStatus].many(1, startingAt: 60, state: .closed)
        var state = DashboardState.sample(calls: .busy, status: .sample(lines: lines))
        state.type("w")
        #expect(state.text.contains("Line 60 "), "\(state.text)")
        #expect(state.text.contains(" more"))
    }

    @Test func itNamesWhatIsWrong() {
        var state = DashboardState.sample(calls: .varied)
        state.type("w")
        #expect(state.text.contains("since the start: 1 failed"))
        #expect(state.text.contains("1 not applied"))
        var calm = DashboardState.sample(calls: [CallSample("c-1").live()])
        calm.type("w")
        #expect(calm.text.contains("none failed, late, not applied or without news since the start"))
    }
}
