// SPDX-License-Identifier: Apache-2.0

extension Duration {
    /// Reads `4s`, `500ms` or `1.5s`; `nil` for anything else.
    init?(writtenAs text: String) {
        let number = text.prefix { $0.isASCII && ($0.isWholeNumber || $0 == ".") }
        guard let amount = Double(number), amount < 1_000_000 else { return nil }
        switch text.dropFirst(number.count).drop(while: { $0 == " " }) {
        case "s": self = .milliseconds((amount * 1000).rounded())
        case "ms": self = .milliseconds(amount)
        default: return nil
        }
    }
}

/// Reads sizes such as `64KiB` and `1 MiB`.
enum ByteCount {
    /// Reads `65536`, `64KiB`, `1 MiB`, `500kB` or `1MB`; `nil` for anything else.
    static func read(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isWholeNumber }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        guard let number = Int(digits), let factor = factor(unit.lowercased()) else { return nil }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow ? nil : bytes
    }

    private static func factor(_ unit: String) -> Int? {
        switch unit {
        case "", "b": 1
        case "kb": 1000
        case "kib": 1024
        case "mb": 1_000_000
        case "mib": 1 << 20
        case "gb": 1_000_000_000
        case "gib": 1 << 30
        default: nil
        }
    }
}
