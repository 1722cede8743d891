// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TestSupport
import Testing

/// When one condition provably holds wherever another does.
@Suite struct ImplicationTests {
    /// Whether the second condition holds wherever the first one does.
    struct Question: Sendable {
        let given: Condition
        let asked: Condition
    }

    private static func row(
        _ name: String, _ given: Condition, _ asked: Condition, follows: Bool = true
    ) -> Row<Question, Bool> {
        Row(name, Question(given: given, asked: asked), follows)
    }

    private static let jan = Condition.callerIs(["+31612345678"])
    private static let dutch = Condition.callerBegins(["+31"])
    private static let front = Condition.line(["+31201234567"])
    private static let amsterdam = Condition.group(["amsterdam"])

    static let callers = [
        row("a number among numbers", jan, .callerIs(["+31612345678", "+31612345679"])),
        row("numbers among fewer", .callerIs(["+31612345678", "+31612345679"]), jan, follows: false),
        row("a number in a list", jan, .callerListed(file: "f", ["+31612345678"])),
        row("a list among numbers", .callerListed(file: "f", ["+31612345678"]), jan),
        row("a number under a prefix", jan, dutch),
        row("a prefix is no number", .callerBegins(["+31612345678"]), jan, follows: false),
        row("a prefix under a prefix", .callerBegins(["+316"]), dutch),
        row("a prefix above a prefix", dutch, .callerBegins(["+316"]), follows: false),
        row("prefixes of which one is not under it", .callerBegins(["+316", "+49"]), dutch, follows: false),
        row("a prefix abroad is not at home", .callerBegins(["+49"]), .not(dutch)),
        row("what is not abroad need not be at home", .not(.callerBegins(["+49"])), dutch, follows: false),
        row("a number is not withheld", jan, .not(.callerWithheld)),
        row("what is not withheld need not be a number", .not(.callerWithheld), jan, follows: false),
        row("who withholds the number is unknown", .callerWithheld, .contactKnown(false)),
        row("a country among countries", .callerCountry(["NL"]), .callerCountry(["NL", "BE"])),
        row("a language is no country", .callerLanguage(["nl"]), .callerCountry(["NL"]), follows: false),
    ]

    static let others = [
        row("a line of a group", front, amsterdam),
        row("a line of another group", .line(["+31850835037"]), amsterdam, follows: false),
        row("lines of two groups", .line(["+31201234567", "+31850835037"]), amsterdam, follows: false),
        row("a group with all its lines", amsterdam, .line(["+31201234567", "+31201234568"])),
        row("a group with one of its lines", amsterdam, front, follows: false),
        row("groups exclude each other", .group(["demo"]), .not(amsterdam)),
        row("a value among values", .tier("gold"), .contact("tier", .oneOf(["vip", "gold"]))),
        row(
            "a value of another attribute", .tier("gold"), .contact("x", .oneOf(["gold"])), follows: false),
        row("a value is there", .tier("gold"), .contact("tier", .present)),
        row("whoever has a value is known", .tier("gold"), .contactKnown(true)),
        row("whoever is known need not have it", .contactKnown(true), .tier("gold"), follows: false),
        row("whoever has a number there is known", .balance(.moreThan(0)), .contactKnown(true)),
        row("more is more than less", .balance(.moreThan(5)), .balance(.moreThan(0))),
        row("less is not more", .balance(.moreThan(0)), .balance(.moreThan(5)), follows: false),
        row("a span is above its lower end", .balance(.between(5, 9)), .balance(.moreThan(4))),
        row("a span is not above its lower end", .balance(.between(5, 9)), .balance(.moreThan(5)), follows: false),
        row("a number is not a smaller one", .balance(.moreThan(5)), .not(.balance(.lessThan(5)))),
        row("a text may be a number", .balance(.moreThan(5)), .not(.contact("balance", .oneOf(["x"])))),
        row(
            "a text that is not a number leaves it open", .contact("balance", .oneOf(["x"])),
            .not(.balance(.moreThan(5))), follows: false),
        row("a text that is a number", .contact("balance", .oneOf(["7"])), .balance(.between(5, 9))),
        row("who is known is not unknown", .contactIs(.known), .not(.contactIs(.unknown))),
        row("who is known is available", .contactIs(.known), .not(.contactIs(.unavailable))),
        row(
            "who is unavailable may be known", .contactIs(.unavailable), .not(.contactIs(.known)), follows: false),
        row("who is unavailable may be unknown", .contactIs(.unavailable), .contactIs(.unknown), follows: false),
        row("whoever is not known is unknown", .not(.contactIs(.known)), .not(.contactIs(.known))),
        row("a value excludes another", .tier("gold"), .not(.tier("vip"))),
        row("without a value there is none", .contactIs(.unknown), .not(.tier("vip"))),
        row("with a value nobody is unknown", .tier("vip"), .not(.contactIs(.unknown))),
        row("hours within hours of the same days", .during(1), .during(0)),
        row("hours around hours", .during(0), .during(1), follows: false),
        row("hours on another clock", .during(2), .during(0), follows: false),
        row("hours that another closes on a date", .during(1), .during(3), follows: false),
        row("hours that close on a date", .during(3), .during(0)),
        row("more calls in less time", .callsFromCaller(.init(moreThan: 5, withinSeconds: 60)), .calls(3, 90)),
        row("fewer calls", .calls(2, 60), .calls(3, 90), follows: false),
        row("more calls in more time", .calls(5, 120), .calls(3, 90), follows: false),
        row(
            "calls of a line are no calls of the caller", .calls(5, 60),
            .callsToLine(.init(moreThan: 3, withinSeconds: 90)), follows: false),
        row("who called often called before", .calls(2, 60), .seenBefore(withinSeconds: 60)),
        row("seen lately is seen", .seenBefore(withinSeconds: 60), .seenBefore(withinSeconds: 61)),
        row("days among days", .weekday([.monday]), .weekday([.monday, .friday])),
        row("days among fewer days", .weekday([.monday, .friday]), .weekday([.monday]), follows: false),
        row("a day excludes another", .weekday([.monday]), .not(.weekday([.friday]))),
        row(
            "days spread over alternatives", .weekday([.monday, .friday]),
            .any([.weekday([.monday]), .weekday([.friday])])),
        row("a kind of call", .callType(["a"]), .callType(["a", "b"])),
        row(
            "dates within a span", .date([.sample("2026-12-24", "2026-12-25")]),
            .date([.sample("2026-12-20", "2026-12-31")])),
        row(
            "dates that leave a span", .date([.sample("2026-12-24", "2027-01-01")]),
            .date([.sample("2026-12-20", "2026-12-31")]), follows: false),
    ]

    static let composed = [
        row("anything is always so", jan, .always),
        row("always is not anything", .always, jan, follows: false),
        row("all of more", .all([jan, amsterdam]), dutch),
        row("all of other things", .all([jan, amsterdam]), .all([dutch, front]), follows: false),
        row("each part follows", .all([jan, front]), .all([amsterdam, dutch])),
        row("one of what is allowed", front, .any([.callerWithheld, amsterdam])),
        row("one of more than is allowed", .any([front, jan]), amsterdam, follows: false),
        row("each alternative follows", .any([jan, .callerBegins(["+3120"])]), dutch),
        row(
            "numbers spread over alternatives", .callerIs(["+31612345678", "+4930901820"]),
            .any([.callerBegins(["+49"]), jan])),
        row("not turns it round", .not(dutch), .not(jan)),
        row("but not twice", .not(jan), .not(dutch), follows: false),
        row("twice not is so", .not(.not(jan)), dutch),
        row("neither of two", .callerBegins(["+49"]), .not(.any([.callerWithheld, dutch]))),
        row("not both", .callerBegins(["+49"]), .not(.all([amsterdam, dutch]))),
    ]

    @Test(arguments: callers + others + composed) func knowsWhetherItFollows(_ row: Row<Question, Bool>) {
        var implication = Implication.sample()
        let follows = implication.implies(row.input.given, row.input.asked)
        #expect(follows == row.expected)
    }

    @Test(arguments: [
        (Condition.all([front, .group(["demo"])]), true), (.all([front, amsterdam]), false),
        (.all([.callerWithheld, .all([amsterdam, jan])]), true), (.any([amsterdam, .group(["demo"])]), false),
        (.any([.all([jan, .callerWithheld])]), true), (.all([jan, .not(dutch)]), true), (.always, false),
        (.all([.tier("vip"), .contactKnown(false)]), true), (.all([.tier("vip"), .tier("gold")]), true),
        (.all([.weekday([.monday]), .weekday([.tuesday])]), true),
        (.all([.contactIs(.unavailable), .contactIs(.known)]), true),
        (.all([.contactIs(.unavailable), .not(.contactIs(.known))]), false),
        (.all([.balance(.moreThan(5)), .balance(.lessThan(5))]), true),
    ])
    func knowsWhatNeverHolds(condition: Condition, never: Bool) {
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
        #expect(isAlways, "what needs no comparison is still known")
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

    fileprivate static func balance(_ range: NumberRange) -> Condition { .contact("balance", .numbers(range)) }

    fileprivate static func calls(_ count: Int, _ seconds: Int) -> Condition {
        .callsFromCaller(.init(moreThan: count, withinSeconds: seconds))
    }
}
