// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport
import Testing

/// Periods as people ask for them, at noon on Wednesday, 1 July 2026 (UTC).
@Suite struct PeriodTests {
    private static let noon = Instant(iso8601: "2026-07-01T12:00:00Z") ?? .sample

    private static func read(_ since: String?, _ until: String?) throws(NotAPeriod) -> [String?] {
        let period = try Period.read(since: since, until: until, now: noon, clock: .fixed(0))
        return [period.since, period.until].map { $0.map { String($0.iso8601.prefix(16)) } }
    }

    @Test(
        arguments: [
            Row("open", [nil, nil], [nil, nil]), Row("from a time on", ["11:40", nil], ["2026-07-01T11:40", nil]),
            Row("until a time that has been", [nil, "11:40"], [nil, "2026-07-01T11:40"]),
            Row("until a time to come is the last one", [nil, "12:30"], [nil, "2026-06-30T12:30"]),
            Row("an end that is to come", ["11:40", "12:30"], ["2026-07-01T11:40", "2026-07-01T12:30"]),
            Row("both of yesterday", ["14:00", "15:30"], ["2026-06-30T14:00", "2026-06-30T15:30"]),
            Row("over midnight", ["22:00", "6:00"], ["2026-06-30T22:00", "2026-07-01T06:00"]),
            Row("a night that goes on", ["11:50", "3:00"], ["2026-07-01T11:50", "2026-07-02T03:00"]),
            Row("an end on another day", ["mon 9:00", "tue 9:00"], ["2026-06-29T09:00", "2026-06-30T09:00"]),
            Row("a day's end", ["2026-06-02", "24:00"], ["2026-06-02T00:00", "2026-07-01T00:00"]),
        ] as [Row<[String?], [String?]>])
    func isRead(_ row: Row<[String?], [String?]>) throws {
        #expect(try Self.read(row.input[0], row.input[1]) == row.expected)
    }

    @Test(
        arguments: [
            Row("nonsense", ["soon", nil], NotAPeriod.since(NotAMoment(text: "soon"))),
            Row("nonsense at the end", [nil, "soon"], .until(NotAMoment(text: "soon"))),
            Row("a day to come", ["2026-07-02", nil], .notYet(since: "2026-07-02")),
            Row("a time to come", ["2026-07-01T12:00:00.5", nil], .notYet(since: "2026-07-01T12:00:00.5")),
            Row("a day that ends tomorrow", ["11:50", "11:40"], .reversed(since: "11:50", until: "11:40")),
            Row("the wrong way round", ["1h", "2h"], .reversed(since: "1h", until: "2h")),
            Row("days", ["2026-06-03", "2026-06-02"], .reversed(since: "2026-06-03", until: "2026-06-02")),
        ] as [Row<[String?], NotAPeriod>])
    func isRefused(_ row: Row<[String?], NotAPeriod>) {
        #expect(throws: row.expected) { try Self.read(row.input[0], row.input[1]) }
    }
}
