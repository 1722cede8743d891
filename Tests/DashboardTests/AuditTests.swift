// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Overrides
import Screen
import TestSupport
import Testing

/// What operators did, and what they wrote for each other, is seen by all of them.
@Suite struct AuditTests {
    private static let wide = Size(columns: 200, rows: 50)

    /// A dashboard of maria's.
    private static func dashboard(
        size: Size = wide, isReadOnly: Bool = false, isAttached: Bool = true, before: [DeskEvent] = []
    ) -> DashboardState {
        var state = DashboardState(
            size: size, glyphs: .unicode, isReadOnly: isReadOnly, isAttached: isAttached, operatorHere: .maria,
            clock: .fixed(7200), proposedExportPath: "calls.jsonl", now: .sample)
        state.receive(.tick(.sample.advanced(bySeconds: 634)))
        state.receive(.status(.sample()))
        state.receive(.logChanged(.desk(before: before)))
        return state
    }

    @Test(
        "row 19: the audit has who, what, why and until when",
        arguments: [
            ["14:01:00", "maria (pts/1 on desk1)", "closed group amsterdam", "until 15:30", "reason: fire drill"],
            ["\"De balie is even dicht.\""],
            ["14:02:00", "anna (pts/3 on desk1)", "forced a greeting on line Billing", "until removed"],
            ["14:03:00", "anna (pts/3 on desk1)", "forced a greeting on line Billing: taken back"],
            ["14:05:00", "maria (pts/7 on desk1)", "closed group amsterdam: undone"],
            ["13:20:00", "anna (pts/3 on desk1)", "reloaded: the rules of revision 0a1b2c3d are in use"],
            ["13:10:00", "–", "SIGHUP: the rules of revision"], ["13:00:00", "–", "the file changed: the rules of"],
            ["–", "closed (inform) line Front desk: expired"], ["20:13:20", "forced open line Press"],
        ])
    func theAuditSays(words: [String]) {
        var state = Self.dashboard(before: .day)
        state.type("a")
        #expect(
            state.screen.contains { row in
                var rest = row[...]
                return words.allSatisfy { word in
                    guard let range = rest.firstRange(of: word) else { return false }
                    rest = rest[range.upperBound...]
                    return true
                }
            }, "\(state.text)")
    }

    @Test func theNewestComesFirstUnderItsDay() throws {
        var state = Self.dashboard(before: .day)
        state.type("a")
        let rows = state.screen
        let places = try ["14:05:00", "14:01:00", "13:00:00", "wed 2026-07-01", "tue 2026-06-30", "20:13:20"].map {
            words in try #require(rows.firstIndex { $0.contains(words) } ?? (words.hasPrefix("wed") ? 0 : nil))
        }
        #expect(places[0] < places[1] && places[1] < places[2] && places[2] < places[4] && places[4] < places[5])
        #expect(!state.text.contains("wed 2026-07-01"), "today needs no date")
    }

    @Test(arguments: ["a", ":audit<enter>", "?:aud<enter>", "<tab>a", "<enter>a", "!a", "a<esc>a", "aaa"])
    func keysShowIt(keys: String) {
        var state = Self.dashboard(before: .day)
        state.type(keys)
        #expect(state.text.contains("closed group amsterdam: undone"))
    }

    @Test(arguments: ["a<esc>", "aa", "aq", "a!<esc>"])
    func keysLeaveIt(keys: String) {
        var state = Self.dashboard(before: .day)
        #expect(state.type(keys).isEmpty)
        #expect(state.selectedRow != nil)
    }

    @Test func scrolledDownItStaysWhereItIsRead() {
        let before = (0..<100).map { DeskEvent.note("note \($0).", by: .anna, at: Int64($0), number: $0 + 1) }
        let new = (100..<130).map { DeskEvent.note("note \($0).", by: .anna, at: Int64($0), number: $0 + 1) }
        var state = Self.dashboard(size: Size(columns: 80, rows: 24), before: before)
        state.type("a")
        #expect(state.screen[3].contains("note 99."))
        state.type("jjjjj")
        #expect(state.screen[3].contains("note 94."))
        state.receive(.logChanged(.desk(before: before, news: new)))
        #expect(state.screen[3].contains("note 94."))
        state.receive(.resized(Size(columns: 50, rows: 24)))
        #expect(state.screen[3].contains("note 94."))
        state.type("<home>")
        #expect(state.screen[3].contains("note 129."))
        state.receive(.logChanged(.desk(before: before)))
        #expect(state.screen[3].contains("note 99."), "at the top it follows")
    }

    @Test func onlyTheNewestAreKeptAndItSaysThat() {
        let many = (0..<300).map { DeskEvent.note("note \($0).", by: .anna, at: Int64($0), number: $0 + 1) }
        var state = Self.dashboard(before: many)
        state.type("a<end>")
        #expect(state.text.contains("note 100.") && !state.text.contains("note 99."))
        #expect(state.text.contains("Only the newest 200 changes are kept here."))
    }

    @Test(arguments: [Size(columns: 50, rows: 10), Size(columns: 80, rows: 24), Size(columns: 200, rows: 50)])
    func hostileTextIsCleaned(size: Size) {
        var state = Self.dashboard(size: size)
        state.receive(.logChanged(.desk(news: .hostile)))
        for keys in ["", "a", "<down><down><down>", "!"] {
            state.type(keys)
            for scalar in state.text.unicodeScalars {
                #expect(scalar == "\n" || !["\u{1B}", "\u{07}", "\u{9B}", "\u{202E}", "\u{2066}"].contains(scalar))
            }
        }
    }
}

/// A message says what somebody else did, and nothing that was done here.
@Suite struct DeskNewsTests {
    private static let closing = Override.closed(
        says: "Dicht.", scope: .group("amsterdam"), reason: "fire drill", until: .sample.advanced(bySeconds: 5400))

    private static func dashboard(isAttached: Bool, before: [DeskEvent] = []) -> DashboardState {
        var state = DashboardState(
            size: Size(columns: 200, rows: 24), glyphs: .unicode, isReadOnly: false, isAttached: isAttached,
            operatorHere: .maria, clock: .fixed(7200), proposedExportPath: "calls.jsonl", now: .sample)
        state.receive(.status(.sample()))
        state.receive(.logChanged(.desk(before: before)))
        return state
    }

    private static let news: [Row<DeskEvent, [String?]>] = [
        Row(
            "a closure", .change(.begun, closing, by: .anna, at: 30),
            ["anna closed group amsterdam until 15:30 · ! shows more", "anna closed group amsterdam until 15:30"]),
        Row("one's own", .change(.begun, closing, by: .maria, at: 30), [nil, nil]),
        Row(
            "from another terminal", .change(.begun, closing, by: .otherMaria, at: 30),
            ["maria (pts/7 on desk1) closed group amsterdam", "maria (pts/7 on desk1) closed group amsterdam"]),
        Row(
            "an undo", .change(.undone, closing, by: .anna, at: 30),
            ["anna closed group amsterdam: undone", "anna closed group amsterdam: undone"]),
        Row("a note", .note("Call Tom.", by: .anna, at: 30), ["anna noted: Call Tom.", "anna noted: Call Tom."]),
        Row("one's own note", .note("Call Tom.", by: .maria, at: 30), [nil, nil]),
        Row(
            "an end", .change(.expired, closing, by: nil, at: 30),
            ["closed group amsterdam: expired", "closed group amsterdam: expired"]),
        Row(
            "a reload", .reload(.operatorRequest(.anna), at: 30),
            ["anna reloaded: the rules of revision 0a1b2c3d are in use", nil]),
        Row("one's own reload", .reload(.operatorRequest(.maria), at: 30), [nil, nil]),
        Row("a saved file", .reload(.fileChanged, at: 30), ["the file changed: the rules of revision", nil]),
        Row("SIGHUP", .reload(.signal, at: 30), ["SIGHUP: the rules of revision", nil]),
        Row("a report of the server", DeskEvent(at: .sample, words: "upstream crm is slow"), [nil, nil]),
    ]

    @Test("row 18: what a colleague does appears", arguments: news, [true, false])
    func aMessageAppears(row: Row<DeskEvent, [String?]>, isAttached: Bool) {
        var state = Self.dashboard(isAttached: isAttached)
        let before = state.screen[22]
        state.receive(.logChanged(.desk(news: [row.input])))
        guard let words = row.expected[isAttached ? 0 : 1] else {
            #expect(state.screen[22] == before)
            return
        }
        #expect(state.screen[22].contains(words), "\(state.screen[22])")
        state.type("!")
        #expect(state.text.contains(words.replacing(" · ! shows more", with: "")), "it is kept")
        state.receive(.tick(.sample.advanced(bySeconds: 3600)))
        #expect(!state.screen[22].contains(words), "it goes away")
    }

    @Test func whatWasDoneBeforeTheFirstLookIsNoMessage() {
        var state = Self.dashboard(isAttached: true, before: .day)
        state.receive(.logChanged(.desk(before: .day)))
        state.type("!")
        #expect(state.text.contains("No messages yet."))
    }

    @Test func severalAreAllKeptAndOnce() {
        var state = Self.dashboard(isAttached: true)
        let news = (1...3).map { DeskEvent.note("note \($0).", by: .anna, at: Int64($0), number: $0) }
        state.receive(.logChanged(.desk(news: Array(news.prefix(1)))))
        state.receive(.logChanged(.desk(news: news)))
        #expect(state.screen[22].contains("anna noted: note 3. · ! shows more"))
        state.type("!")
        for number in 1...3 { #expect(state.screen.count { $0.contains("note \(number).") } == (number == 3 ? 2 : 1)) }
    }

    @Test func anAlertIsNotPushedAway() {
        var state = Self.dashboard(isAttached: true)
        state.receive(.notify(.refusedRules))
        state.receive(.logChanged(.desk(news: [.note("Call Tom.", by: .anna, at: 30)])))
        #expect(state.screen[22].contains("switchboard.yaml has errors"))
        state.type("!")
        #expect(state.text.contains("Call Tom."))
    }
}

/// A note is typed on the command line, and the server checks it.
@Suite struct NoteTests {
    @Test(arguments: [
        (":note Call Tom.<enter>", ["Call Tom."]), (":no Call Tom.<enter>", ["Call Tom."]),
        (": note   two  blanks <enter>", ["two  blanks"]), (":note<enter>", [""]), (":note <enter>", [""]),
        ("?:note x<enter>", ["x"]), ("a:note x<enter>", ["x"]), (":note x<esc>", []), (":notes x<enter>", []),
        (":note x<tab><enter>", ["x"]), (":not<tab> x<enter>", ["x"]),
    ])
    func theCommandLineSends(keys: String, notes: [String]) {
        var state = DashboardState.sample(calls: .varied)
        #expect(state.type(keys) == notes.map { .override(.note($0)) })
    }

    @Test func readOnlyWritesNothing() {
        var state = DashboardState.sample(isReadOnly: true, calls: .varied)
        #expect(state.type(":note x<enter>").isEmpty)
        #expect(state.text.contains("\":note\" does nothing here; this dashboard is read-only"))
    }

    @Test func aLongNoteIsSentAsItIs() {
        var state = DashboardState.sample(calls: .varied)
        let long = String(repeating: "x", count: 2001)
        state.type(":note ")
        state.receive(.paste(long))
        #expect(state.type("<enter>") == [.override(.note(long))], "the server refuses it in its own words")
    }

    @Test(arguments: [(":note C", "Enter: write it"), (":note", "note"), (":nota b", "no such command")])
    func thePromptSays(keys: String, words: String) {
        var state = DashboardState.sample(calls: .varied)
        state.type(keys)
        #expect(state.screen[23].hasSuffix(words), "\(state.screen[23])")
    }
}
