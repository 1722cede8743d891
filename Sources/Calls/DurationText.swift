// SPDX-License-Identifier: Apache-2.0

/// Durations as text, read and written.
package enum DurationText {
    /// Reads `90s`, `30m`, `2h`, `1d` or several of them from the largest unit down, such as `1h30m`.
    ///
    /// A space may be before a unit. `nil` for anything else and for more than 999,999 days.
    package static func seconds(_ text: String) -> Int64? {
        let units: [(letter: Character, seconds: Int64)] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]
        var rest = text[...]
        var sum: Int64 = 0
        for unit in units where !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isWholeNumber }
            let letter = withoutSpace(rest.dropFirst(digits.count))
            guard letter.first == unit.letter else { continue }
            guard digits.count <= 8, let amount = Int64(digits) else { return nil }
            sum += amount * unit.seconds
            rest = letter.dropFirst()
        }
        return rest.isEmpty && !text.isEmpty && sum <= 999_999 * 86_400 ? sum : nil
    }

    private static func withoutSpace(_ text: Substring) -> Substring { text.first == " " ? text.dropFirst() : text }

    /// The duration as a clock shows it, such as `0:41` or `1:02:05`.
    package static func clock(seconds: Int) -> String {
        let seconds = max(0, seconds)
        let tail = twoDigits(seconds % 60)
        guard seconds >= 3600 else { return "\(seconds / 60):\(tail)" }
        return "\(seconds / 3600):\(twoDigits(seconds / 60 % 60)):\(tail)"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// The duration in its one or two largest units, such as `90 s`, `12 min`, `2 h 5 min` or `3 days`.
    package static func words(seconds: Int64) -> String {
        switch max(0, seconds) {
        case let short where short < 120: "\(short) s"
        case let middle where middle < 7200: "\(middle / 60) min"
        case let long where long < 2 * 86_400: "\(long / 3600) h \(long / 60 % 60) min"
        case let days: "\(days / 86_400) days"
        }
    }
}
