// SPDX-License-Identifier: Apache-2.0

import JSON
import Overrides
import Calls
import Dashboard
import Screen
import Testing
import TestSupport

/// The full-width bars: every override in force, in words.
@Suite struct BarTests {
    private static let closed = ServerStatus.sample(closure: .closed())

    /// What of a long closing text the bar must still show next to who closed and since when.
    @Test(arguments: [
        Row(
            "80x19", Size(columns: 80, rows: 19),
            [#" CLOSED all lines until reopened: "Sorry, we zijn op dit m…" since 14:02, maria"#]),
        Row(
            "80x20", Size(columns: 80, rows: 20),
            [
                #" CLOSED all lines until reopened: "Sorry, we zijn op dit moment gesloten. Bel"#,
                #" terug tijdens kantooruren." since 14:02, maria"#,
            ]),
        Row("50x10", Size(columns: 50, rows: 10), [#" CLOSED all lines until reopened: "Sorry, we zij…"#]),
    ])
    func theBarCutsTheWordsOfCallersLast(_ row: Row<Size, [String]>) {
        let state = DashboardState.sample(size: row.input, calls: .varied, status: Self.closed)
        #expect(Array(state.screen[2..<2 + row.expected.count]) == row.expected)
    }

    @Test(arguments: [
        (Scope.line("+31201234999"), true), (.group("nobody"), true), (.group("amsterdam"), false), (.all, false),
    ])
    func anOverrideThatNoLineFeelsSaysSo(_ scope: Scope, isIdle: Bool) {
        let state = DashboardState.sample(
            size: Size(columns: 200, rows: 50), calls: .varied, status: .sample(closure: .closed(scope: scope)))
        #expect(state.text.contains("(not in the rules file: no effect)") == isIdle)
    }

    @Test func aTextOfAnyLengthTakesNoMoreThanTwoRows() {
        for words in [String(repeating: "lang ", count: 190), String(repeating: "x", count: 900), "東京 \u{202E}"] {
            let status = ServerStatus.sample(closure: .closed(says: words), greeting: .greeting(words))
            for size in [Size(columns: 50, rows: 24), Size(columns: 80, rows: 24), Size(columns: 80, rows: 10)] {
                let grid = DashboardState.sample(size: size, calls: .varied, status: status).view()
                let bars = (0..<size.rows).filter { [.closed, .forced].contains(grid[$0, 0].role) }
                #expect((2...4).contains(bars.count))
                #expect(size.rows >= 20 || bars.count == 2)
            }
        }
    }

    @Test(arguments: [
        "", "?", "<enter>", "c", "o", "g", "u", "e", "q", "<^z>", "/front", "<enter>2", "<tab>", "<tab><enter>",
        "cu<left><enter>yclose<enter>",
    ])
    func theBarsAreOnEveryScreen(keys: String) {
        for size in [Size(columns: 50, rows: 10), Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)] {
            let status = ServerStatus.sample(closure: .closed(), greeting: .greeting(), undo: .closing)
            var state = DashboardState.sample(size: size, calls: .varied, status: status)
            state.type(keys)
            #expect(state.text.contains("CLOSED all lines"))
            #expect(state.text.contains("FORCED GREETING all lines"))
        }
    }

    /// Seconds after the sample hour at which a closure from 14:02 until 15:30 is looked at, and what the bar says.
    @Test(arguments: [
        (600, "CLOSED all lines until 15:30: \"", "(drill) since 14:02, maria"),
        (1800, "CLOSED all lines until 15:30: \"", "maria"),
        (1801, "CLOSED all lines until 15:30 (ends in 59:59): \"", "maria"),
        (5297, "CLOSED all lines until 15:30 (ends in 1:43): \"", "maria"),
        (5399, "CLOSED all lines until 15:30 (ends in 0:01): \"", "maria"),
    ])
    func theEndIsCountedDownBelowAnHour(seconds: Int64, head: String, tail: String) {
        let closure = Override.closed(reason: "drill", until: .sample.advanced(bySeconds: 5400))
        let size = Size(columns: 120, rows: 24)
        var state = DashboardState.sample(size: size, calls: .varied, status: .sample(closure: closure))
        state.receive(.tick(.sample.advanced(bySeconds: seconds)))
        #expect(state.screen[2].hasPrefix(" \(head)"), "\(state.screen[2])")
        #expect(state.plain.contains(tail))
    }

    @Test func whatIsOverGoesByTheClock() {
        let closure = Override.closed(until: .sample.advanced(bySeconds: 5400))
        var state = DashboardState.sample(calls: .varied, status: .sample(closure: closure, greeting: .greeting()))
        #expect(state.text.contains("ALL 4 CLOSED"))
        state.receive(.tick(.sample.advanced(bySeconds: 5400)))
        #expect(!state.text.contains("CLOSED"))
        #expect(state.text.contains("FORCED GREETING"))
        // A server whose clock is slow does not bring it back.
        state.receive(.status(.sample(closure: closure)))
        #expect(!state.text.contains("CLOSED"))
    }

    @Test(arguments: [(14_520, false), (14_521, true)])
    func whatIsOldIsCalledOut(seconds: Int64, isOld: Bool) {
        var state = DashboardState.sample(calls: .varied, status: Self.closed)
        state.receive(.tick(.sample.advanced(bySeconds: seconds)))
        #expect(state.plain.contains("CLOSED all lines until reopened SINCE 14:02, 4 h: still right? \"") == isOld)
    }

    @Test func theWidestComeFirstAndTheRestIsCounted() {
        let overrides: [Override] = [
            .sample(.greeting("Hoi"), .line("+31201234567"), id: 1), .closed(scope: .line("+31201234568"), id: 2),
            .sample(.inform(says: "Even dicht"), .group("amsterdam"), id: 3), .sample(.greeting("Hallo"), id: 4),
            .closed(id: 5),
        ]
        let tall = DashboardState.sample(
            size: Size(columns: 120, rows: 40), calls: .varied, status: .sample(overrides: overrides))
        let starts = [
            "CLOSED all lines", "FORCED GREETING all lines", "CLOSED (INFORM) group amsterdam", "CLOSED line Billing",
            "FORCED GREETING line Front desk",
        ]
        let bars = tall.screen[2...].filter { $0.hasPrefix(" CLOSED") || $0.hasPrefix(" FORCED") }
        #expect(bars.count == starts.count)
        for (bar, start) in zip(bars, starts) { #expect(bar.hasPrefix(" \(start)"), "\(bar)") }
        var low = DashboardState.sample(
            size: Size(columns: 50, rows: 10), calls: .varied,
            status: .sample(overrides: overrides, warnings: ["The kept state was damaged."]))
        #expect(low.screen[2] == " The kept state was damaged.")
        #expect(low.screen[3].hasPrefix(" CLOSED all lines"))
        #expect(low.screen[4] == " and 4 more, 2 CLOSED: Tab")
        low.type("<tab>")
        #expect(low.screen[4] == " and 4 more, 2 CLOSED: see the lines")
    }

    @Test func warningsComeFirstAndAreKeptOnce() {
        let warnings = ["The kept state was damaged.", "second", "third"]
        var state = DashboardState.sample(calls: .varied, status: .sample(closure: .closed(), warnings: warnings))
        #expect(state.screen[2] == " The kept state was damaged.")
        #expect(state.screen[3] == " second (and 1 more: !)")
        #expect(state.screen[4].hasPrefix(" CLOSED all lines"))
        state.receive(.status(.sample(warnings: warnings)))
        state.type("!")
        #expect(state.screen.filter { $0.contains("third") }.count == 1)
    }

    @Test(arguments: [(0, nil), (1, nil), (3, nil), (4, Role.open)])
    func whatTheHoursCloseIsNeitherOpenNorAnAlarm(open: Int, role: Role?) {
        let grid = DashboardState.sample(status: .sample(lines: .sample(open: open))).view()
        let standing: [Role] = [.open, .closed, .forced, .alertBar]
        #expect(grid.cells(inRow: 0).map(\.role).first { standing.contains($0) } == role)
    }

    @Test func whatAnOperatorClosedIsAnAlarm() {
        for closure in [Override.closed(), .closed(scope: .group("amsterdam"))] {
            let grid = DashboardState.sample(status: .sample(closure: closure)).view()
            #expect(grid.cells(inRow: 0).map(\.role).contains(.closed))
        }
    }

    /// Two overrides, the newer one last, and what the bar of the older one says.
    @Test(
        arguments: [
            (
                "row 30: a closure that nobody hears is not quoted",
                [closing("Alle.", .all), closing("Allen dicht.", .all)],
                1, "CLOSED all lines until reopened: \"Allen dicht.\""
            ),
            (
                "row 30: the older of two on one line",
                [closing("Balie.", .group("amsterdam")), closing("Alle.", .all)], 1,
                "CLOSED group amsterdam until reopened: callers do not hear it (the closure of all lines is newer"
            ),
            (
                "row 30: the older where only some have a newer one",
                [closing("Alle.", .all), closing("Balie.", .group("amsterdam"))], 0,
                "CLOSED all lines until reopened: \"Alle.\" (Front desk, Billing: the closure of group amsterdam is newer"
            ),
            (
                "row 30: inform under a rejecting closure",
                [closing("Alle.", .all), Override.Kind.inform(says: "Balie.").on(.group("amsterdam"))], 1,
                "CLOSED (INFORM) group amsterdam until reopened: \"Balie.\" (the closure of all lines rejects the calls)"
            ),
            (
                "row 30: a forced opening over a closure",
                [closing("Balie.", .group("amsterdam")), Override.Kind.forcedOpen.on(.all)], 0,
                "FORCED OPEN all lines until removed: the rules answer (Front desk, Billing: the closure of group amsterdam"
            ),
            (
                "a greeting on closed lines", [closing("Dicht.", .all), Override.Kind.greeting("Hoi").on(.all)], 1,
                "FORCED GREETING all lines until removed: callers do not hear it (the closure of all lines keeps it closed)"
            ),
        ] as [(String, [Override.Kind.Scoped], Int, String)])
    func aBarQuotesOnlyWhatCallersHear(name: String, set: [Override.Kind.Scoped], bar: Int, words: String) {
        let overrides = set.enumerated().map { Override.sample($0.element.kind, $0.element.scope, id: $0.offset + 1) }
        // A scope has one closure.
        let status = ServerStatus.sample(
            overrides: overrides.filter { one in
                !overrides.contains {
                    $0.id > one.id && $0.scope == one.scope && $0.kind.isClosure == one.kind.isClosure
                }
            })
        let state = DashboardState.sample(size: Size(columns: 200, rows: 50), calls: .varied, status: status)
        #expect(state.plain.contains(words), "\(name): \(state.text)")
    }

    /// Two overrides, a rule that bypasses closures, and what the first bar still says in a single row.
    @Test(
        "a bar never drops what limits it",
        arguments: [
            Row(
                "a forced opening over a closure, 80 columns",
                Limited(80, [Override.Kind.forcedOpen.on(.all), closing("Balie.", .group("amsterdam"))]),
                " FORCED OPEN all lines until removed: the rules answer (2 of 4 only) anna"),
            Row(
                "a forced opening over a closure, 50 columns",
                Limited(50, [Override.Kind.forcedOpen.on(.all), closing("Balie.", .group("amsterdam"))]),
                " FORCED OPEN all lines until remov… (2 of 4 only)"),
            Row(
                "a greeting on lines of which two are closed",
                Limited(80, [Override.Kind.greeting("Het is druk.").on(.all), closing("Balie.", .group("amsterdam"))]),
                " FORCED GREETING all lines until removed: \"Het is druk.\" (2 of 4 only) anna"),
            Row(
                "a closure of which two lines hear a newer one",
                Limited(80, [closing("Alle.", .all), closing("Balie.", .group("amsterdam"))]),
                " CLOSED all lines until reopened: \"Alle.\" (2 of 4 only) since 14:00, anna"),
            Row(
                "inform under a rejecting closure",
                Limited(50, [Override.Kind.inform(says: "Kort.").on(.all), closing("Dicht.", .group("amsterdam"))]),
                " CLOSED (INFORM) all lines until r… (2 of 4 only)"),
            Row(
                "row 20: a rule lets callers in, 80 columns",
                Limited(80, [closing("Dicht.", .all)], rules: ["vip"]),
                " CLOSED all lines until reopened: \"Dicht.\" anna – still let in: rule vip (3)"),
            Row(
                "row 20: a rule lets callers in, 50 columns",
                Limited(50, [closing("Wij zijn nu gesloten.", .all)], rules: ["vip"]),
                " CLOSED all lines until reopen… (except rule vip)"),
            Row(
                "row 20: two rules let callers in, 50 columns",
                Limited(50, [closing("Wij zijn nu gesloten.", .all)], rules: ["vip", "the board of directors"]),
                " CLOSED all lines until reopened (except 2 rules)"),
            Row(
                "nobody hears it, 50 columns",
                Limited(50, [Override.Kind.greeting("Hoi").on(.all), closing("Dicht.", .all)], bar: 1),
                " FORCED GREETING all lines until rem… (not heard)"),
        ])
    func noLimitIsDropped(_ row: Row<Limited, String>) {
        var status = ServerStatus.sample(
            overrides: row.input.set.enumerated().map { .sample($0.element.kind, $0.element.scope, id: $0.offset + 1) })
        status.bypasses = row.input.rules.map { BypassRule(rule: $0, callers: "3", lines: nil) }
        // Below 20 rows each bar has one.
        let size = Size(columns: row.input.columns, rows: 19)
        let state = DashboardState.sample(size: size, calls: .varied, status: status)
        #expect(state.screen[2 + row.input.bar] == row.expected)
    }

    struct Limited: Sendable {
        let columns: Int
        let set: [Override.Kind.Scoped]
        let rules: [String]
        let bar: Int

        init(_ columns: Int, _ set: [Override.Kind.Scoped], rules: [String] = [], bar: Int = 0) {
            self.columns = columns
            self.set = set
            self.rules = rules
            self.bar = bar
        }
    }

    @Test("a greeting that is newer is not heard either where the line is closed or its answer takes none")
    func aNewerGreetingIsNotAlwaysHeard() {
        let overrides: [Override] = [
            .sample(.greeting("All."), id: 1), .sample(.greeting("Balie."), .group("amsterdam"), id: 2),
            .closed(scope: .line("+31201234568"), id: 3),
        ]
        let lines = ServerStatus.sample(overrides: overrides).lines
        let reach = OverrideReach(overrides[0], lines: lines, overrides: overrides, at: .sample)
        #expect(
            reach.words == "Front desk: the forced greeting of group amsterdam is newer, callers hear that; "
                + "Billing: the closure of line +31201234568 keeps it closed")
    }

    private static func closing(_ text: String, _ scope: Scope) -> Override.Kind.Scoped {
        Override.Kind.closed(says: text).on(scope)
    }

    @Test func row20WhoIsStillLetInIsOnTheBarTheLineAndTheDialog() {
        let bypasses = [BypassRule(rule: "vip", callers: "3 numbers", lines: nil)]
        var status = ServerStatus.sample(closure: .closed(says: "Dicht."))
        status.bypasses = bypasses
        for keys in ["", "<tab><enter>"] {
            var state = DashboardState.sample(size: Size(columns: 200, rows: 50), calls: .varied, status: status)
            state.type(keys)
            #expect(state.plain.lowercased().contains("still let in: rule vip (3 numbers)"), "\(keys)")
        }
        var open = ServerStatus.sample()
        open.bypasses = bypasses
        var state = DashboardState.sample(calls: .varied, status: open)
        state.type("c")
        #expect(state.plain.contains("Still let in: rule vip (3 numbers)."))
    }
}

extension Override.Kind {
    /// A kind on some lines.
    struct Scoped: Sendable {
        let kind: Override.Kind
        let scope: Scope
    }

    func on(_ scope: Scope) -> Scoped { Scoped(kind: self, scope: scope) }
}
