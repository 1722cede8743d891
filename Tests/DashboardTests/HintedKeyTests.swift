// SPDX-License-Identifier: Apache-2.0

import Screen
import TestSupport
import Testing

@testable import Dashboard

/// A key that the screen names does something there: the screen changes, work is asked for, or a message says why not.
@Suite struct HintedKeyTests {
    @Test(arguments: Scene.complete + Scene.variants)
    func everyHintedKeyDoesSomething(scene: Scene) {
        // So wide that no hint is left out.
        let state = scene.state(size: Size(columns: 200, rows: 24))
        let screen = state.view()
        for hint in state.hints(on: screen) {
            var next = state
            let effects = next.update(with: .key(hint.key))
            // A screen costs more than all else, so it is drawn only where nothing else has changed.
            let isSeen =
                !effects.isEmpty || next.parts != state.parts || next.statusMessage?.text != state.statusMessage?.text
                || next.view() != screen
            // What is missing may be said already, and so may what is in the way.
            let isSaid =
                state.parts.contains(.step(.complaint)) || state.dialog.flatMap(state.obstacle) != nil
            #expect(isSeen || isSaid, "\(hint)\n\(state.text)")
            #expect(next.statusMessage?.text.contains("does nothing here") != true, "\(hint)\n\(state.text)")
        }
    }

    @Test(arguments: [
        Row("the calls", Scene("a"), ["c", "Tab", "Enter", "?", "q"]), Row("a page", Scene("a", keys: "?"), ["Esc"]),
        Row("a dialog", Scene("a", keys: "c"), ["Tab", "Enter", "Esc", "l", "k", "t", "u", "r", "n", "y"]),
        Row("a menu", Scene("a", keys: "y"), ["Up", "Down", "Enter", "Esc"]),
        Row("the columns", Scene("a", keys: "C"), ["Space", "<", ">", "s", "u", "Esc"]),
        Row("a frozen list", Scene("a", keys: "p"), ["p"]),
        Row("a note", Scene("a", keys: ";"), ["Enter"]),
    ])
    func theHintsAreFound(row: Row<Scene, [String]>) {
        let state = row.input.state(size: Size(columns: 120, rows: 40))
        let found = Set(state.hints(on: state.view()).map(\.key.words))
        #expect(found.isSuperset(of: row.expected), "\(found)")
    }
}

/// A key that the screen names, and where.
private struct Hint: Hashable, CustomStringConvertible {
    let key: Key
    let place: String

    var description: String { "\(key.words) in \"\(place)\"" }
}

extension DashboardState {
    /// The keys that the screen names: in its last row, and before a colon anywhere.
    fileprivate func hints(on grid: Grid) -> Set<Hint> {
        let bar = grid.cells(inRow: grid.size.rows - 1)
        // The sign of a prompt in that row is no key.
        let isPrompt = !parts.isDisjoint(with: [.prompt(.command), .prompt(.note), .prompt(.search)])
        let named = isPrompt ? [] : bar.split { $0.role != .key }.map { $0.reduce(into: "") { $0 += $1.glyph } }
        // The help has keys of all places.
        let rows = (0..<grid.size.rows).map { grid.cells(inRow: $0).reduce(into: "") { $0 += $1.glyph } }
        guard !parts.contains(.page(.help)) else { return Set(named.flatMap(Self.hints(named:))) }
        return Set(named.flatMap(Self.hints(named:)) + rows.flatMap(Self.hints(inRow:)))
    }

    private static func hints(named words: String) -> [Hint] {
        words.split(separator: " ").compactMap { Key(named: String($0)) }.map { Hint(key: $0, place: words) }
    }

    /// `Up Down: another`, `y: Close`, `l t u r: change`; but not the label of a field, nor text that is only quoted.
    private static func hints(inRow row: String) -> [Hint] {
        guard row.utf8.contains(UInt8(ascii: ":")) else { return [] }
        let names =
            /(?:^|[ \[(▸>·])((?:(?:Up|Down|Left|Right|Enter|Tab|Esc|[a-zA-Z!?]) )*(?:Up|Down|Left|Right|Enter|Tab|Esc|[a-zA-Z!?])): \p{L}/
        // `open for 4 h: …` is a time.
        return row.replacing(/\d h:/, with: "").matches(of: names).flatMap { hints(named: String($0.output.1)) }
    }
}
