// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Dashboard
import EventLog
import Screen
import Testing
import TestSupport

@Suite struct ProgramTests {
    @Test(arguments: [
        ("<^l>", [DashboardEffect.redraw]), ("c<^l>", [.redraw]), ("<^c>", [.interrupt]), ("qy", [.quit]),
        ("q<enter>", []),
        ("qn", []), ("<^z>s", [.suspend]), ("<^z><enter>", []), ("<^z><esc>", []), ("<^z><tab><enter>", [.suspend]),
        ("<esc>", []), ("e<enter>", [.export(to: "calls-2026-07-01.jsonl", overwriting: false)]), ("e<esc>", []),
        ("e<^u>x.jsonl<enter>", [.export(to: "x.jsonl", overwriting: false)]), ("e<^u><enter>", []),
    ])
    func keysAskFor(keys: String, effects: [DashboardEffect]) {
        var state = DashboardState.sample(calls: .varied)
        #expect(state.type(keys) == effects)
    }

    @Test func quitsAtOnceWhenThereIsNothingToLose() {
        var empty = DashboardState.sample()
        #expect(empty.type("q") == [.quit])
        var exported = DashboardState.sample(calls: [CallSample("c-1").ended()])
        exported.receive(.exported(.written(path: "x", calls: 1, evicted: 0)))
        #expect(exported.type("q") == [.quit])
    }

    @Test func anExportNeverOverwritesWithoutAsking() {
        var state = DashboardState.sample(calls: .varied)
        state.type("e<enter>")
        state.receive(.exported(.exists(path: "calls-2026-07-01.jsonl")))
        #expect(state.text.contains("calls-2026-07-01.jsonl exists: overwrite? y/N"))
        #expect(state.type("<enter>") == [])
        state.receive(.exported(.exists(path: "calls-2026-07-01.jsonl")))
        #expect(state.type("y") == [.export(to: "calls-2026-07-01.jsonl", overwriting: true)])
        state.receive(.exported(.written(path: "calls-2026-07-01.jsonl", calls: 1284, evicted: 0)))
        #expect(state.text.contains("1 284 calls written to calls-2026-07-01.jsonl"))
    }

    @Test(arguments: ["", "<enter>", "n"])
    func nothingIsSaidToBeWrittenWhileTheQuestionIsOpenOrAfterCancel(keys: String) {
        var state = DashboardState.sample(calls: .varied)
        state.type("e<enter>")
        #expect(state.text.contains("writing calls-2026-07-01.jsonl"))
        state.receive(.exported(.exists(path: "calls-2026-07-01.jsonl")))
        state.type(keys)
        #expect(!state.text.contains("writing"))
    }

    @Test func anEmptyListNamesTheWholeURLAndACallToTry() {
        for size in [Size(columns: 50, rows: 10), Size(columns: 80, rows: 24)] {
            let status = ServerStatus.sample(webhookURL: "http://127.0.0.1:33533/hooks/hms")
            let text = DashboardState.sample(size: size, status: status).text
            let words = text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
            #expect(words.contains("Waiting for calls on http://127.0.0.1:33533/hooks/hms."))
            #expect(words.contains("Put a proxy or a tunnel in front of it and give its address to the platform as"))
            #expect(words.contains("switchboard call --from +31612345678 --to +31850835037"))
        }
    }

    @Test func theKeyBarOffersWhatIsOfUse() {
        var state = DashboardState.sample(size: Size(columns: 160, rows: 24), calls: .varied)
        #expect(!state.screen[23].contains("F follow"))
        #expect(state.screen[23].contains("q quit"))
        state.type("j")
        #expect(state.screen[23].contains("F follow"))
        state.receive(.resized(Size(columns: 80, rows: 24)))
        #expect(state.screen[23].contains("? help  q quit"))
    }

    @Test func theRateSaysItsWindow() {
        let state = DashboardState.sample(size: Size(columns: 120, rows: 24), calls: .varied)
        #expect(state.screen[1].hasSuffix("2.1/min (5 min)"))
    }

    @Test(arguments: [Glyphs.unicode, .ascii])
    func theHelpExplainsEverySign(glyphs: Glyphs) {
        var state = DashboardState.sample(size: Size(columns: 100, rows: 240), glyphs: glyphs)
        state.type("?")
        for sign in [
            glyphs.check, glyphs.cross, glyphs.ringing, glyphs.live, glyphs.ended, glyphs.failed, glyphs.dash,
            glyphs.applied, "?", glyphs.ellipsis, glyphs.marked, glyphs.note,
        ] {
            #expect(state.screen.contains { $0.hasPrefix("   \(sign)  ") }, "\(sign)")
        }
    }

    @Test func aPlainTerminalGetsPlainSignsForWhatWasCleaned() {
        let calls = [CallSample("c-1").rejected("\u{1B}[2J\u{202E} oops")]
        for (glyphs, sign) in [(Glyphs.unicode, "·"), (.ascii, "?")] {
            let size = Size(columns: 120, rows: 24)
            let text = DashboardState.sample(size: size, glyphs: glyphs, calls: calls).text
            #expect(text.contains("\(sign)[2J\(sign) oops"))
            #expect(glyphs == .unicode || text.utf8.allSatisfy { $0 < 0x80 })
        }
    }

    @Test func aNoticeGoesByItself() {
        var state = DashboardState.sample(calls: .varied)
        state.receive(.notify(OperatorMessage("the rules were read again")))
        #expect(state.text.contains("the rules were read again"))
        state.receive(.tick(.sample.advanced(bySeconds: 3600)))
        #expect(!state.text.contains("the rules were read again"))
    }

    @Test func aSearchTakesTheKeysOfOverrides() {
        var state = DashboardState.sample(calls: .varied)
        #expect(state.type("/cyq<enter>") == [])
        #expect(!state.text.contains("PENDING"))
    }

    @Test(arguments: [
        (ServerStatus.sample(), "ALL 4 OPEN · all close 17:30"),
        (.sample(lines: .sample(open: 0, untilInSeconds: 68_400)), "ALL 4 CLOSED · all open thu 09:00"),
        (.sample(lines: .sample(open: 2)), "2 of 4 open"),
        (.sample(closure: .closed()), "ALL 4 CLOSED"), (.sample(closure: .forcedOpen), "ALL 4 FORCED OPEN"),
        (.sample(closure: .sample(.inform(says: "Dicht"))), "ALL 4 CLOSED (INFORM)"),
        (.sample(closure: .closed(), lines: []), "CLOSED · no lines in the rules file"),
        (.sample(lines: []), "switchboard  no lines in the rules file"), (.sample(isSigned: false), "UNSIGNED"),
        (.sample(lines: .sample(open: 0, untilInSeconds: 864_000)), "ALL 4 CLOSED · all open 2026-07-11 14:00"),
    ])
    func theHeaderShowsTheStateOfTheLines(status: ServerStatus, words: String) {
        let state = DashboardState.sample(size: Size(columns: 120, rows: 24), calls: .varied, status: status)
        #expect(state.screen[0].contains(words))
    }
}
