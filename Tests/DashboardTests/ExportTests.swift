// SPDX-License-Identifier: Apache-2.0

import Calls
@testable import Dashboard
import EventLog
import Screen
import TestSupport
import Testing

/// Which calls an export has, and as what it is written.
@Suite struct ExportTests {
    private static let path = "calls-2026-07-01.jsonl"

    @Test(
        "the arrows choose the calls, the ending of the name the format",
        arguments: [
            ("e<enter>", ExportedCalls.all, ExportFormat.jsonLines), ("e<down><enter>", .marked, .jsonLines),
            ("e<down><down><enter>", .all, .jsonLines), ("fis:rejected<enter>e<enter>", .these([1, 4]), .jsonLines),
            ("fis:rejected<enter>e<down><enter>", .marked, .jsonLines),
            ("fis:rejected<enter>e<up><enter>", .all, .jsonLines),
            ("e<^w>out.csv<enter>", .all, .csv), ("e<^w>OUT.MD<enter>", .all, .markdown),
            ("e<^w>out.txt<enter>", .all, .jsonLines), ("e<^w>csv<enter>", .all, .csv),
        ] as [(String, ExportedCalls, ExportFormat)])
    func isOf(keys: String, calls: ExportedCalls, format: ExportFormat) throws {
        var state = DashboardState.sample(calls: .marked)
        let effects = state.type(keys)
        guard case .request(.export(let order)) = try #require(effects.last) else {
            Issue.record("no export")
            return
        }
        #expect(order.calls == calls)
        #expect(order.format == format)
    }

    @Test(arguments: [
        ("e<^w>csv<enter>", "calls-2026-07-01.csv"), ("e<^w><^w>x<enter>", "x"),
        ("e<^u>out/night.md<^w><^w>day.md<enter>", "out/day.md"),
    ])
    func aWordOfThePathEndsAtDotsAndSlashes(keys: String, path: String) {
        var state = DashboardState.sample(calls: .marked)
        let written = state.type(keys).compactMap { effect -> String? in
            if case .request(.export(let order)) = effect { order.path } else { nil }
        }
        #expect(written == [path])
    }

    @Test(arguments: [
        ("e", "Writes 12 calls as JSON Lines. The file contains phone numbers."),
        ("e<down>", "Writes the 2 marked calls as JSON Lines."),
        ("fis:rejected<enter>e", "Writes the 2 calls shown as JSON Lines."),
        ("e<^w>a.csv", "Writes 12 calls as CSV."), ("Pe", "Phone numbers in it are masked."),
    ])
    func theDialogSaysWhatItWrites(keys: String, words: String) {
        var state = DashboardState.sample(calls: .marked)
        state.type(keys)
        #expect(state.plain.contains(words))
    }

    @Test func theNameHasTheTimeAtWhichItIsOffered() {
        var path = ExportPath(ExportPath.usual)
        let clock = LocalClock.fixed(7200)
        let (first, second) = (clock.local(.sample), clock.local(.sample.advanced(bySeconds: 3661)))
        #expect(path.offer(at: first) == "switchboard-20260701T140000.jsonl")
        #expect(path.offer(at: second) == "switchboard-20260701T150101.jsonl")
        // What else was typed stays.
        path.take("out/switchboard-20260701T150101.csv")
        #expect(path.offer(at: first) == "out/switchboard-20260701T140000.csv")
        path.take("night.md")
        #expect(path.offer(at: second) == "night.md")
    }

    @Test func eachExportIsOfferedAnotherFile() {
        var state = DashboardState(
            size: Size(columns: 80, rows: 24), glyphs: .unicode, isReadOnly: false, clock: .fixed(7200),
            proposedExportPath: ExportPath.usual, now: .sample)
        state.type("e")
        #expect(state.text.contains("switchboard-20260701T140000.jsonl"))
        state.type("<enter>")
        state.receive(.tick(.sample.advanced(bySeconds: 60)))
        state.type("e")
        #expect(state.text.contains("switchboard-20260701T140100.jsonl"))
    }

    @Test func anExportOfSomeCallsLeavesTheOthersUnsaved() {
        var state = DashboardState.sample(calls: .marked)
        state.type("fis:rejected<enter>e<enter>")
        state.receive(.exported(.written(path: Self.path, calls: 2, evicted: 0)))
        state.type("q")
        #expect(state.plain.contains("12 calls not exported"))
    }

    @Test func whatIsStillBeingFilteredIsNotExported() {
        var state = DashboardState.sample(calls: .many(6400))
        #expect(state.type("fm-1<enter>e<enter>").isEmpty)
        #expect(state.text.contains("calls are still being filtered; try again"))
    }
}
