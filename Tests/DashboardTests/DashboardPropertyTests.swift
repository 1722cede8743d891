// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Dashboard
import EventLog
import Screen
import Testing
import TestSupport

/// Random keys, pastes, resizes, overrides and calls; the seed is the test's argument.
@Suite struct DashboardPropertyTests {
    private static let keys: [Key] =
        "coguljktrkpJKFGnN/?eq12345yxiw s:m;fb.C<>TPaBAxrt".map(Key.character)
        + [
            .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .home, .end, .pageUp,
            .pageDown, .control("d"), .control("u"), .control("w"), .control("k"), .control("a"), .function(1),
            .character("東"), .character("\u{301}"), .character("\u{202E}"),
        ]

    @Test(arguments: 1...16 as ClosedRange<UInt64>)
    func nothingTrapsAndTheScreenStaysClean(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let log = EventLog.sample([CallSample].hostile, keep: 30)
        var state = DashboardState.sample(calls: .hostile)
        for step in 0..<100 {
            state.receive(Self.message(step, log: log, using: &random))
            let grid = state.view()
            guard Self.isClean(grid) else {
                Issue.record("seed \(seed), step \(step):\n\(grid)")
                return
            }
        }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func theSelectedCallStaysSelectedWhateverComes(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var count = 20
        let log = EventLog.sample(.many(count), keep: 40)
        var state = DashboardState.sample(calls: .many(count), keep: 40)
        for _ in 0..<25 {
            let moves = ["j", "k", "<pgdn>", "<pgup>", "<end>", "<up>", "<down>"]
            state.type(try #require(moves.randomElement(using: &random)))
            let before = try #require(state.selectedCaller)
            let index = try #require(Int(before.suffix(8)))
            let new = Int.random(in: 0...9, using: &random)
            for call in [CallSample].many(new, startingAt: count) { call.record(in: log) }
            count += new
            let size = Size(columns: .random(in: 64...140, using: &random), rows: .random(in: 10...50, using: &random))
            state.receive(.resized(size))
            state.receive(.logChanged(log.snapshot()))
            #expect(state.selectedCaller == before || index < count - 40)
        }
    }

    private static func message(
        _ step: Int, log: EventLog, using random: inout SeededGenerator
    ) -> DashboardMessage {
        switch Int.random(in: 0..<24, using: &random) {
        case 0:
            return .resized(
                Size(columns: .random(in: 0...160, using: &random), rows: .random(in: 0...36, using: &random)))
        case 1, 2:
            let hostile = [CallSample].hostile[step % 8]
            hostile.with(\.id, "r-\(step % 60)").with(\.at, Double(step)).record(in: log)
            return .logChanged(log.snapshot())
        case 3:
            return .status(Self.status(step))
        case 4: return .tick(.sample.advanced(bySeconds: Int64(step) * 7))
        case 5: return .paste("東京\n\u{1B}]52;c;x\u{07} y")
        case 6:
            return [
                .overrideResult(.refused("no\nroom")), .notify(OperatorMessage("\u{9B}1m", details: ["a\u{1B}b", ""])),
                .exported(.exists(path: "a\u{0}b")), .explained(Self.explanation(step)),
            ][step % 4]
        case 7: return .idle
        case 8, 9:
            return .mouse(
                MouseEvent(
                    MouseEvent.Kind.allCases.randomElement(using: &random) ?? .press,
                    row: .random(in: -1...40, using: &random), column: .random(in: -1...110, using: &random)))
        case 10: return .settings(Self.settings(step))
        case 11: return .themes(step % 3 == 0 ? [] : .offered)
        default: return .key(keys.randomElement(using: &random) ?? .enter)
        }
    }

    private static func explanation(_ step: Int) -> CallExplanation {
        let former = CallToExplain.Former(at: .sample, by: "\u{1B}[2J", words: "東\u{202E}", reply: [])
        return CallExplanation(
            CallToExplain(from: "\u{9B}1m", to: "東", at: step % 3 == 0 ? .sample : nil, former: former),
            step % 5 == 0
                ? .refused("no\nroom")
                : .answered(
                    .init(
                        by: "\u{1B}", reply: Array("{\"a\":\"東\u{202E}\"".utf8),
                        steps: [Step(what: "\u{7}", held: true, why: "東東東 \u{1B}[31m")], isSame: step % 2 == 0)))
    }

    /// Callers with hostile texts.
    private static func callers(_ step: Int) -> CallersStatus {
        CallersStatus(
            CallerOverrides(
                (0..<step % 3).compactMap { PhoneNumber("+3161234567\($0)") }.map {
                    CallerOverride(
                        id: 1, kind: .blocked(says: "\u{1B}[2J"), caller: $0, reason: "東\u{202E}",
                        who: Operator(user: "\u{9B}"), since: .sample, until: nil)
                }), at: .sample)
    }

    /// Settings with the mouse on, and with keys that are bound otherwise.
    private static func settings(_ step: Int) -> DashboardSettings {
        var settings = DashboardSettings()
        settings.usesMouse = step % 5 != 0
        settings.alarm = AlarmKind.allCases[step % AlarmKind.allCases.count]
        let choices = [
            KeyChoice(command: "close", keys: [.character("東")]), KeyChoice(command: "help", keys: []),
            KeyChoice(command: "lines", keys: [.character("c"), .tab]),
        ]
        if step % 2 == 0 { settings.keymap = Keymap.binding(choices).keymap }
        return settings
    }

    /// A status with hostile lines, overrides and warnings, a different one for each step.
    private static func status(_ step: Int) -> ServerStatus {
        let closure: Override? = [nil, .closed(says: "\u{1B}[2J\u{202E}"), .forcedOpen][step % 3]
        let ends = Instant.sample.advanced(bySeconds: Int64(step) * 9)
        let many = (0..<step % 12).map { id in
            Override.sample(.inform(says: "\u{9B}1m"), .group("\u{1B}\(id)"), id: id + 10, reason: "東", until: ends)
        }
        var status = ServerStatus.sample(
            closure: closure, greeting: step % 2 == 0 ? .greeting("東\u{07}") : nil, overrides: many,
            lines: step % 4 == 0 ? .hostile : step % 4 == 1 ? [] : .sample(open: step % 5),
            greetingTexts: ["\u{202E}"], undo: step % 2 == 1 ? .closing : nil,
            warnings: step % 5 == 0 ? ["\u{1B}[31m"] : [])
        status.callers = callers(step)
        return status
    }

    /// Whether every cell holds one glyph that no terminal obeys, and no wide glyph is cut.
    private static func isClean(_ grid: Grid) -> Bool {
        guard grid.cells.count == grid.size.columns * grid.size.rows else { return false }
        if let cursor = grid.cursor {
            guard (0..<grid.size.rows).contains(cursor.row), (0..<grid.size.columns).contains(cursor.column) else {
                return false
            }
        }
        return (0..<grid.size.rows).allSatisfy { row in
            let cells = Array(grid.cells(inRow: row))
            return cells.indices.allSatisfy { column in
                let glyph = cells[column].glyph
                if glyph.isEmpty { return column > 0 && DisplayWidth.of(cells[column - 1].glyph) == 2 }
                let isWhole =
                    DisplayWidth.of(glyph) == 1 || (column + 1 < cells.count && cells[column + 1].glyph.isEmpty)
                return isWhole && CleanText.clean(glyph) == glyph
            }
        }
    }
}
