// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import TestSupport
import Testing

/// The log of another process, mirrored from its events.
@Suite struct LogMirrorTests {
    /// A log, and a mirror that receives only what a test hands on.
    struct Pair {
        let log = EventLog(keep: Retention(calls: 1000, bytes: 1 << 30))
        var mirror = LogMirror(keep: Retention(calls: 1000, bytes: 1 << 30))

        var shown: [String] { mirror.snapshot().words }

        func page(before: UInt64? = nil, limit: Int = 100) -> (calls: [CallRecord], next: UInt64?) {
            log.snapshot().page(before: before, limit: limit)
        }

        /// Asks for pages until nothing is wanted.
        mutating func fill(limit: Int = 100) {
            while let request = mirror.wanted {
                let page = page(before: request.before, limit: limit)
                mirror.take(page.calls, next: page.next, for: request)
            }
        }
    }

    private func pair(calls: Int) -> Pair {
        let pair = Pair()
        for number in 0..<calls { CallSample("c\(number)").record(in: pair.log) }
        return pair
    }

    @Test(arguments: [0, 1, 255, 256, 257, 700], [1, 7, 256, 1000])
    func pagesBecomeTheLog(calls: Int, limit: Int) {
        var pair = pair(calls: calls)
        pair.fill(limit: limit)
        #expect(pair.mirror.snapshot().sequences == pair.log.snapshot().sequences)
        #expect(pair.shown == pair.log.snapshot().words)
    }

    @Test func newCallsAndNewsAreShownAtOnce() throws {
        var pair = pair(calls: 3)
        pair.fill()
        let cursor = pair.log.cursor
        CallSample("c3").live().record(in: pair.log)
        CallSample("c1").with(\.isAsked, false).ended().record(in: pair.log)
        for event in pair.log.events(after: cursor).events { pair.mirror.take(event) }
        #expect(pair.shown == pair.log.snapshot().words)
        #expect(pair.mirror.snapshot()[1]?.state == .ended(seconds: 41))
        #expect(pair.mirror.wanted == nil)
    }

    @Test func newsOutlivesAnOlderPage() throws {
        var pair = pair(calls: 5)
        let request = try #require(pair.mirror.wanted)
        let stale = pair.page()
        let cursor = pair.log.cursor
        CallSample("c2").with(\.isAsked, false).ended().record(in: pair.log)
        for event in pair.log.events(after: cursor).events { pair.mirror.take(event) }
        #expect(pair.shown.isEmpty, "one old call alone is not the newest one")
        pair.mirror.take(stale.calls, next: stale.next, for: request)
        #expect(pair.shown == pair.log.snapshot().words)
    }

    @Test func theFirstCallOfAnEmptyLogIsShown() {
        var pair = pair(calls: 0)
        pair.fill()
        CallSample("c0").record(in: pair.log)
        for event in pair.log.events(after: 0).events { pair.mirror.take(event) }
        #expect(pair.shown == pair.log.snapshot().words)
    }

    @Test func aGapIsClosedByPages() throws {
        var pair = pair(calls: 10)
        pair.fill()
        for number in 10..<300 { CallSample("c\(number)").record(in: pair.log) }
        pair.mirror.noteLoss()
        pair.mirror.take(try #require(pair.log.snapshot()[299]))
        #expect(pair.mirror.snapshot().sequences == 0..<10, "what was shown stays until the newest page is there")
        pair.fill(limit: 20)
        #expect(pair.shown == pair.log.snapshot().words)
    }

    @Test func anUnannouncedGapIsClosedToo() throws {
        var pair = pair(calls: 10)
        pair.fill()
        for number in 10..<15 { CallSample("c\(number)").record(in: pair.log) }
        pair.mirror.take(try #require(pair.log.snapshot()[14]))
        pair.fill()
        #expect(pair.shown == pair.log.snapshot().words)
    }

    @Test func callsThatChangedUnseenAreAskedForAgain() throws {
        var pair = pair(calls: 10)
        pair.fill()
        CallSample("c2").with(\.isAsked, false).ended().record(in: pair.log)
        pair.mirror.noteLoss()
        pair.fill(limit: 3)
        #expect(pair.shown == pair.log.snapshot().words)
    }

    @Test func aPageOfTheRunBeforeIsNotTaken() throws {
        var old = pair(calls: 10)
        let request = try #require(old.mirror.wanted)
        let page = old.page()
        old.mirror.reset()
        old.mirror.take(page.calls, next: page.next, for: request)
        #expect(old.shown.isEmpty)
        #expect(old.mirror.wanted != nil)
    }

    @Test func aPageFromBeforeALossDoesNotEndThePass() throws {
        var pair = pair(calls: 4)
        let request = try #require(pair.mirror.wanted)
        let page = pair.page()
        CallSample("c1").with(\.isAsked, false).ended().record(in: pair.log)
        pair.mirror.noteLoss()
        pair.mirror.take(page.calls, next: page.next, for: request)
        #expect(pair.mirror.wanted != nil)
        pair.fill()
        #expect(pair.shown == pair.log.snapshot().words)
    }

    @Test func isBoundedAsALogIs() {
        let sample = pair(calls: 40).log.snapshot()
        let weight = (0..<40).compactMap { sample[$0]?.weight }.reduce(0, +)
        for keep in [Retention(calls: 12, bytes: 1 << 30), Retention(calls: 1000, bytes: weight / 4)] {
            var mirror = LogMirror(keep: keep)
            var asked = 0
            while let request = mirror.wanted {
                let page = sample.page(before: request.before, limit: 5)
                mirror.take(page.calls, next: page.next, for: request)
                asked += 1
            }
            #expect(asked <= 3, "what would be let go at once is not asked for")
            let kept = mirror.snapshot()
            #expect(kept.sequences.upperBound == 40)
            #expect((8...12).contains(kept.sequences.count))
            #expect(kept.words == sample.words.suffix(kept.sequences.count))
        }
    }

    @Test func refusalsAndTotalsAreThoseReceived() {
        var mirror = LogMirror(keep: Retention(calls: 1, bytes: 1))
        for number in 0..<100 { mirror.take(.refused(.init(at: .sample, refusal: .notHTTP, peer: "\(number)"))) }
        mirror.take(EventLog.sample([CallSample("a")]).snapshot().totals)
        mirror.take(.refused(.init(at: .sample, refusal: .notHTTP, peer: "99")))
        #expect(mirror.snapshot().refusals.map(\.peer) == (36..<100).map(String.init), "what is told again counts once")
        #expect(mirror.snapshot().totals.calls == 1)
        mirror.reset()
        #expect(mirror.snapshot().refusals.isEmpty)
        #expect(mirror.snapshot().totals.calls == 0)
    }

    @Test(arguments: UInt64(0)..<(Thoroughness.isFull ? 25 : 8)) func whateverTheOrderNothingWrongIsShown(seed: UInt64)
    {
        var attachment = Attachment(seed: seed)
        for _ in 0..<200 {
            attachment.step()
            #expect(attachment.faults == [])
            guard attachment.faults.isEmpty else { return }
        }
        attachment.finish()
        #expect(attachment.faults == [])
        #expect(attachment.differences == [])
    }
}

extension LogSnapshot {
    /// Every call, as far as a list and its details show it, oldest first.
    var words: [String] { sequences.map { self[$0]?.words ?? "nothing" } }

    /// A page as the control socket gives it.
    func page(before: UInt64?, limit: Int) -> (calls: [CallRecord], next: UInt64?) {
        let end = min(before ?? .max, sequences.upperBound)
        guard end > sequences.lowerBound else { return ([], nil) }
        let start = end - min(end - sequences.lowerBound, UInt64(limit))
        return ((start..<end).reversed().compactMap { self[$0] }, start > sequences.lowerBound ? start : nil)
    }
}

extension CallRecord {
    /// What is shown of the call.
    var words: String {
        "\(sequence) \(id) \(caller) \(state) \(confirmation) \(answered?.words ?? "not asked") "
            + timeline.map { "\($0.event)" }.joined(separator: ", ")
    }
}
