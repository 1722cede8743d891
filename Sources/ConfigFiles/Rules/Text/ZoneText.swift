// SPDX-License-Identifier: Apache-2.0

import Calls

/// Names of time zones that exist and rarely mean what their writer expects.
enum ZoneText {
    /// Zones of a fixed offset that are named after a region's winter time.
    private static let abbreviations = [
        "EST": "America/New_York", "MST": "America/Denver", "HST": "Pacific/Honolulu", "CET": "Europe/Amsterdam",
        "MET": "Europe/Amsterdam", "EET": "Europe/Helsinki", "WET": "Europe/Lisbon", "EST5EDT": "America/New_York",
        "CST6CDT": "America/Chicago", "MST7MDT": "America/Denver", "PST8PDT": "America/Los_Angeles",
        "BST": "Europe/London", "CEST": "Europe/Amsterdam", "CST": "America/Chicago", "EDT": "America/New_York",
        "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "CDT": "America/Chicago", "MDT": "America/Denver",
        "IST": "Asia/Kolkata", "JST": "Asia/Tokyo", "MSK": "Europe/Moscow", "AST": "America/Halifax",
        "AKST": "America/Anchorage", "NST": "America/St_Johns", "NZST": "Pacific/Auckland", "WEST": "Europe/Lisbon",
        "EEST": "Europe/Helsinki",
    ]

    /// Names of UTC itself, which are meant as they are.
    private static let utc: Set = ["UTC", "GMT", "Z", "Zulu", "UCT", "Universal", "Greenwich"]

    /// What to know about a zone's name; `nil` for the name of a region and for UTC.
    static func doubt(_ name: String) -> String? {
        guard !utc.contains(name) else { return nil }
        if let region = abbreviations[name.uppercased()] {
            return
                "`\(name)` is an abbreviation, which may stay on winter time all year; write the region, such as \(region)"
        }
        let bare = name.hasPrefix("Etc/") ? name.dropFirst(4) : name[...]
        if utc.contains(String(bare)) { return nil }
        for prefix in ["GMT", "UTC", "UCT", ""] where bare.hasPrefix(prefix) {
            guard let offset = offset(bare.dropFirst(prefix.count)) else { continue }
            // In names of the IANA the sign is that of POSIX: Etc/GMT+2 is UTC-2.
            let isPosix = name.hasPrefix("Etc/")
            let sign = offset.isPositive != isPosix ? "+" : "-"
            let reversed = isPosix ? ", since the sign in Etc names is reversed," : ""
            let meaning = offset.isZero ? "is UTC itself" : "is always UTC\(sign)\(offset.words)\(reversed)"
            return "`\(name)` \(meaning) and has no summer time; write the region, such as Europe/Amsterdam"
        }
        return nil
    }

    /// A difference from UTC.
    private struct Offset {
        let isPositive: Bool
        let isZero: Bool
        /// Without the sign, such as `2` or `5:30`.
        let words: String
    }

    /// Reads `+2`, `-05`, `+0200` or `+05:30`.
    private static func offset(_ text: Substring) -> Offset? {
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard (1...4).contains(digits.count), digits.allSatisfy(\.isASCIIDigit) else { return nil }
        let hours = digits.count <= 2 ? Int(digits) ?? 0 : Int(digits.dropLast(2)) ?? 0
        let minutes = digits.count <= 2 ? 0 : Int(digits.suffix(2)) ?? 0
        let words = minutes == 0 ? "\(hours)" : "\(hours):\(padded(minutes, to: 2))"
        return Offset(isPositive: sign == "+", isZero: hours == 0 && minutes == 0, words: words)
    }
}
