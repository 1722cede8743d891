// SPDX-License-Identifier: Apache-2.0

/// Reads lengths of time such as `30s`, `10m`, `2h` and `30d`.
enum SpanText {
    /// Returns whole seconds, or `nil` for anything else.
    static func seconds(_ text: String) -> Int? {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last, let size = units[unit], text.count <= 9 else { return nil }
        let digits = text.dropLast()
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isWholeNumber }) else { return nil }
        return Int(digits).map { $0 * size }
    }
}
