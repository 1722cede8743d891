// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TestSupport
import Testing

@Suite struct HoursTableChangesTests {
    /// The opening hours, the zone, and the moment after which a change is looked for.
    struct Input: Sendable {
        let hours: HoursTable
        let zone: String
        let after: String
    }

    private static let amsterdam = "Europe/Amsterdam"

    @Test(
        arguments: [
            Row(
                "opens in the morning",
                Input(hours: .daily("09:00-17:30"), zone: amsterdam, after: "2026-07-01T05:00:00Z"),
                "2026-07-01T07:00:00Z"),
            Row(
                "the moment of a change is over",
                Input(hours: .daily("09:00-17:30"), zone: amsterdam, after: "2026-07-01T07:00:00Z"),
                "2026-07-01T15:30:00Z"),
            Row(
                "windows that touch are one",
                Input(hours: .daily("09:00-12:00", "12:00-17:30"), zone: amsterdam, after: "2026-07-01T08:00:00Z"),
                "2026-07-01T15:30:00Z"),
            Row(
                "overlapping windows are one",
                Input(hours: .daily("09:00-13:00", "12:00-17:30"), zone: amsterdam, after: "2026-07-01T08:00:00Z"),
                "2026-07-01T15:30:00Z"),
            Row(
                "over midnight", Input(hours: .daily("22:00-06:00"), zone: amsterdam, after: "2026-07-01T21:00:00Z"),
                "2026-07-02T04:00:00Z"),
            Row(
                "over the weekend",
                Input(
                    hours: .sample([.friday: ["09:00-17:00"], .monday: ["09:00-17:00"]]), zone: amsterdam,
                    after: "2026-07-03T16:00:00Z"), "2026-07-06T07:00:00Z"),
            Row(
                "a window that lies in the skipped hour never opens",
                Input(
                    hours: .sample([.sunday: ["02:15-02:45", "12:00-13:00"]]), zone: amsterdam,
                    after: "2026-03-29T00:00:00Z"), "2026-03-29T10:00:00Z"),
            Row(
                "a window that begins in the skipped hour opens when the clocks have jumped",
                Input(hours: .daily("02:30-04:00"), zone: amsterdam, after: "2026-03-29T00:00:00Z"),
                "2026-03-29T01:00:00Z"),
            Row(
                "a window that ends in the skipped hour is over when the clocks jump",
                Input(hours: .daily("01:00-02:30"), zone: amsterdam, after: "2026-03-29T00:30:00Z"),
                "2026-03-29T01:00:00Z"),
            Row(
                "a repeated hour opens twice",
                Input(hours: .daily("02:15-02:45"), zone: amsterdam, after: "2026-10-25T00:45:00Z"),
                "2026-10-25T01:15:00Z"),
            Row(
                "a window that begins in the repeated hour closes when the clocks jump back",
                Input(hours: .daily("02:30-05:00"), zone: amsterdam, after: "2026-10-25T00:40:00Z"),
                "2026-10-25T01:00:00Z"),
            Row(
                "half an hour is repeated on Lord Howe",
                Input(hours: .daily("01:45-02:00"), zone: "Australia/Lord_Howe", after: "2026-04-04T15:00:00Z"),
                "2026-04-04T15:15:00Z"),
            Row(
                "always open", Input(hours: .daily("00:00-24:00"), zone: amsterdam, after: "2026-07-01T00:00:00Z"), nil),
            Row("never open", Input(hours: .sample(), zone: amsterdam, after: "2026-07-01T00:00:00Z"), nil),
            Row(
                "only a date that is over",
                Input(
                    hours: .sample(dates: ["2026-06-30": ["09:00-17:00"]]), zone: amsterdam,
                    after: "2026-07-01T00:00:00Z"), nil),
            Row(
                "a date 13 months away",
                Input(
                    hours: .sample(dates: ["2027-07-30": ["09:00-17:00"]]), zone: amsterdam,
                    after: "2026-07-01T00:00:00Z"), "2027-07-30T07:00:00Z"),
            Row(
                "a date further than 400 days away",
                Input(
                    hours: .sample(dates: ["2027-08-30": ["09:00-17:00"]]), zone: amsterdam,
                    after: "2026-07-01T00:00:00Z"), nil),
        ] as [Row<Input, String?>])
    func nextChangeIsExact(_ row: Row<Input, String?>) {
        let change = row.input.hours.nextChange(after: .at(row.input.after), zone: .named(row.input.zone))
        #expect(change == row.expected.map { .at($0) })
    }
}
