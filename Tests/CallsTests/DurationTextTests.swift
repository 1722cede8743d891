// SPDX-License-Identifier: Apache-2.0

import Calls
import Testing

@Suite struct DurationTextTests {
    @Test(
        arguments: [
            ("90s", 90), ("5m", 300), ("2h", 7200), ("1d", 86_400), ("1h30m", 5400), ("1d1h1m1s", 90_061), ("0s", 0),
            ("", nil), ("5", nil), ("m", nil), ("30m1h", nil), ("1h 30m", nil), ("-5m", nil), ("5x", nil),
            ("1.5h", nil),
            ("٣m", nil), ("31622400s", 31_622_400), ("123456789s", nil), ("1000000d", nil),
        ] as [(String, Int64?)])
    func aDurationIsRead(_ text: String, _ seconds: Int64?) {
        #expect(DurationText.seconds(text) == seconds)
    }

    @Test(
        arguments: [
            (-5, "0 s"), (0, "0 s"), (119, "119 s"), (120, "2 min"), (7199, "119 min"), (7200, "2 h 0 min"),
            (90_061, "25 h 1 min"), (172_800, "2 days"),
        ] as [(Int64, String)])
    func aDurationIsWritten(_ seconds: Int64, _ text: String) {
        #expect(DurationText.words(seconds: seconds) == text)
    }

    @Test(arguments: [(-5, "0:00"), (41, "0:41"), (3599, "59:59"), (3600, "1:00:00"), (3725, "1:02:05")])
    func aDurationIsWrittenAsAClock(_ seconds: Int, _ text: String) {
        #expect(DurationText.clock(seconds: seconds) == text)
    }
}
