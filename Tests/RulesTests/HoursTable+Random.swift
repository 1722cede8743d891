// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TestSupport

extension HoursTable {
    /// A table such as nobody would write: windows that overlap, touch, last a day, run over midnight and lie where the
    /// clocks jump, and dates that beat their weekdays, 29 February and the days of the jumps among them.
    static func random(_ generator: inout SeededGenerator, zone: Zone, from first: CivilDate, days: Int) -> HoursTable {
        let last = first.daysSince1970 + days
        let jumps = zone.transitions.map { Instant(seconds: $0.at).local(offset: $0.offset).date.daysSince1970 }
            .filter { (first.daysSince1970...last).contains($0) }
        let leapDays = (first.daysSince1970...last).filter { CivilDate(daysSince1970: $0).parts == (2028, 2, 29) }
        var dates: [CivilDate: [MinuteWindow]] = [:]
        for _ in 0..<40 {
            dates[CivilDate(daysSince1970: .random(in: first.daysSince1970...last, using: &generator))] = []
        }
        // A jump is met on its own terms and by the windows of the evening before: half of them have a date.
        for day in jumps where Bool.random(using: &generator) { dates[CivilDate(daysSince1970: day)] = [] }
        for day in leapDays { dates[CivilDate(daysSince1970: day)] = [] }
        for date in dates.keys.sorted() { dates[date] = windows(&generator, atMost: 2) }
        return HoursTable(
            name: "random", zone: nil, weekly: Weekday.allCases.map { _ in windows(&generator, atMost: 3) },
            dates: dates, closedAnswer: nil)
    }

    private static func windows(_ generator: inout SeededGenerator, atMost most: Int) -> [MinuteWindow] {
        (0..<Int.random(in: 0...most, using: &generator)).map { _ in
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: MinuteWindow(start: 0, end: 1440)
            case 1:
                // Equal readings last 24 hours, so that a run of days may be open without a break.
                { MinuteWindow(start: $0, end: $0) }(Int.random(in: 0..<1440, using: &generator))
            case 2, 3:
                // Around the hours that are skipped and repeated.
                MinuteWindow(
                    start: .random(in: 0..<240, using: &generator), end: .random(in: 60...240, using: &generator))
            case 4:
                MinuteWindow(
                    start: .random(in: 1200..<1440, using: &generator), end: .random(in: 0...300, using: &generator))
            default:
                MinuteWindow(
                    start: .random(in: 0..<1440, using: &generator), end: .random(in: 0...1440, using: &generator))
            }
        }
    }
}
