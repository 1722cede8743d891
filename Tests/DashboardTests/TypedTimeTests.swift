// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Dashboard
import Screen
import Testing
import TestSupport

/// The moment that a typed time of day means.
@Suite struct TypedTimeTests {
    /// Amsterdam in 2026: one hour ahead of UTC, two from 29 March 01:00 UTC to 25 October 01:00 UTC.
    private static let amsterdam = LocalClock { instant in
        (1_774_746_000..<1_792_890_000).contains(instant.seconds) ? 7200 : 3600
    }

    /// Seconds since 1970 at which a time is typed, the time, and the seconds since 1970 that it means.
    @Test(arguments: [
        (1_792_836_000, "17:30", 1_792_855_800),  // 24 October, noon: the same day
        (1_792_836_000, "11:59", 1_792_925_940),  // over already: tomorrow, after the clock was set back
        (1_792_836_000, "02:30", 1_792_888_200),  // shown twice: the first time
        (1_792_888_200, "02:30", 1_792_891_800),  // at the first time: the second one
        (1_774_695_600, "02:30", 1_774_747_800),  // skipped on 29 March: as much later as is skipped
        (1_774_695_600, "24:00", 1_774_738_800), (1_774_695_600, "0:00", 1_774_738_800),
        (1_774_695_600, "1730", 1_774_715_400),
    ])
    func isTheNextAtWhichTheClockShowsIt(now: Int64, typed: String, end: Int64) {
        var state = DashboardState.sample(
            status: .sample(lines: Array([LineStatus].sample().prefix(1))), clock: Self.amsterdam)
        state.receive(.tick(Instant(seconds: now)))
        let effects = state.type("cu\(typed)<enter>y")
        guard case .request(.override(.begin(_, scopes: _, reason: _, until: let until)))? = effects.first else {
            Issue.record("\(state.text)")
            return
        }
        #expect(until == .time(Instant(seconds: end)))
    }

    @Test(arguments: [
        "24:01", "25:00", "12:60", "1", "12", "12:3", "12:345", "12345", "1:2:3", ":30", "1x:30", "٠٩:٠٠",
    ])
    func whatIsNoTimeIsRefused(typed: String) {
        var state = DashboardState.sample(status: .sample(lines: Array([LineStatus].sample().prefix(1))))
        state.type("cu1<bs>")
        state.receive(.paste(typed))
        #expect(state.type("<enter>y") == [])
        #expect(state.text.contains("type a time such as 17:30"))
    }
}
