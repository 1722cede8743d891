// SPDX-License-Identifier: Apache-2.0

/// Times as people type them.
enum DurationText {
    /// Reads `90s`, `30m`, `2h`, `1d` or several of them in this order of size, such as `1h30m`; `nil` for anything else.
    static func seconds(_ text: String) -> Int64? {
        let units: [(letter: Character, seconds: Int64)] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]
        var rest = text[...]
        var sum: Int64 = 0
        for unit in units where !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isWholeNumber }
            guard rest.dropFirst(digits.count).first == unit.letter else { continue }
            guard digits.count <= 6, let amount = Int64(digits) else { return nil }
            sum += amount * unit.seconds
            rest = rest.dropFirst(digits.count + 1)
        }
        return rest.isEmpty && !text.isEmpty ? sum : nil
    }
}
