// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Filters
import Journal
import TestSupport
import Testing
import WireFormat

/// What a filter selects in a journal is what it selects among the same calls in memory.
@Suite struct ScanTests {
    private let bench: JournalBench
    private static let now = Instant.sample.advanced(bySeconds: 400)

    init() throws {
        bench = try JournalBench()
    }

    private static let setting = FilterSetting(now: now, clock: .fixed(0), plan: NoNumberingPlan(), country: nil)
    private static let facts = FilterFacts(now: now) { $0 == "+31850835037" ? "sales team" : nil }

    @Test(arguments: 0..<(Thoroughness.isFull ? 20 : 1)) func agreesWithMemory(_ seed: UInt64) throws {
        var values = RandomCalls(seed: seed)
        bench.record((0..<60).map { values.call($0) })
        let calls = try bench.written()
        let reader = try JournalReader(bench.path)
        for _ in 0..<(Thoroughness.isFull ? 150 : 40) {
            let filter = values.filter()
            let expected = calls.filter { filter.holds(for: $0, in: Self.facts) }
            let found = try Self.records(reader, filter, .oldestFirst)
            #expect(found.map(\.id) == expected.map(\.id), "\(filter)")
            let rows = try Self.rows(reader, filter)
            #expect(rows == expected.map { CallRow($0, at: Self.now) }, "\(filter)")
        }
    }

    /// A column would end at a NUL, and a filter would find less than among the same calls in memory.
    @Test(arguments: ["to:zebra", "zebra", "okapi", "gnu"])
    func findsWhatFollowsANUL(_ text: String) throws {
        bench.record([
            CallSample("a\0gnu", from: "x\0okapi").with(\.to, "y\0zebra").with(\.calledName, "z\0zebra"),
            CallSample("b"),
        ])
        let filter = try CallFilter(text, Self.setting)
        let expected = try bench.written().filter { filter.holds(for: $0, in: Self.facts) }
        #expect(expected.count == 1)
        #expect(try Self.records(JournalReader(bench.path), filter, .oldestFirst).map(\.id) == expected.map(\.id))
    }

    /// Filters that the database decides alone, each with an example that holds.
    @Test(arguments: [
        "from:+316", "to:\"front desk\"", "group:\"sales team\"", "state:failed", "state:no-news", "answer:rejected",
        "answer:none", "by:vip", "ms:0..", "since:1h", "is:bad", "is:marked", "has:note", "not:is:live", "is:withheld",
    ])
    func isIndexed(_ text: String) throws {
        bench.record([
            CallSample("a").live().marked().noted("x"), CallSample("b", from: nil).rejected(),
            CallSample("c").then(.status(.endedWithError, reason: "x"), after: 1),
            CallSample("d").with(\.isAsked, false).live(), CallSample("e").with(\.to, "+31850835037").live().ended(),
            CallSample("f"),
        ])
        let filter = try CallFilter(text, Self.setting)
        let scan = try JournalScan(JournalReader(bench.path), filter, Self.facts, .oldestFirst)
        let expected = try bench.written().filter { filter.holds(for: $0, in: Self.facts) }
        #expect(scan.total == expected.count)
        #expect(!expected.isEmpty)
    }

    @Test func pagesFollowEachOtherInBothOrders() throws {
        bench.record((0..<1101).map { CallSample("c\($0)", at: Double($0)).rejected() })
        let reader = try JournalReader(bench.path)
        let ids = (0..<1101).map { "c\($0)" }
        for filter in [CallFilter(), CallFilter([.init(.answer(.kind(.rejected)))])] {
            #expect(try Self.records(reader, filter, .oldestFirst).map(\.id.text) == ids)
            #expect(try Self.records(reader, filter, .newestFirst).map(\.id.text) == ids.reversed())
            #expect(try Self.rows(reader, filter).map(\.id) == ids)
        }
    }

    private static func records(
        _ reader: JournalReader, _ filter: CallFilter, _ order: JournalScan.Order
    ) throws -> [CallRecord] {
        var scan = try JournalScan(reader, filter, facts, order)
        var found: [CallRecord] = []
        while let page = try scan.records() { found += page.map(\.call) }
        return found
    }

    private static func rows(_ reader: JournalReader, _ filter: CallFilter) throws -> [CallRow] {
        var scan = try JournalScan(reader, filter, facts, .oldestFirst)
        var found: [CallRow] = []
        while let page = try scan.rows() { found += page }
        return found
    }
}

/// Calls and filters that have much in common, so that filters select some of the calls.
private struct RandomCalls {
    private var source: SeededGenerator

    init(seed: UInt64) {
        source = SeededGenerator(seed: seed)
    }

    private mutating func one<Value>(of values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &source)]
    }

    private static let callers: [String?] = [
        "+31612345678", "+4930123456", nil, "anonymous", "weird \"x\"", "+49abc", "0612345678", "+3161234567890123",
    ]
    private static let deciders: [Decider] = [
        .rule("vip"), .rule("VIP 2"), .override(.all), .hours("office"), .otherwise, .deadline, .rule("deadline"),
    ]

    mutating func call(_ index: Int) -> CallSample {
        var call = CallSample("c\(index)", from: one(of: Self.callers), at: Double(one(of: [0, 1, 60, 300])))
        call.to = one(of: ["+31101234567", "+31850835037", "desk", ""])
        call.sentTo = one(of: [nil, "tel:+31 20 123 4567"])
        call.sentFrom = one(of: [nil, nil, "06 1234 5678"])
        call.calledName = one(of: ["Front desk", "front DESK", "Sales", nil])
        call.microseconds = one(of: [400, 999_999, 1_000_000, 1_000_001, 4_000_000])
        call.by = one(of: Self.deciders)
        call.isAsked = one(of: [true, true, true, false])
        switch one(of: [0, 1, 2, 3]) {
        case 0: call = call.standard(by: call.by)
        case 1: call = call.rejected(by: call.by)
        default: break
        }
        switch one(of: [0, 1, 2, 3, 4, 5]) {
        case 0: call = call.live().ended(summary: one(of: ["", "Asked."]))
        case 1: call = call.live()
        case 2: call = call.then(.status(.endedWithError, reason: one(of: [nil, "sip 503"])), after: 2)
        case 3: call = call.then(.status(CallStatus("on-hold"), reason: nil), after: 3)
        case 4: call = call.then(.toolCalls(names: ["book"]), after: 1, echo: .untagged)
        default: call = call.isAsked ? call : call.live()
        }
        if one(of: [true, false, false]) { call = call.marked() }
        return one(of: [true, false, false]) ? call.noted("Call +31612345678 back") : call
    }

    mutating func filter() -> CallFilter {
        CallFilter(
            (0..<one(of: [0, 1, 1, 2, 2, 3])).map { _ in .init(condition(), isNegated: one(of: [true, false])) })
    }

    private mutating func number() -> NumberMatch {
        one(
            of: [.withheld, .digits(FilterText("1234")), .text(FilterText("we")), .text(FilterText("desk"))]
                + ["+49", "+31612345678", "+3"].compactMap { PhonePrefix($0).map(NumberMatch.begins) })
    }

    private mutating func condition() -> CallFilter.Condition {
        let text = FilterText(one(of: ["vip", "desk", "e", "on-hold", "sales team", "sip", "x", "06", "back"]))
        let time = Instant.sample.advanced(bySeconds: one(of: [0, 1, 60, 400]))
        return one(
            of: [
                .from(number()), .to(number()), .group(text), .by(text), .text(text), .replica(text), .since(time),
                .until(time),
                .state(.known(one(of: CallStateWord.Known.allCases))), .state(.status(text)),
                .answer(.kind(one(of: AnswerKind.allCases))), .answer(.none), .answer(.words(text)),
                .answerTime(one(of: [0...500, 1_000_000...1_000_000, 1_000_001...100_000_000_000])),
                .trait(one(of: CallTrait.allCases)), .feature(one(of: CallFeature.allCases)),
            ])
    }
}
