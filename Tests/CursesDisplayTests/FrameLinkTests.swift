// SPDX-License-Identifier: Apache-2.0

import Screen
import TestSupport
import Testing

@testable import CursesDisplay

@Suite struct FrameLinkTests {
    @Test func aTerminalThatNeverAnsweredIsNeverWaitedFor() {
        var link = FrameLink()
        link.asked(after: 0, at: 0)
        #expect(link.asks)
        link.asked(after: 100_000, at: 10)
        #expect(!link.asks)
        #expect(link.wait(at: 20) == nil)
    }

    @Test func framesWaitWhileMuchIsOnTheWay() {
        var link = FrameLink()
        link.asked(after: 0, at: 0)
        link.answered(at: 5)
        #expect(link.asks)
        link.asked(after: 600, at: 100)
        #expect(link.wait(at: 110) == nil)
        link.asked(after: 600, at: 120)
        #expect(link.wait(at: 130) == FrameLink.patience.lowerBound - 10)
        link.answered(at: 135)
        #expect(link.wait(at: 140) == nil)
    }

    @Test func anAnswerThatIsLostStopsNothingForEver() {
        var link = FrameLink()
        link.answered(at: 0)
        link.asked(after: 5000, at: 100)
        let later = 101 + FrameLink.patience.lowerBound
        #expect(link.wait(at: later) == nil)
        link.asked(after: 5000, at: later)
        link.answered(at: later + 400)
        #expect(link.wait(at: later + 410) == nil, "the lost one is not waited for again")
        link.asked(after: 5000, at: later + 420)
        link.reset()
        #expect(link.wait(at: later + 430) == nil)
    }

    @Test func aTerminalThatDrawsALargeFrameQuicklyIsAskedNoMore() {
        var link = FrameLink()
        link.asked(after: 0, at: 0)
        link.asked(after: 3000, at: 10)
        link.answered(at: 12)
        #expect(link.wait(at: 13) != nil)
        link.answered(at: 40)
        #expect(!link.asks)
        #expect(link.wait(at: 50) == nil)
        #expect(link.missing == 0)
    }

    @Test func aSlowLinkIsWaitedForLonger() {
        var link = FrameLink()
        link.asked(after: 3000, at: 0)
        link.answered(at: 2500)
        link.asked(after: 3000, at: 2600)
        #expect(link.wait(at: 2600) == 10_000)
        link.answered(at: 9000)
        link.asked(after: 3000, at: 9000)
        #expect(link.wait(at: 9000) == FrameLink.patience.upperBound)
    }

    /// Frames of 3 000 bytes over 9 600 baud, thirty a second wanted: what is on the way stays small.
    @Test func at9600BaudLittleIsOnTheWayAndKeysAreNotWaitedFor() {
        var link = FrameLink()
        link.asked(after: 0, at: 0)
        link.answered(at: 0)
        var (queue, sent, drawn, worst) = ([Double](), 0, 0.0, 0.0)
        for now in stride(from: Int64(0), to: 30_000, by: 33) {
            // The link carries 32 bytes in the time of a frame, and the terminal answers when a frame is drawn.
            var room = 31.7
            while room > 0, let first = queue.first {
                let carried = min(room, first)
                queue[0] -= carried
                room -= carried
                drawn += carried
                guard queue[0] <= 0 else { break }
                queue.removeFirst()
                link.answered(at: now)
            }
            guard link.wait(at: now) == nil else { continue }
            queue.append(3000)
            link.asked(after: 3000, at: now)
            sent += 1
            worst = max(worst, queue.reduce(0, +))
        }
        #expect(worst <= 3000, "a key waits for one frame at most")
        #expect(sent >= 9 && sent <= 12)
        #expect(drawn >= 27_000)
    }

    @Test func answersAreNoKeys() {
        var decoder = KeyDecoder()
        #expect(decoder.read(Array("a\u{1B}[0nb".utf8)) == [.key(.character("a")), .drawn, .key(.character("b"))])
    }

    @Test(
        "the end waits for the answers that may still come, and not for ever",
        arguments: [
            Row("none is missing", ([], [], 100), 0),
            Row("a terminal that never answered, just asked", ([0, 100], [], 150), 950),
            Row("a terminal that never answered", ([0, 100], [], 1100), 0),
            Row("a quick one", ([0, 100], [20], 150), FrameLink.lastWait.lowerBound),
            Row("a slow one", ([0, 3000], [1200], 3100), 2400),
            Row("a very slow one", ([0, 9000], [8000], 9100), FrameLink.lastWait.upperBound),
            Row("an answer that is lost", ([0, 100], [20], 100 + FrameLink.patience.lowerBound), 0),
        ] as [Row<([Int64], [Int64], Int64), Int64>])
    func theEndWaits(row: Row<([Int64], [Int64], Int64), Int64>) {
        var link = FrameLink()
        let (asked, answered, now) = row.input
        for moment in Set(asked + answered).sorted() {
            if asked.contains(moment) { link.asked(after: 100, at: moment) }
            if answered.contains(moment) { link.answered(at: moment) }
        }
        #expect(link.lastWait(at: now) == row.expected)
    }
}
