// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Opening hours worked out by brute force with Foundation's calendar, from the same facts as the file of the tests.
///
/// It shares no code with the program.
struct HoursOracle {
    /// Minutes since midnight; an end above 1440 lies in the next day.
    typealias Window = (start: Int, end: Int)

    /// What the calendar says of a day.
    private struct Day {
        let year: Int
        let month: Int
        let day: Int
        /// 1 is Sunday, as Foundation counts.
        let weekday: Int
        let ordinal: Int
        let isLast: Bool
        let week: Int

        var monthDay: Int { month * 100 + day }
    }

    /// Published dates of Easter Sunday.
    private static let easter = [2027: (3, 28), 2028: (4, 16), 2029: (4, 1)]

    private let zone: TimeZone
    /// By days since 1970.
    private var cache: [Int: [Window]] = [:]
    private let gregorian: Calendar
    private let iso: Calendar

    init(zone name: String) throws {
        struct NoZone: Error {}
        guard let zone = TimeZone(identifier: name), let utc = TimeZone(identifier: "UTC") else { throw NoZone() }
        self.zone = zone
        var gregorian = Calendar(identifier: .gregorian)
        gregorian.timeZone = utc
        self.gregorian = gregorian
        var iso = Calendar(identifier: .iso8601)
        iso.timeZone = utc
        self.iso = iso
    }

    mutating func isOpen(at second: Int) -> Bool {
        let local = second + zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
        let day = local / 86_400
        let minute = local % 86_400 / 60
        return windows(day).contains { $0.start <= minute && minute < $0.end }
            || windows(day - 1).contains { $0.start <= minute + 1440 && minute + 1440 < $0.end }
    }

    private mutating func windows(_ number: Int) -> [Window] {
        if let windows = cache[number] { return windows }
        let windows = Self.windows(of: day(number), distanceFromEaster: distance(number))
        cache[number] = windows
        return windows
    }

    private func day(_ number: Int) -> Day {
        let date = Date(timeIntervalSince1970: Double(number) * 86_400)
        let parts = gregorian.dateComponents([.year, .month, .day, .weekday, .weekdayOrdinal], from: date)
        let next = gregorian.component(.month, from: date.addingTimeInterval(7 * 86_400))
        return Day(
            year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0, weekday: parts.weekday ?? 0,
            ordinal: parts.weekdayOrdinal ?? 0, isLast: next != parts.month,
            week: iso.component(.weekOfYear, from: date))
    }

    /// Days after Easter Sunday of the year.
    private func distance(_ number: Int) -> Int {
        let year = day(number).year
        guard let (month, day) = Self.easter[year],
            let sunday = gregorian.date(from: DateComponents(year: year, month: month, day: day))
        else { return 1000 }
        return number - Int(sunday.timeIntervalSince1970) / 86_400
    }

    private static func windows(of day: Day, distanceFromEaster offset: Int) -> [Window] {
        dated(day) ?? yearly(day) ?? easter(offset) ?? monthly(day) ?? holiday(day, offset) ?? weekly(day)
    }

    private static func dated(_ day: Day) -> [Window]? {
        switch (day.year, day.monthDay) {
        case (2027, 1231): [(1200, 1620)]
        case (2028, 803): [(540, 600)]
        case (2028, 801...814): []
        case (2028, 229): [(720, 780)]
        case (2027, 1220...1231), (2028, 101...105): [(600, 660)]
        default: nil
        }
    }

    private static func yearly(_ day: Day) -> [Window]? {
        switch day.monthDay {
        case 1225: []
        case 1224...1231, 101...102: [(600, 840)]
        case 229: [(480, 600)]
        case 505: []
        default: nil
        }
    }

    private static func easter(_ offset: Int) -> [Window]? {
        switch offset {
        case 0: []
        case 1: [(1320, 1500)]
        case -2...2: [(660, 720)]
        case 39: []
        default: nil
        }
    }

    private static func monthly(_ day: Day) -> [Window]? {
        switch (day.month, day.weekday, day.ordinal, day.isLast) {
        case (9, 2, 1, _): []
        case (11, 5, 4, _): []
        case (_, 2, _, true): [(420, 1140)]
        default: nil
        }
    }

    private static func holiday(_ day: Day, _ offset: Int) -> [Window]? {
        if day.monthDay == 427 { return [] }
        if offset == 49 || offset == 50 { return [] }
        if day.monthDay == 505 || day.monthDay == 1206 { return [(720, 780)] }
        return nil
    }

    private static func weekly(_ day: Day) -> [Window] {
        switch day.weekday {
        case 1: return [(90, 210)]
        case 3: return day.week % 2 == 1 ? [(540, 1200)] : []
        case 6: return day.isLast ? [(540, 720)] : [(540, 750), (780, 1050), (1320, 1560)]
        case 7: return day.ordinal == 1 ? [(600, 840)] : day.week % 2 == 0 ? [(0, 1440)] : []
        default: return [(540, 750), (780, 1050)]
        }
    }
}
