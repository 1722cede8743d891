// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import TestSupport

extension [LineStatus] {
    /// Lines with names that end in their place, until 17:30 in Amsterdam.
    static func many(
        _ count: Int, startingAt first: Int = 0, state: LineStatus.State = .open, isGrouped: Bool = true
    ) -> [LineStatus] {
        (first..<first + count).compactMap { place in
            PhoneNumber("+3185000\(padded(place, to: 4))").map { number in
                LineStatus(
                    number: number, name: "Line \(place) x", group: isGrouped ? "g\(place % 7)" : nil, state: state,
                    by: .otherwise,
                    says: .assistant, until: .sample.advanced(bySeconds: 12_600), untilOffset: 7200,
                    next: state.isOpen
                        ? LineStatus.Next(state: .closed, by: .hours("office"))
                        : LineStatus.Next(state: .open, by: .otherwise))
            }
        }
    }

    /// Names and texts that try to move the cursor, turn the text around or break the columns.
    static let hostile: [LineStatus] = [
        "\u{1B}[2J\u{1B}]52;c;aGk=\u{07}", "\u{202E}ksed tnorF\u{2066}", "東京本社カスタマーサポート窓口",
        "👩‍👩‍👧‍👦🇳🇱 family ❤️👍🏽", String(repeating: "long name ", count: 20), "line\nbreak\ttab",
    ].enumerated().compactMap { place, name in
        PhoneNumber("+3185000\(padded(place, to: 4))").map { number in
            LineStatus(
                number: number, name: name, group: name, state: place % 2 == 0 ? .closed : .inform,
                by: .rule(name), says: .text(name), until: nil, untilOffset: 0, next: nil)
        }
    }
}
