// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Overrides
import Screen
import TestSupport
import Testing

/// Telephone numbers that are masked on the screen.
@Suite struct MaskTests {
    private static func state(masked: Bool, width: Int = 120) -> DashboardState {
        var status = ServerStatus.sample()
        status.masksNumbers = masked
        return .sample(size: Size(columns: width, rows: 30), calls: .varied, status: status)
    }

    /// A telephone number in full.
    nonisolated(unsafe) private static let number = /\+\d{7,}/

    @Test(arguments: [
        "", "<enter>", "<enter>2", "<enter>3", "<enter>4", "<tab>", "<tab><enter>", "c", "o", "g", "a", "!", "e", "?",
        "/rejected<enter>", "x", "t", "x<tab>", "t<tab><left>",
    ])
    func noNumberIsInFullOnAnyScreen(keys: String) {
        for width in [80, 120, 160] {
            var masked = Self.state(masked: true, width: width)
            masked.type(keys)
            #expect(masked.text.firstMatch(of: Self.number) == nil, "\(masked.text)")
        }
        var shown = Self.state(masked: false)
        shown.type("<enter>")
        #expect(shown.text.firstMatch(of: Self.number) != nil)
    }

    @Test func whatSomebodyTypesIsReadable() {
        var state = Self.state(masked: true)
        state.type("t<^u>+31612345678")
        #expect(state.text.contains("+31612345678"))
        state.type("<tab>")
        #expect(!state.text.contains("+31612345678"))
    }

    @Test func aKeyMasksThemAndShowsThemAgain() {
        var state = Self.state(masked: false)
        state.type("P")
        #expect(state.text.firstMatch(of: Self.number) == nil)
        state.type("P")
        #expect(state.text.firstMatch(of: Self.number) != nil)
        var masked = Self.state(masked: true)
        masked.type(":mask<enter>")
        #expect(masked.text.firstMatch(of: Self.number) != nil)
    }

    @Test func aSearchForTheWholeNumberFindsItAndStaysReadable() {
        var state = Self.state(masked: true)
        state.type("/+4930")
        #expect(state.text.contains("/+4930"))
        state.type("<enter>")
        #expect(state.selectedRow?.contains("14:00:10") == true, "\(state.text)")
    }

    @Test(arguments: [
        Row("as the file says", (true, "e<enter>"), true), Row("as the screen is", (false, "Pe<enter>"), true),
        Row("the file wins over the screen", (true, "Pe<enter>"), true), Row("in full", (false, "e<enter>"), false),
    ])
    func anExportIsMasked(row: Row<(Bool, String), Bool>) {
        var state = Self.state(masked: row.input.0)
        let effects = state.type(row.input.1)
        #expect(
            effects == [
                .request(.export(ExportOrder(to: "calls-2026-07-01.jsonl", overwriting: false, masked: row.expected)))
            ], "\(row)")
    }
}

/// The counts of today in the header.
@Suite struct TodayTests {
    private static func header(_ day: DayCounts?) -> String {
        var status = ServerStatus.sample()
        status.day = day
        let state = DashboardState.sample(size: Size(columns: 160, rows: 24), calls: .varied, status: status)
        return state.screen[1]
    }

    @Test func theHeaderSaysWhichCountsItShows() {
        var outcomes = OutcomeCounts()
        outcomes[.failed] = 41
        let since = Instant.sample.advanced(bySeconds: -3600)
        let start = Self.header(nil)
        #expect(start.hasPrefix(" calls 12 "), "\(start)")
        #expect(Self.header(DayCounts(since: since, isWhole: false, outcomes: outcomes)) == start)
        let today = Self.header(DayCounts(since: since, isWhole: true, outcomes: outcomes))
        #expect(today.hasPrefix(" today 53 "), "\(today)")
        #expect(today.contains("since start"))
        #expect(!start.contains("since start"))
    }
}
