// SPDX-License-Identifier: Apache-2.0

/// Reads sizes as people write them.
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
