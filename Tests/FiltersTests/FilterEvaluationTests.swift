// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Filters
import TestSupport
import Testing

@Suite struct FilterEvaluationTests {
    /// The calls of one session, by id.
    private static let calls: [CallSample] = [
        CallSample("plain").live().ended(),
        CallSample("german", from: "+4930123456").standard(),
        CallSample("hidden", from: "anonymous").rejected(by: .override(.group("amsterdam"))),
        CallSample("late").with(\.by, .deadline).with(\.microseconds, 4_200_000).marked(),
        CallSample("slow").with(\.microseconds, 1_000_001).live().noted("Call back, please"),
        CallSample("failed").then(.status(.endedWithError, reason: "pipeline-error"), after: 2),
        CallSample("other").then(.status(.inProgress, reason: nil), after: 2, echo: .untagged),
        CallSample("foreign").then(.status(CallStatus("on-hold"), reason: nil), after: 3),
        CallSample("unasked").with(\.isAsked, false).then(.toolCalls(names: ["book"]), after: 1),
        CallSample("elsewhere").with(\.to, "+31850835037").with(\.calledName, "Sales").standard(by: .hours("office")),
    ]

    private static func found(_ text: String, after seconds: Int64 = 60) throws -> [String] {
        let log = EventLog.sample(calls).snapshot()
        let now = Instant.sample.advanced(bySeconds: seconds)
        let setting = FilterSetting(now: now, clock: .fixed(0), plan: NoNumberingPlan(), country: nil)
        let filter = try CallFilter(text, setting)
        let facts = FilterFacts(now: now, group: { $0 == "+31850835037" ? "sales team" : "amsterdam" })
        return log.sequences.compactMap { log[$0] }.filter { filter.holds(for: $0, in: facts) }.map(\.id.text)
    }

    /// What each beginning of a filter selects, where it narrows the one before it.
    @Test(arguments: rows) func aNarrowerOneSelectsAPartOfWhatTheWiderOneSelects(_ row: Row<String, [String]>) throws {
        let setting = FilterSetting(now: .sample, clock: .fixed(0), plan: NoNumberingPlan(), country: nil)
        var before: (filter: CallFilter, found: [String])?
        for length in 1...row.input.count {
            let text = String(row.input.prefix(length))
            guard let filter = try? CallFilter(text, setting) else { continue }
            let found = try Self.found(text)
            if let before, filter.narrows(before.filter) { #expect(Set(found).isSubset(of: before.found), "\(text)") }
            before = (filter, found)
        }
    }

    @Test(
        arguments: [
            Row("a letter more", ["hi", "hi t"], true), Row("a letter less", ["hit", "hi"], false),
            Row("a term more", ["is:bad", "is:bad x"], true), Row("another term", ["is:bad x", "is:live x"], false),
            Row("not", ["-hi", "-hit"], false), Row("a number", ["from:+31", "from:+316"], true),
            Row("another number", ["from:+31", "from:+326"], false),
            Row("another key", ["from:+31", "to:+316"], false),
            Row("the same", ["is:bad", "is:bad"], true), Row("from all", ["", "is:bad"], false),
            Row("one that becomes a number", ["0316", "03161"], false),
        ] as [Row<[String], Bool>])
    func knowsANarrowerOne(_ row: Row<[String], Bool>) throws {
        let setting = FilterSetting(now: .sample, clock: .fixed(0), plan: NoNumberingPlan(), country: nil)
        let filters = try row.input.map { text throws(FilterError) in try CallFilter(text, setting) }
        #expect(filters[1].narrows(filters[0]) == row.expected)
    }

    static let rows = [
        Row("a prefix", "from:+49", ["german"]),
        Row("exactly a number", "from:=+4930123456", ["german"]), Row("no beginning of one", "from:=+493012345", []),
        Row("exactly a line", "to:=+31850835037", ["elsewhere"]), Row("exactly a name", "to:=Sales", ["elsewhere"]),
        Row("a whole number", "to:+31850835037", ["elsewhere"]),
        Row("the end of a number", "from:30123456", ["german"]),
        Row("a withheld number", "from:withheld", ["hidden"]), Row("the trait", "is:withheld", ["hidden"]),
        Row("a line's name", "to:sales", ["elsewhere"]), Row("a group", "group:\"Sales Team\"", ["elsewhere"]),
        Row("a part of a group's name", "group:sales", []),
        Row("failed", "state:failed", ["failed"]),
        Row("another status", "state:\"on-hold\"", ["foreign"]),
        Row("rejected", "answer:rejected", ["hidden"]), Row("never asked", "answer:none", ["unasked"]),
        Row("words of an answer", "answer:\"gesloten\"", ["hidden"]),
        Row("a decider", "by:office", ["elsewhere"]), Row("an override", "by:override", ["hidden"]),
        Row("slower than a second", "ms:1000.001..", ["late", "slow"]), Row("with a sign", "ms>4s", ["late"]),
        Row("late", "is:late", ["late"]), Row("slow", "is:slow", ["late", "slow"]),
        Row("not applied", "is:not-applied", ["other"]),
        Row("bad", "is:bad", ["late", "slow", "failed", "other"]),
        Row("marked", "is:marked", ["late"]), Row("with a note", "has:note", ["slow"]),
        Row("in a note", "back", ["slow"]),
        Row("tools", "has:tools", ["unasked"]), Row("a summary", "has:summary", ["plain"]),
        Row("a reason", "pipeline-error", ["failed"]),
        Row("two terms", "is:bad not:is:slow", ["failed", "other"]),
        Row("not a phrase", "from:+31 -\"on-hold\" is:ringing not:is:late has:answer", ["elsewhere"]),
        Row("a number as words", "030123456", ["german"]),
        Row("nothing is before the start", "until:2026-06-01", []),
    ]

    @Test(
        arguments: [
            Row("its name", "replica:EU-2", true), Row("a part of it", "replica:eu", false), Row("words", "eu-2", true),
        ])
    func findsTheReplicaOfACall(_ row: Row<String, Bool>) throws {
        let log = EventLog.sample([CallSample("plain")])
        var call = try #require(log.snapshot()[0])
        let setting = FilterSetting(now: .sample, clock: .fixed(0), plan: NoNumberingPlan(), country: nil)
        let filter = try CallFilter(row.input, setting)
        #expect(!filter.holds(for: call, in: FilterFacts(now: .sample)))
        call.replica = "eu-2"
        #expect(filter.holds(for: call, in: FilterFacts(now: .sample)) == row.expected)
    }

    @Test(arguments: rows) func selects(_ row: Row<String, [String]>) throws {
        #expect(try Self.found(row.input) == row.expected)
    }

    @Test func aRingingCallIsBadOnceItIsWithoutNews() throws {
        #expect(try Self.found("state:ringing from:+49") == ["german"])
        #expect(try Self.found("state:ringing from:+49", after: 600) == [])
        #expect(try Self.found("is:bad from:+49", after: 600) == ["german"])
    }

    @Test func sinceIncludesItsMomentAndUntilDoesNot() throws {
        let start = Instant.sample.iso8601Exact
        #expect(try Self.found("since:\(start)") == Self.calls.map(\.id))
        #expect(try Self.found("until:\(start)") == [])
    }
}
