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

    /// Forms of past moments, for messages.
    package static let pastExamples = "10m, 2h, 14:30, yesterday 18:00, mon 9:00, 2026-06-02, 2026-06-02T10:00+02:00"

    /// Reads a moment that is over: `now`, how long ago (`10m`, `1h30m`), the newest `14:30`, `yesterday 18:00` or
    /// `mon 9:00`, a day alone for its midnight, or a date and time as ``absolute(_:clock:)`` does.
    package static func past(_ text: String, now: Instant, clock: LocalClock) -> Instant? {
        if let instant = absolute(text, clock: clock) { return instant }
        if let date = CivilDate(text.trimmed) { return clock.first(date, 0) }
        let words = text.lowercased().split(separator: " ")
        if words.count > 1, words.last == "ago" {
            return DurationText.seconds(words.dropLast().joined(separator: " ")).map { before(now, $0) }
        }
        if let seconds = DurationText.seconds(words.joined(separator: " ")) { return before(now, seconds) }
        switch words.count {
        case 1 where words[0] == "now": return now
        case 1:
            guard let second = second(words[0]) else { return newest(day: words[0], 0, now, clock) }
            return clock.newest(second, by: now)
        case 2: return second(words[1]).flatMap { newest(day: words[0], $0, now, clock) }
        default: return nil
        }
    }

    /// The longest period over midnight that two times of day mean, in hours: the night from the end of a working day to the
    /// beginning of the next.
    private static let longestNight = 16

    /// Reads the end of a period as ``past(_:now:clock:)`` does, but a time of day is the first one after `since`, so that
    /// `14:00` to `15:30` is one period at 15:00 too.
    ///
    /// That is not done for one that would be tomorrow and nearly a day later, as for `14:30` to `14:00` at 15:00.
    package static func end(_ text: String, of since: Instant?, now: Instant, clock: LocalClock) -> Instant? {
        let read = past(text, now: now, clock: clock)
        guard let since, let read, read <= since, let second = second(text.trimmed) else { return read }
        let end = clock.next(second % 86_400, after: since)
        let isTomorrow = clock.local(end).date > clock.local(now).date
        return isTomorrow && end > since.advanced(bySeconds: Int64(longestNight) * 3600) ? read : end
    }

    private static func before(_ now: Instant, _ seconds: Int64) -> Instant {
        max(Instant(seconds: 0), now.advanced(bySeconds: -seconds))
    }

    /// The newest moment on a day that is named by a word.
    private static func newest(day: Substring, _ second: Int, _ now: Instant, _ clock: LocalClock) -> Instant? {
        switch day {
        case "today": return on(0, second, now, clock)
        case "yesterday": return on(-1, second, now, clock)
        default:
            let today = clock.local(now).date
            let days = (0...7).filter { isName(day, of: today.advanced(byDays: -$0).weekday) }
            return days.lazy.map { on(-$0, second, now, clock) }.first { $0 <= now }
        }
    }

    private static func isName(_ word: Substring, of weekday: Weekday) -> Bool {
        weekday.shortName == word || "\(weekday)" == word
    }

    /// A time of day some days after today.
    private static func on(_ days: Int, _ second: Int, _ now: Instant, _ clock: LocalClock) -> Instant {
        clock.first(clock.local(now).date.advanced(byDays: days), second)
    }

    /// Reads a date and a time: `2026-06-02T10:00+02:00`, or `2026-06-02 10:00` on the clock; the seconds may be left out, or
    /// have a fraction.
    package static func absolute(_ text: String, clock: LocalClock) -> Instant? {
        let text = text.trimmed
        if let instant = Instant(iso8601: text) { return instant }
        guard let date = CivilDate(text.prefix(10)), let separator = text.dropFirst(10).first,
            "T ".contains(separator), let (time, fraction) = withoutFraction(text.dropFirst(11).trimmed),
            let second = second(time)
        else { return nil }
        return Instant(microseconds: clock.first(date, second).microseconds + fraction)
    }

    /// Splits the fraction off a time with seconds, such as `14:30:05.25`, in microseconds; digits beyond the sixth are dropped.
    private static func withoutFraction(_ time: Substring) -> (time: Substring, microseconds: Int64)? {
        guard let point = time.firstIndex(of: ".") else { return (time, 0) }
        let (whole, digits) = (time[..<point], time[time.index(after: point)...])
        guard whole.filter({ $0 == ":" }).count == 2, !digits.isEmpty,
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let microseconds = Int64((digits + "000000").prefix(6))
        else { return nil }
        return (whole, microseconds)
    }

    /// What to know of a moment that was read, as the clocks are set that day: they skip the time, or show it twice.
    package static func oddity(of text: String, read instant: Instant, clock: LocalClock) -> String? {
        let text = text.trimmed
        guard Instant(iso8601: text) == nil, let word = text.split(whereSeparator: { " Tt".contains($0) }).last,
            let second = withoutFraction(word).flatMap({ Self.second($0.time) })
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
        switch day {
        case "yesterday": return on(-1, second, now, clock)
        case "today": return on(0, second, now, clock)
        case "tomorrow": return on(1, second, now, clock)
        default:
            let today = clock.local(now).date
            let days = (0...7).filter { isName(day, of: today.advanced(byDays: $0).weekday) }
            return days.lazy.map { on($0, second, now, clock) }.first { $0 > now }
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
