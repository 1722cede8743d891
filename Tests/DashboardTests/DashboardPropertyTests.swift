// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Screen
import Testing
import TestSupport

/// Random keys, pastes, resizes, overrides and calls; the seed is the test's argument.
@Suite struct DashboardPropertyTests {
    @Test(arguments: 1...Thoroughness.count(quick: 2, usual: 8), [false, true])
    func nothingTrapsAndTheScreenStaysClean(seed: UInt64, isOfRecord: Bool) {
        var messages = RandomMessages(seed: seed, isOfRecord: isOfRecord)
        var state = messages.start
        var size = Size(columns: 80, rows: 24)
        for step in 0..<100 {
            for message in messages.next(step) {
                if case .resized(let new) = message { size = new }
                let effects = state.update(with: message)
                let grid = state.view()
                guard grid.size == size, Self.isClean(grid), !isOfRecord || !effects.contains(where: \.changesTheServer)
                else {
                    Issue.record("seed \(seed), step \(step), \(message), \(effects):\n\(grid)")
                    return
                }
            }
        }
    }

    /// What moves no selection: looking, typing, choosing, marking, and what the server says.
    private static let bystanders = [
        "?<esc>", "i<esc>", "w<esc>", "a<esc>", "C<esc>", "Tj<esc>", "y<esc>", ";late<enter>", ";x<esc>", "m",
        "c<esc>", "e<esc>", "x<esc>", "<tab><tab>", "<enter><esc>", "<enter>4<esc>", "fnobody<esc>",
        ":alarm bell<enter>",
        "P", "p", "<^l>", "Z",
    ]

    @Test(arguments: 1...Thoroughness.count(quick: 2, usual: 8))
    func theSelectedCallStaysSelectedWhateverComes(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var count = 20
        let log = EventLog.sample(.many(count), keep: 40)
        var state = DashboardState.sample(calls: .many(count), keep: 40)
        state.receive(.themes(.offered))
        for _ in 0..<25 {
            let moves = ["j", "k", "<pgdn>", "<pgup>", "<end>", "<up>", "<down>"]
            state.type(try #require(moves.randomElement(using: &random)))
            let before = try #require(state.chosenCall)
            let new = Int.random(in: 0...9, using: &random)
            for call in [CallSample].many(new, startingAt: count) { call.record(in: log) }
            count += new
            let size = Size(columns: .random(in: 64...140, using: &random), rows: .random(in: 10...50, using: &random))
            state.receive(.resized(size))
            let keys = try #require(Self.bystanders.randomElement(using: &random))
            state.type(keys)
            state.receive(.logChanged(log.snapshot()))
            state.receive(.status(.sample(closure: .closed())))
            #expect(state.chosenCall == before || before < count - 40, "\(keys)")
        }
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
                // Most cells are plain, and what follows takes a while.
                if glyph.utf8.count == 1, glyph >= " ", glyph <= "~" { return true }
                if glyph.isEmpty { return column > 0 && DisplayWidth.of(cells[column - 1].glyph) == 2 }
                let isWhole =
                    DisplayWidth.of(glyph) == 1 || (column + 1 < cells.count && cells[column + 1].glyph.isEmpty)
                return isWhole && CleanText.clean(glyph) == glyph
            }
        }
    }
}

extension DashboardState {
    /// The place in the log of the call that is selected, as its number says, masked or not.
    fileprivate var chosenCall: Int? {
        selectedRow?.split(separator: " ").first { $0.hasPrefix("+") }.flatMap { Int($0.suffix(3)) }
    }
}
