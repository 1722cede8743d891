// SPDX-License-Identifier: Apache-2.0

package import Calls

/// When each line was last called, and how often it was called at which hour of the day, since the start.
struct LineRhythms: Sendable {
    /// Of each line, by its slot.
    private var newest: [Newest] = [Newest()]
    /// How many calls came at which hour of the day, 24 a line; without the hour of the newest call.
    ///
    /// Apart from the above, since it changes once an hour and is copied when it changes.
    private var past = [UInt32](repeating: 0, count: Self.hours)

    private static let hours = 24
    private static let secondsPerHour: Int64 = 3600
    /// With fewer times between two calls nothing is usual.
    private static let fewest = 4
    /// After a shorter time, in microseconds, nothing is usual: a few calls often come together.
    private static let shortest: Int64 = 300_000_000

    /// The newest call of a line.
    private struct Newest {
        var since: Instant?
        var last: Instant?
        /// The hour of the newest call, counted since 1970.
        var hour: Int64 = 0
        /// How many calls came in that hour.
        var calls: UInt32 = 0
    }

    /// Adds a line.
    mutating func add() {
        newest.append(Newest())
        past.append(contentsOf: repeatElement(0, count: Self.hours))
    }

    /// Notes a new call.
    mutating func note(_ slot: LineTallies.Slot, at now: Instant) {
        let index = Int(slot)
        let hour = Self.hour(of: now)
        if newest[index].hour != hour {
            if newest[index].calls > 0 {
                past[index * Self.hours + Self.hourOfDay(newest[index].hour)] &+= newest[index].calls
            }
            newest[index].hour = hour
            newest[index].calls = 0
        }
        newest[index].calls &+= 1
        newest[index].last = now
        // A clock may be set back.
        if newest[index].since.map({ now < $0 }) ?? true { newest[index].since = now }
    }

    /// The last call of a line, and what is usual at this hour of the day.
    func rhythm(of slot: LineTallies.Slot, at now: Instant) -> LineRhythm {
        LineRhythm(lastCallAt: newest[Int(slot)].last, usualSeconds: usualSeconds(Int(slot), at: now))
    }

    /// The mean time between two calls at this hour of the day: on earlier days, and today up to the newest call.
    ///
    /// The silence after the newest call is what is compared, so it does not count.
    private func usualSeconds(_ index: Int, at now: Instant) -> Int? {
        let line = newest[index]
        guard let since = line.since, let last = line.last else { return nil }
        let hour = Self.hour(of: now)
        let first = Self.hour(of: since)
        var calls = Int64(past[index * Self.hours + Self.hourOfDay(hour)])
        if Self.hourOfDay(line.hour) == Self.hourOfDay(hour) { calls += Int64(line.calls) }
        var observed = Self.days(from: first, before: hour) * Self.secondsPerHour * 1_000_000
        let isFirstHour = Self.hourOfDay(first) == Self.hourOfDay(hour)
        if isFirstHour, first < hour { observed -= since.microseconds(since: Self.start(of: first)) }
        if line.hour == hour { observed += last.microseconds(since: max(since, Self.start(of: hour))) }
        // The first call ends no time between two calls.
        let times = isFirstHour ? calls - 1 : calls
        guard times >= Self.fewest, observed >= Self.shortest else { return nil }
        return max(1, Int(clamping: observed / times / 1_000_000))
    }

    /// On how many days before an hour that hour of the day was seen, the first one included.
    private static func days(from first: Int64, before hour: Int64) -> Int64 {
        hour > first ? (hour - first) / Int64(hours) : 0
    }

    private static func hour(of instant: Instant) -> Int64 { instant.seconds.flooredDivision(by: secondsPerHour) }

    private static func start(of hour: Int64) -> Instant { Instant(seconds: hour * secondsPerHour) }

    private static func hourOfDay(_ hour: Int64) -> Int {
        let rest = Int(hour % Int64(hours))
        return rest < 0 ? rest + hours : rest
    }
}

/// How a line is called.
package struct LineRhythm: Hashable, Sendable {
    /// When the newest call came; `nil` before the first one.
    package let lastCallAt: Instant?
    /// The usual time between two calls at this hour of the day; `nil` as long as too few calls came at this hour.
    package let usualSeconds: Int?

    package init(lastCallAt: Instant?, usualSeconds: Int?) {
        self.lastCallAt = lastCallAt
        self.usualSeconds = usualSeconds
    }

    /// The rhythm of a line that has not been called yet.
    package static let none = LineRhythm(lastCallAt: nil, usualSeconds: nil)
}
