// SPDX-License-Identifier: Apache-2.0

import Calls

/// Formats numbers and times for people.
enum Text {
    /// A number with blanks between its thousands, such as `1 284`.
    static func number(_ value: Int) -> String {
        let digits = String(abs(value))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(" ") }
            text.append(digit)
        }
        return value < 0 ? "-" + text : text
    }

    /// A number with its noun, such as `1 call` or `3 calls`.
    static func count(_ value: Int, _ noun: String, plural: String? = nil) -> String {
        "\(number(value)) \(value == 1 ? noun : plural ?? noun + "s")"
    }

    /// How long ago an instant was, such as `12 s ago`.
    static func ago(_ instant: Instant, now: Instant) -> String {
        let seconds = max(0, now.microseconds(since: instant) / 1_000_000)
        return switch seconds {
        case ..<120: "\(seconds) s ago"
        case ..<7200: "\(seconds / 60) min ago"
        default: "\(seconds / 3600) h ago"
        }
    }

    /// A clock time with milliseconds, such as `14:02:11.020`.
    static func precise(_ instant: Instant, on clock: LocalClock) -> String {
        let thousandths = instant.microseconds / 1000 - instant.seconds * 1000
        return clock.local(instant).clockWithSeconds + "." + padded(max(0, Int(thousandths)), to: 3)
    }

    /// A future time on a clock: the day is added unless it is today.
    static func moment(_ instant: Instant, on clock: LocalClock, now: Instant) -> String {
        clock.local(instant).upcoming(from: clock.local(now))
    }

    /// A past time: the date is added unless it is today.
    static func since(_ instant: Instant, on clock: LocalClock, now: Instant) -> String {
        let then = clock.local(instant)
        return then.date == clock.local(now).date ? then.clock : "\(then.date) \(then.clock)"
    }
}
