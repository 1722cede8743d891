// SPDX-License-Identifier: Apache-2.0

import Calls
import DashboardRuntime
import TestSupport
import Testing

/// When the screen is drawn: at once for a key, at most thirty times a second for calls.
@Suite struct FramePaceTests {
    private func later(_ microseconds: Int64) -> Instant {
        Instant(microseconds: Instant.sample.microseconds + microseconds)
    }

    /// A pace that has drawn its first frame.
    private func drawn() -> FramePace {
        var pace = FramePace()
        _ = pace.mayDraw(at: .sample, urgently: false)
        return pace
    }

    @Test func theFirstFrameIsDrawnAtOnce() {
        var pace = FramePace()
        let isDrawn = pace.mayDraw(at: .sample, urgently: false)
        #expect(isDrawn)
    }

    @Test func nothingNewIsNotDrawn() {
        var pace = drawn()
        let isDrawn = pace.mayDraw(at: later(1_000_000), urgently: true)
        #expect(!isDrawn)
    }

    @Test(arguments: [(0, false), (32_999, false), (33_000, true), (90_000, true)] as [(Int64, Bool)])
    func newsWaitForTheNextFrame(microseconds: Int64, draws: Bool) {
        var pace = drawn()
        pace.touch()
        let isDrawn = pace.mayDraw(at: later(microseconds), urgently: false)
        #expect(isDrawn == draws)
        #expect(pace.isWaiting == !draws)
    }

    @Test func aKeyDoesNotWait() {
        var pace = drawn()
        pace.touch()
        let isDrawn = pace.mayDraw(at: later(1), urgently: true)
        #expect(isDrawn)
    }

    @Test func aClockThatIsSetBackDoesNotFreezeTheScreen() {
        #expect(drawn().wait(at: later(-3_600_000_000)) == FramePace.interval)
    }

    @Test(arguments: [(33_000, false), (65_999, false), (66_000, true)] as [(Int64, Bool)])
    func inTheBackgroundHalfAsManyFramesAreDrawn(microseconds: Int64, draws: Bool) {
        var pace = drawn()
        pace.isInBackground = true
        pace.touch()
        let isDrawn = pace.mayDraw(at: later(microseconds), urgently: false)
        #expect(isDrawn == draws)
    }
}
