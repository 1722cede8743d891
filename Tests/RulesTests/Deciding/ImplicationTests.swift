// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TestSupport
import Testing

/// When it can be told that one condition holds wherever another does.
@Suite struct ImplicationTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let given: Condition
        let asked: Condition
        let follows: Bool

        init(_ name: String, _ given: Condition, _ asked: Condition, follows: Bool = true) {
            testDescription = name
            self.given = given
            self.asked = asked
            self.follows = follows
        }
    }

    private static let jan = Condition.callerIs(["+31612345678"])
    private static let dutch = Condition.callerBegins(["+31"])
    private static let front = Condition.line(["+31201234567"])
    private static let amsterdam = Condition.group(["amsterdam"])

    static let callers = [
        Example("a number among numbers", jan, .callerIs(["+31612345678", "+31612345679"])),
        Example("numbers among fewer", .callerIs(["+31612345678", "+31612345679"]), jan, follows: false),
        Example("a number in a list", jan, .callerListed(file: "f", ["+31612345678"])),
        Example("a list among numbers", .callerListed(file: "f", ["+31612345678"]), jan),
        Example("a number under a prefix", jan, dutch),
        Example("a prefix is no number", .callerBegins(["+31612345678"]), jan, follows: false),
        Example("a prefix under a prefix", .callerBegins(["+316"]), dutch),
        Example("a prefix above a prefix", dutch, .callerBegins(["+316"]), follows: false),
        Example("prefixes of which one is not under it", .callerBegins(["+316", "+49"]), dutch, follows: false),
        Example("a prefix abroad is not at home", .callerBegins(["+49"]), .not(dutch)),
        Example("what is not abroad need not be at home", .not(.callerBegins(["+49"])), dutch, follows: false),
        Example("a number is not withheld", jan, .not(.callerWithheld)),
        Example("what is not withheld need not be a number", .not(.callerWithheld), jan, follows: false),
        Example("who withholds the number is unknown", .callerWithheld, .contactKnown(false)),
        Example("a country among countries", .callerCountry(["NL"]), .callerCountry(["NL", "BE"])),
        Example("a language is no country", .callerLanguage(["nl"]), .callerCountry(["NL"]), follows: false),
    ]

    static let others = [
        Example("a line of a group", front, amsterdam),
        Example("a line of another group", .line(["+31850835037"]), amsterdam, follows: false),
        Example("lines of two groups", .line(["+31201234567", "+31850835037"]), amsterdam, follows: false),
        Example("a group with all its lines", amsterdam, .line(["+31201234567", "+31201234568"])),
        Example("a group with one of its lines", amsterdam, front, follows: false),
        Example("groups exclude each other", .group(["demo"]), .not(amsterdam)),
        Example("a value among values", .tier("gold"), .contact("tier", .oneOf(["vip", "gold"]))),
        Example(
            "a value of another attribute", .tier("gold"), .contact("x", .oneOf(["gold"])), follows: false),
        Example("a value is there", .tier("gold"), .contact("tier", .present)),
        Example("whoever has a value is known", .tier("gold"), .contactKnown(true)),
        Example("whoever is known need not have it", .contactKnown(true), .tier("gold"), follows: false),
        Example("hours within hours of the same days", .during(1), .during(0)),
        Example("hours around hours", .during(0), .during(1), follows: false),
        Example("hours on another clock", .during(2), .during(0), follows: false),
        Example("hours that another closes on a date", .during(1), .during(3), follows: false),
        Example("hours that close on a date", .during(3), .during(0)),
        Example("more calls in less time", .callsFromCaller(.init(moreThan: 5, withinSeconds: 60)), .calls(3, 90)),
        Example("fewer calls", .calls(2, 60), .calls(3, 90), follows: false),
        Example("more calls in more time", .calls(5, 120), .calls(3, 90), follows: false),
        Example(
            "calls of a line are no calls of the caller", .calls(5, 60),
            .callsToLine(.init(moreThan: 3, withinSeconds: 90)), follows: false),
        Example("who called often called before", .calls(2, 60), .seenBefore(withinSeconds: 60)),
        Example("seen lately is seen", .seenBefore(withinSeconds: 60), .seenBefore(withinSeconds: 61)),
        Example("a kind of call", .callType(["a"]), .callType(["a", "b"])),
        Example(
            "dates within a span", .date([.sample("2026-12-24", "2026-12-25")]),
            .date([.sample("2026-12-20", "2026-12-31")])),
        Example(
            "dates that leave a span", .date([.sample("2026-12-24", "2027-01-01")]),
            .date([.sample("2026-12-20", "2026-12-31")]), follows: false),
    ]

    static let composed = [
        Example("anything is always so", jan, .always),
        Example("always is not anything", .always, jan, follows: false),
        Example("all of more", .all([jan, amsterdam]), dutch),
        Example("all of other things", .all([jan, amsterdam]), .all([dutch, front]), follows: false),
        Example("each part follows", .all([jan, front]), .all([amsterdam, dutch])),
        Example("one of what is allowed", front, .any([.callerWithheld, amsterdam])),
        Example("one of more than is allowed", .any([front, jan]), amsterdam, follows: false),
        Example("each alternative follows", .any([jan, .callerBegins(["+3120"])]), dutch),
        Example(
            "numbers spread over alternatives", .callerIs(["+31612345678", "+4930901820"]),
            .any([.callerBegins(["+49"]), jan])),
        Example("not turns it round", .not(dutch), .not(jan)),
        Example("but not twice", .not(jan), .not(dutch), follows: false),
        Example("twice not is so", .not(.not(jan)), dutch),
        Example("neither of two", .callerBegins(["+49"]), .not(.any([.callerWithheld, dutch]))),
        Example("not both", .callerBegins(["+49"]), .not(.all([amsterdam, dutch]))),
    ]

    @Test(arguments: callers + others + composed) func tellsWhetherItFollows(_ example: Example) {
        var implication = Implication.sample()
        let follows = implication.implies(example.given, example.asked)
        #expect(follows == example.follows)
    }

    @Test(arguments: [
        (Condition.all([front, .group(["demo"])]), true), (.all([front, amsterdam]), false),
        (.all([.callerWithheld, .all([amsterdam, jan])]), true), (.any([amsterdam, .group(["demo"])]), false),
        (.any([.all([jan, .callerWithheld])]), true), (.all([jan, .not(dutch)]), true), (.always, false),
        (.all([.tier("vip"), .contactKnown(false)]), true), (.all([.tier("vip"), .tier("gold")]), true),
    ])
    func tellsWhatNeverHolds(condition: Condition, never: Bool) {
        var implication = Implication.sample()
        let neverHolds = implication.neverHolds(condition)
        #expect(neverHolds == never)
    }

    @Test func claimsNothingWhenItTakesTooLong() {
        var nested = Condition.line(["+31201234567"])
        var other = nested
        for _ in 0..<60 {
            nested = .all([nested, .not(.any([.callerWithheld, nested]))])
            other = .any([other, .not(.all([.callerWithheld, other]))])
        }
        var implication = Implication(lines: [], hours: [], budget: 1000)
        let isClaimed = implication.implies(.all([nested]), .any([.all([other, Self.jan])]))
        #expect(!isClaimed)
        let isAlways = implication.implies(Self.jan, .always)
        #expect(isAlways, "what needs no comparison is still told")
    }
}

extension Implication {
    fileprivate static func sample() -> Implication {
        let lines = [
            PhoneLine.sample(number: "+31201234567", group: "amsterdam"),
            PhoneLine.sample(number: "+31201234568", group: "amsterdam"),
            PhoneLine.sample(number: "+31850835037", group: "demo"),
        ]
        let office = HoursTable.daily("09:00-12:00", "13:00-17:00")
        let hours = [
            office, .daily("14:00-16:00"), .sample([.monday: ["14:00-16:00"]], zone: .utc),
            .sample(
                Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, ["09:00-12:00"]) }),
                dates: ["2026-12-25": []]),
        ]
        return Implication(lines: lines, hours: hours)
    }
}

extension Condition {
    fileprivate static func tier(_ value: String) -> Condition { .contact("tier", .oneOf([value])) }

    fileprivate static func calls(_ count: Int, _ seconds: Int) -> Condition {
        .callsFromCaller(.init(moreThan: count, withinSeconds: seconds))
    }
}
