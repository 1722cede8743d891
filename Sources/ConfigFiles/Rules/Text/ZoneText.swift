// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

/// Names of time zones that exist and rarely mean what their writer expects.
enum ZoneText {
    /// Abbreviations with a region that people usually mean.
    private static let abbreviations = [
        "EST": "America/New_York", "EDT": "America/New_York", "CST": "America/Chicago", "CDT": "America/Chicago",
        "MST": "America/Denver", "MDT": "America/Denver", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles",
        "AST": "America/Halifax", "NST": "America/St_Johns", "AKST": "America/Anchorage", "HST": "Pacific/Honolulu",
        "WET": "Europe/Lisbon", "WEST": "Europe/Lisbon", "BST": "Europe/London", "CET": "Europe/Amsterdam",
        "CEST": "Europe/Amsterdam", "MET": "Europe/Amsterdam", "EET": "Europe/Helsinki", "EEST": "Europe/Helsinki",
        "MSK": "Europe/Moscow", "IST": "Asia/Kolkata", "JST": "Asia/Tokyo", "NZST": "Pacific/Auckland",
    ]
    /// Names of UTC itself, which are meant as they are.
    private static let utc: Set = ["UTC", "GMT", "Z", "Zulu", "UCT", "Universal", "Greenwich", "GMT0"]
    /// 2020-01-01; a zone that changed its clocks since then has summer time.
    private static let recently: Int64 = 1_577_836_800

    /// The continents and oceans of zones.
    private static let areas = ["Europe", "America", "Asia", "Australia", "Africa", "Pacific", "Atlantic", "Indian"]

    /// Names of zones that may be meant by a name that is none: in capitals, with the continent of a city.
    static func spellings(of name: String) -> [String] {
        let parts = name.split(separator: "/").map { part in
            part.split { $0 == " " || $0 == "_" }.map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }
                .joined(separator: "_")
        }
        guard let city = parts.last, parts.count <= 3, name.utf8.count <= 60 else { return [] }
        return [parts.joined(separator: "/")] + areas.map { "\($0)/\(city)" }
    }

    /// What to know about a zone of a fixed offset; `nil` for the name of a region and for UTC.
    static func doubt(_ zone: Zone) -> String? {
        let isPosix = zone.name.hasPrefix("Etc/")
        let bare = isPosix ? zone.name.dropFirst(4) : zone.name[...]
        guard !utc.contains(String(bare)), !zone.transitions.contains(where: { $0.at > recently }) else { return nil }
        let region = abbreviations[zone.name.uppercased()]
        guard region != nil || isOffset(bare) else { return nil }
        let offset = zone.transitions.last?.offset ?? zone.firstOffset
        let reversed = isPosix && offset != 0 ? " (the sign in Etc names is reversed)" : ""
        return
            "clocks in `\(zone.name)` always show \(words(offset))\(reversed), without summer time; write the region, such as "
            + (region ?? "Europe/Amsterdam")
    }

    /// Whether the text is `GMT+2`, `UTC-05:30` or `+0200`.
    private static func isOffset(_ text: Substring) -> Bool {
        let sign = ["GMT", "UTC", "UCT"].first { text.hasPrefix($0) }.map { text.dropFirst($0.count) } ?? text
        guard let first = sign.first, first == "+" || first == "-" || first.isDigit else { return false }
        return sign.dropFirst().allSatisfy { $0.isDigit || $0 == ":" }
    }

    private static func words(_ offset: Int) -> String {
        guard offset != 0 else { return "UTC" }
        let minutes = abs(offset) / 60
        let amount = minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
        return "\(amount) \(offset > 0 ? "more" : "less") than UTC"
    }
}
