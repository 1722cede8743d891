// SPDX-License-Identifier: Apache-2.0

/// Numbers to the base of 60, which YAML 1.1 sees in `12:30` and later YAML does not.
enum Sexagesimal {
    /// Returns the number that older YAML reads; `nil` for a text that it reads as a text, such as `09:30`.
    static func value(of text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...4).contains(parts.count), let first = parts.first, (1...9).contains(first.count), first.first != "0",
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isWholeNumber } })
        else { return nil }
        var value = Int(first) ?? 0
        for part in parts.dropFirst() {
            guard let digits = Int(part), (1...2).contains(part.count), digits < 60 else { return nil }
            value = value * 60 + digits
        }
        return value
    }
}
