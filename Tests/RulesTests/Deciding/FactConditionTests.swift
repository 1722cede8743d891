// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TestSupport
import Testing

/// What a rule may ask that is not in the call itself.
@Suite struct FactConditionTests {
    /// A condition, the caller that it is asked of, and what was looked up.
    struct Question: Sendable {
        let condition: Condition
        let facts: CallFacts
        let from: String?
    }

    private static func row(
        _ name: String, _ condition: Condition, _ facts: CallFacts = .none, from: String? = "+31612345678",
        holds: Bool
    ) -> Row<Question, Bool> {
        Row(name, Question(condition: condition, facts: facts, from: from), holds)
    }

    private static let vip = CallFacts.sample(contact: ["tier": "VIP", "name": "Jan"])
    private static let dutch = CallFacts.sample(origin: NumberOrigin(country: "NL", language: "nl"))
    private static let twice = CallFacts.sample(secondsAgo: [30, 90])
    private static let limit = CallLimit(moreThan: 2, withinSeconds: 60)

    static let rows = [
        row(
            "an attribute is compared whatever its case", .contact("tier", .oneOf(["vip"])), vip, holds: true
        ),
        row("another value does not hold", .contact("tier", .oneOf(["gold"])), vip, holds: false),
        row("an attribute is there", .contact("name", .present), vip, holds: true),
        row("an attribute is not there", .contact("mail", .absent), vip, holds: true),
        row("somebody is known", .contactKnown(true), vip, holds: true),
        row("nobody is known", .contactKnown(false), .sample(contact: nil), holds: true),
        row("without a number nobody is known", .contactKnown(false), from: nil, holds: true),
        row("a country is the number's", .callerCountry(["DE", "NL"]), dutch, holds: true),
        row("another country is not", .callerCountry(["DE"]), dutch, holds: false),
        row("a number of no country", .callerCountry(["NL"]), .sample(origin: nil), holds: false),
        row("a language is the country's", .callerLanguage(["nl"]), dutch, holds: true),
        row(
            "this call is counted too", .callsFromCaller(.init(moreThan: 2, withinSeconds: 90)), twice, holds: true),
        row("calls of before do not count", .callsFromCaller(limit), twice, holds: false),
        row("a line counts its own calls", .callsToLine(.init(moreThan: 1, withinSeconds: 60)), twice, holds: true),
        row("a caller without a number is not counted", .callsFromCaller(limit), twice, from: nil, holds: false),
        row(
            "calls to other lines do not count with `to: line`",
            .callsFromCallerToLine(.init(moreThan: 2, withinSeconds: 90)), twice, holds: false),
        row(
            "calls to this line count with `to: line`", .callsFromCallerToLine(.init(moreThan: 1, withinSeconds: 90)),
            twice, holds: true),
        row(
            "a caller without a number is not counted with `to: line`",
            .callsFromCallerToLine(.init(moreThan: 1, withinSeconds: 90)), twice, from: nil, holds: false),
        row(
            "ask 5: the call itself is one of those at once", .liveOnLine(moreThan: 5), .sample(live: 5, inGroup: 5),
            holds: true),
        row("ask 5: five at once are allowed", .liveOnLine(moreThan: 5), .sample(live: 4, inGroup: 9), holds: false),
        row(
            "ask 5: a group counts all of its lines", .liveInGroup(moreThan: 5), .sample(live: 1, inGroup: 5),
            holds: true),
        row("ask 5: a group below its limit", .liveInGroup(moreThan: 5), .sample(live: 1, inGroup: 4), holds: false),
        row("somebody called before", .seenBefore(withinSeconds: 30), twice, holds: true),
        row("but not lately", .seenBefore(withinSeconds: 29), twice, holds: false),
        row("a day of the week", .weekday([.monday, .wednesday]), holds: true),
        row("another day of the week", .weekday([.saturday, .sunday]), holds: false),
        row("a kind of call", .callType(["inbound_phone_call"]), holds: true),
        row("another kind of call", .callType(["web_call"]), holds: false),
        row("a listed number", .callerListed(file: "f", ["+31612345678"]), holds: true),
        row("today lies in a span, its ends included", .date([.sample("2026-06-30", "2026-07-01")]), holds: true),
        row("today lies behind a span", .date([.sample("2026-06-01", "2026-06-30")]), holds: false),
    ]

    @Test(arguments: rows) func holds(_ row: Row<Question, Bool>) throws {
        let policy = CallPolicy.asking(row.input.condition)
        let call = AssistantRequest.sample(from: row.input.from)
        let (decision, reply) = try policy.answer(call, facts: row.input.facts, id: "d-1", at: .sample)
        #expect(decision.by == (row.expected ? .rule("asked") : .otherwise))
        let decided = DecidedCall(request: call, at: .sample, decision: decision, reply: reply)
        #expect(decision.reasoning.steps(of: decided).contains { $0.what == "rule asked" })
    }

    @Test(arguments: [
        (Condition.contactKnown(true), MissingFact.contact), (.contact("a", .present), .contact),
        (.callerCountry(["NL"]), .origin), (.callerLanguage(["nl"]), .origin),
    ])
    func asksForWhatIsMissing(condition: Condition, missing: MissingFact) {
        let policy = CallPolicy.asking(condition)
        #expect(throws: missing) { try policy.answer(.sample(), id: "d-1", at: .sample) }
    }

    @Test func asksForNothingThatNoRuleReaches() throws {
        let policy = CallPolicy.asking(.all([.callerWithheld, .contactKnown(true)]))
        #expect(try policy.answer(.sample(), id: "d-1", at: .sample).0.by == .otherwise)
    }

    @Test(arguments: [("{{contact.name|you}}", MissingFact.contact), ("{{caller.country}}", .origin)])
    func asksForWhatAnAnswerNeeds(hole: String, missing: MissingFact) {
        let policy = CallPolicy(rules: .sample(otherwise: .greeting("Hi " + hole)))
        #expect(throws: missing) { try policy.answer(.sample(), id: "d-1", at: .sample) }
    }

    @Test(arguments: [(["name": "Jan"], "Hi Jan"), (nil, "Hi you")])
    func greetsByName(contact: [String: String]?, words: String) throws {
        let rules = RuleSet.sample(otherwise: .greeting("Hi {{contact.name|you}}"), tags: false)
        let policy = CallPolicy(rules: rules)
        let (_, reply) = try policy.answer(.sample(), facts: .sample(contact: contact), id: "d-1", at: .sample)
        #expect(String(decoding: reply, as: UTF8.self) == #"{"assistant":{"first_message":"\#(words)"}}"#)
    }
}

extension CallPolicy {
    /// A policy with one rule.
    fileprivate static func asking(_ condition: Condition) -> CallPolicy {
        CallPolicy(
            rules: .sample(rules: [(.init("asked", condition), .greeting("Yes"))]))
    }
}

extension CallFacts {
    fileprivate static func sample(contact: [String: String]?) -> CallFacts {
        var facts = CallFacts.none
        let report = ContactLookup.Report(source: "contacts.csv", outcome: contact == nil ? .unknown : .found)
        facts.contact = .known(ContactLookup(contact: contact.map(Contact.init(attributes:)), reports: [report]))
        return facts
    }

    fileprivate static func sample(origin: NumberOrigin?) -> CallFacts {
        var facts = CallFacts.none
        facts.origin = .known(origin)
        return facts
    }

    /// The caller called this line so many seconds ago.
    fileprivate static func sample(secondsAgo: [Int64]) -> CallFacts {
        var facts = CallFacts.none
        let moments = secondsAgo.map { Instant.sample.advanced(bySeconds: -$0) }
        facts.earlier = EarlierCalls(
            fromCaller: moments, toLine: moments, fromCallerToLine: Array(moments.prefix(1)))
        return facts
    }

    fileprivate static func sample(live onLine: Int, inGroup: Int) -> CallFacts {
        var facts = CallFacts.none
        facts.live = LiveCallCounts(onLine: onLine, inGroup: inGroup)
        return facts
    }
}
