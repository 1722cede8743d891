// SPDX-License-Identifier: Apache-2.0

/// Reads moments as people write them, on options and in files.
package enum MomentText {
    /// Forms for messages.
    package static let examples = "17:30, tomorrow 9:00, mon 9:00, 2026-06-02 10:00, 2026-06-02T10:00+02:00"

    /// Reads a moment: `now`, a time of day (the next one), `today 14:30`, `tomorrow 9:00`, `yesterday 9:00`, `mon 9:00`
    /// (the next one), or a date and time as ``absolute(_:clock:)`` does; without an offset they are on the clock.
    package static func read(_ text: String, now: Instant, clock: LocalClock) -> Instant? {
        if let instant = absolute(text, clock: clock) { return instant }
        let words = text.lowercased().split(separator: " ")
        switch words.count {
        case 1 where words[0] == "now": return now
        case 1: return second(words[0]).map { clock.next($0 % 86_400, after: now) }
        case 2: return second(words[1]).flatMap { moment(day: words[0], $0, now, clock) }
        default: return nil
        }
    }

    /// Reads a date and a time: `2026-06-02T10:00+02:00`, or `2026-06-02 10:00` on the clock; the seconds may be left out.
    package static func absolute(_ text: String, clock: LocalClock) -> Instant? {
        let text = text.trimmed
        if let instant = Instant(iso8601: text) { return instant }
        guard let date = CivilDate(text.prefix(10)), let separator = text.dropFirst(10).first,
            "T ".contains(separator), let second = second(text.dropFirst(11).trimmed)
        else { return nil }
        return clock.first(date, second)
    }

    /// What to know of a moment that was read, as the clocks are set that day: they skip the time, or show it twice.
    package static func oddity(of text: String, read instant: Instant, clock: LocalClock) -> String? {
        let text = text.trimmed
        guard Instant(iso8601: text) == nil, let word = text.split(whereSeparator: { " Tt".contains($0) }).last,
            let second = second(word)
        else { return nil }
        let shown = clock.local(instant)
        guard shown.secondOfDay == second % 86_400 else {
            return "the clocks skip \(word) on \(shown.date); \(shown.clock) is meant"
        }
        return clock.isShownTwice(instant)
            ? "the clocks show \(word) twice on \(shown.date), and the first is meant; for the second write the offset"
            : nil
    }

    private static func moment(day: Substring, _ second: Int, _ now: Instant, _ clock: LocalClock) -> Instant? {
        let today = clock.local(now).date
        func on(_ days: Int) -> Instant {
            clock.first(CivilDate(daysSince1970: today.daysSince1970 + days), second)
        }
        switch day {
        case "yesterday": return on(-1)
        case "today": return on(0)
        case "tomorrow": return on(1)
        case _ where Weekday.allCases.contains { $0.shortName == day || "\($0)" == day }:
            let wanted = { (days: Int) in
                let date = CivilDate(daysSince1970: today.daysSince1970 + days)
                return day.hasPrefix(date.weekday.shortName)
            }
            return (0...7).filter(wanted).map(on).first { $0 > now }
        default: return nil
        }
    }

    /// The seconds since midnight of `9:00`, `14:30:05` or `1430`; a day may end at `24:00`.
    private static func second(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3 else {
            return TimeOfDay.seconds(String(text)).map { $0 == 0 && text.hasPrefix("24") ? 86_400 : $0 }
        }
        guard let minutes = TimeOfDay.seconds(parts[0] + ":" + parts[1]), parts[2].count == 2,
            parts[2].utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let seconds = Int(parts[2]), seconds < 60, !text.hasPrefix("24")
        else { return nil }
        return minutes + seconds
    }
}
