// SPDX-License-Identifier: Apache-2.0

import Calls
import Testing

@Suite struct LocalTimeTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00"), (-1, "1969-12-31T23:59:59"), (86_399, "1970-01-01T23:59:59"),
            (1_782_900_000, "2026-07-01T10:00:00"), (-86_400, "1969-12-31T00:00:00"),
        ] as [(Int64, String)])
    func aClocksOwnSecondsAreReadAndWritten(_ seconds: Int64, text: String) {
        let time = LocalTime(secondsSince1970: seconds)
        #expect(time.text == text)
        #expect(time.secondsSince1970 == seconds)
    }

    @Test func hoursMinutesAndSecondsDiffer() {
        let time = LocalTime(date: CivilDate(daysSince1970: 0), secondOfDay: 17 * 3600 + 5 * 60 + 9)
        #expect((time.hour, time.minute, time.second) == (17, 5, 9))
        #expect(time.clock == "17:05")
        #expect(time.clockWithSeconds == "17:05:09")
    }

    @Test func aLaterDayCountsMoreThanALaterHour() {
        #expect(LocalTime(secondsSince1970: 86_399) < LocalTime(secondsSince1970: 86_400))
    }
}
