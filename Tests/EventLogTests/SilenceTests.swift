// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import TestSupport
import Testing

/// How long no call came to a line, and what is usual at that hour.
@Suite struct SilenceTests {
    private static let demo: PhoneNumber = "+31850835037"
    /// 14:00 in Amsterdam.
    private static let start = Instant.sample

    /// A line that was called at these minutes after the start of the sample hour.
    private static func log(_ minutes: [Double], to number: PhoneNumber = demo) -> EventLog {
        let log = EventLog.sample([])
        for (place, minute) in minutes.enumerated() {
            CallSample("c-\(place)", at: minute * 60).with(\.to, number.description).record(in: log)
        }
        return log
    }

    private static func line(
        _ state: LineStatus.State = .open, by: Decider = .otherwise, without: LineStatus.Next? = nil
    ) -> LineStatus {
        LineStatus(
            number: demo, name: "Demo", group: nil, state: state, by: by, says: .assistant, until: nil, untilOffset: 0,
            next: nil,
            withoutOverrides: without.map {
                .init(state: $0.state, by: $0.by, turn: nil, forcedOpen: .init(state: .open, by: .otherwise))
            })
    }

    struct Expected: Sendable {
        let words: String?
        var isUnusual = false
    }

    private static let every4 = (0...8).map { Double($0 * 4) }
    private static let day = 24.0 * 60

    @Test(
        "how long no call came, and what is usual",
        arguments: [
            Row("never called", ([Double](), 30.0), Expected(words: nil)),
            Row("one call", ([5], 30), Expected(words: "no calls for 25 min")),
            Row("four calls are too few", ([0, 4, 8, 12], 37), Expected(words: "no calls for 25 min")),
            Row(
                "the example of the docs", (every4, 57),
                Expected(words: "no calls for 25 min, usually 4 min at this hour", isUnusual: true)),
            Row("not long enough", (every4, 55), Expected(words: "no calls for 23 min, usually 4 min at this hour")),
            Row(
                "exactly six times", (every4, 56),
                Expected(words: "no calls for 24 min, usually 4 min at this hour", isUnusual: true)),
            Row("another hour without calls", (every4, 70), Expected(words: "no calls for 38 min")),
            Row(
                "calls that come at once", ([0, 0.02, 0.04, 0.06, 0.08], 1),
                Expected(words: "no calls for 55 s")),
            Row(
                "five minutes are enough", ((0...600).map { Double($0) / 120 }, 5.9),
                Expected(words: "no calls for 54 s, usually 1 s at this hour")),
            Row(
                "a minute is the least that is unusual", ((0...600).map { Double($0) / 120 }, 6),
                Expected(words: "no calls for 60 s, usually 1 s at this hour", isUnusual: true)),
            Row(
                "the same hour of the day before", (every4, day + 12),
                Expected(words: "no calls for 23 h 40 min, usually 7 min at this hour", isUnusual: true)),
            Row(
                "the first call of a day", (every4 + [day + 5], day + 12),
                Expected(words: "no calls for 7 min, usually 7 min at this hour")),
            Row(
                "a clock that is set back", (every4, 10),
                Expected(words: "no calls for 0 s, usually 4 min at this hour")),
        ] as [Row<([Double], Double), Expected>])
    func silence(row: Row<([Double], Double), Expected>) {
        let now = Self.start.advanced(bySeconds: Int64(row.input.1 * 60))
        let silence = Self.log(row.input.0).snapshot().lines.silence(of: Self.line(), at: now)
        #expect(silence?.words == row.expected.words)
        #expect(silence?.isUnusual ?? false == row.expected.isUnusual)
    }

    @Test(arguments: [
        Row("open", line(), true), Row("closed by its hours", line(.closed, by: .hours("office")), false),
        Row("its hours announce it", line(.inform, by: .hours("office")), false),
        Row("closed by an operator", line(.closed, by: .override(.all)), true),
        Row("closed by a rule", line(.closed, by: .rule("storm")), true),
        Row("forced open", line(.forcedOpen, by: .otherwise), true),
        Row(
            "closed by an operator outside its hours",
            line(.closed, by: .override(.all), without: .init(state: .closed, by: .hours("office"))), false),
        Row(
            "forced open outside its hours",
            line(.forcedOpen, by: .otherwise, without: .init(state: .closed, by: .hours("office"))), false),
        Row(
            "closed by an operator during its hours",
            line(.closed, by: .override(.all), without: .init(state: .open, by: .otherwise)), true),
    ])
    func aLineThatItsHoursCloseIsNeverUnusual(row: Row<LineStatus, Bool>) {
        let now = Self.start.advanced(bySeconds: 57 * 60)
        #expect(Self.log(Self.every4).snapshot().lines.silence(of: row.input, at: now)?.isUnusual == row.expected)
    }

    @Test func onlyNewCallsBreakASilence() {
        let log = Self.log([0])
        let news = CallSample("c-0", at: 0).with(\.to, Self.demo.description).then(
            .status(.inProgress, reason: nil), after: 600)
        news.record(in: log)
        let lines = log.snapshot().lines
        #expect(lines.rhythm(of: Self.demo, at: .sample)?.lastCallAt == .sample)
        #expect(lines.rhythm(of: "+31201234567", at: .sample)?.lastCallAt == nil, "another line")
        #expect(lines.rhythm(of: "+4930123", at: .sample) == nil, "not a line")
    }

    @Test func anAttachedDashboardSaysTheSame() {
        let now = Self.start.advanced(bySeconds: 57 * 60)
        let lines = Self.log(Self.every4).snapshot().lines
        var mirror = LogMirror(keep: Retention(calls: 10, bytes: 1 << 20))
        mirror.take(lines.all(at: now))
        let mirrored = mirror.snapshot().lines
        #expect(mirrored.silence(of: Self.line(), at: now) == lines.silence(of: Self.line(), at: now))
        #expect(mirrored.silence(of: Self.line(), at: now.advanced(bySeconds: 60))?.seconds == 26 * 60)
    }

    /// An oracle that shares no code: it walks through the minutes.
    @Test(arguments: 0..<200)
    func theUsualTimeIsThatOfTheHour(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 0...60, using: &random)
        let days = Int.random(in: 1...4, using: &random)
        let minutes = (0..<count).map { _ in Int.random(in: 0..<days * 1440, using: &random) }.sorted()
        let now = (minutes.last ?? 0) + Int.random(in: 0..<2000, using: &random)
        let rhythm = Self.log(minutes.map(Double.init)).snapshot().lines
            .rhythm(of: Self.demo, at: Self.start.advanced(bySeconds: Int64(now) * 60))
        #expect(rhythm?.usualSeconds == Self.usual(minutes, now))
    }

    /// The sample instant is a full hour, so minutes after it have the same hours.
    private static func usual(_ minutes: [Int], _ now: Int) -> Int? {
        guard let first = minutes.first, let last = minutes.last else { return nil }
        func hour(_ minute: Int) -> Int { minute / 60 % 24 }
        let end = last / 60 == now / 60 ? last : now / 60 * 60
        let observed = (first..<max(first, end)).count { hour($0) == hour(now) }
        let calls = minutes.count { hour($0) == hour(now) } - (hour(first) == hour(now) ? 1 : 0)
        return calls >= 4 && observed >= 5 ? max(1, observed * 60 / calls) : nil
    }
}
