// SPDX-License-Identifier: Apache-2.0

import Screen

/// What is the same everywhere.
enum ProgramCommand: CaseIterable, Sendable {
    case export, help, back, leave, redraw, suspend, stop

    var binding: Binding {
        switch self {
        case .export: bind([.character("e")], "e", "export", "write all calls to a file as JSON lines", bar: 7)
        case .help: bind([.character("?"), .function(1)], "? F1", "help", "this help", bar: 0)
        case .back: bind([.character("q")], "q", "back", "back; in the list: quit, after asking")
        case .leave: bind([.escape], "Esc", "back", "back; clears the search; never quits")
        case .redraw: bind([.control("l")], "^L", "redraw", "draw the screen anew")
        case .suspend: bind([.control("z")], "^Z", "suspend", "suspend, after asking: stops answering")
        case .stop: bind([.control("c")], "^C", "stop", "stop in order, without asking")
        }
    }

    private func bind(_ keys: [Key], _ words: String, _ name: String, _ help: String, bar: Int? = nil) -> Binding {
        Binding(keys, words, name, help, in: .program, places: Set(Place.allCases), bar: bar)
    }
}
