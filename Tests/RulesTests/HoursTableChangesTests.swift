// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TestSupport
import Testing

@Suite struct HoursTableChangesTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let hours: HoursTable
        let zone: String
        let after: String
        let change: String?

        init(_ testDescription: String, _ hours: HoursTable, in zone: String, after: String, change: String?) {
            self.testDescription = testDescription
            self.hours = hours
            self.zone = zone
            self.after = after
            self.change = change
        }
    }

    private static let amsterdam = "Europe/Amsterdam"

    @Test(arguments: [
        Example(
            "opens in the morning", .daily("09:00-17:30"), in: amsterdam, after: "2026-07-01T05:00:00Z",
            change: "2026-07-01T07:00:00Z"),
        Example(
            "the moment of a change is over", .daily("09:00-17:30"), in: amsterdam, after: "2026-07-01T07:00:00Z",
            change: "2026-07-01T15:30:00Z"),
        Example(
            "windows that touch are one", .daily("09:00-12:00", "12:00-17:30"), in: amsterdam,
            after: "2026-07-01T08:00:00Z", change: "2026-07-01T15:30:00Z"),
        Example(
            "overlapping windows are one", .daily("09:00-13:00", "12:00-17:30"), in: amsterdam,
            after: "2026-07-01T08:00:00Z", change: "2026-07-01T15:30:00Z"),
        Example(
            "over midnight", .daily("22:00-06:00"), in: amsterdam, after: "2026-07-01T21:00:00Z",
            change: "2026-07-02T04:00:00Z"),
        Example(
            "over the weekend", .sample([.friday: ["09:00-17:00"], .monday: ["09:00-17:00"]]), in: amsterdam,
            after: "2026-07-03T16:00:00Z", change: "2026-07-06T07:00:00Z"),
        Example(
            "a window that lies in the skipped hour never opens", .sample([.sunday: ["02:15-02:45", "12:00-13:00"]]),
            in: amsterdam, after: "2026-03-29T00:00:00Z", change: "2026-03-29T10:00:00Z"),
        Example(
            "a window that begins in the skipped hour opens when the clocks have jumped", .daily("02:30-04:00"),
            in: amsterdam, after: "2026-03-29T00:00:00Z", change: "2026-03-29T01:00:00Z"),
        Example(
            "a window that ends in the skipped hour is over when the clocks jump", .daily("01:00-02:30"),
            in: amsterdam, after: "2026-03-29T00:30:00Z", change: "2026-03-29T01:00:00Z"),
        Example(
            "a repeated hour opens twice", .daily("02:15-02:45"), in: amsterdam, after: "2026-10-25T00:45:00Z",
            change: "2026-10-25T01:15:00Z"),
        Example(
            "a window that begins in the repeated hour closes when the clocks jump back", .daily("02:30-05:00"),
            in: amsterdam, after: "2026-10-25T00:40:00Z", change: "2026-10-25T01:00:00Z"),
        Example(
            "half an hour is repeated on Lord Howe", .daily("01:45-02:00"), in: "Australia/Lord_Howe",
            after: "2026-04-04T15:00:00Z", change: "2026-04-04T15:15:00Z"),
        Example("always open", .daily("00:00-24:00"), in: amsterdam, after: "2026-07-01T00:00:00Z", change: nil),
        Example("never open", .sample(), in: amsterdam, after: "2026-07-01T00:00:00Z", change: nil),
        Example(
            "only a date that is over", .sample(dates: ["2026-06-30": ["09:00-17:00"]]), in: amsterdam,
            after: "2026-07-01T00:00:00Z", change: nil),
        Example(
            "a date 13 months away", .sample(dates: ["2027-07-30": ["09:00-17:00"]]), in: amsterdam,
            after: "2026-07-01T00:00:00Z", change: "2027-07-30T07:00:00Z"),
        Example(
            "a date further than 400 days away", .sample(dates: ["2027-08-30": ["09:00-17:00"]]), in: amsterdam,
            after: "2026-07-01T00:00:00Z", change: nil),
    ])
    func nextChangeIsExact(_ example: Example) {
        let change = example.hours.nextChange(after: .at(example.after), zone: .named(example.zone))
        #expect(change == example.change.map { .at($0) })
    }
}
