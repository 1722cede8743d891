// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TestSupport
import Testing

/// Conditions on a contact: of three values, whatever the case of a name, and of numbers.
@Suite struct ContactConditionTests {
    /// A condition, and what the contact sources said.
    struct Question: Sendable {
        let condition: Condition
        let lookup: ContactLookup
    }

    private static func row(
        _ name: String, _ condition: Condition, _ lookup: ContactLookup, _ truth: Truth
    ) -> Row<Question, Truth> {
        Row(name, Question(condition: condition, lookup: lookup), truth)
    }

    private static let down = ContactLookup(
        contact: nil,
        reports: [.init(source: "a.csv", outcome: .unknown), .init(source: "crm", outcome: .failed("refused"))])
    private static let nobody = ContactLookup(contact: nil, reports: [.init(source: "crm", outcome: .unknown)])
    private static let known = lookup(["Tier": "VIP", "Balance": "12.50", "Debt": "1.234,50"])
    private static let vip = Condition.contact("tier", .oneOf(["vip"]))
    private static let gold = Condition.contact("tier", .oneOf(["gold"]))
    private static let is31 = Condition.callerBegins(["+31"])

    private static func lookup(_ attributes: [String: String], failing: Bool = false, isJoined: Bool = false)
        -> ContactLookup
    {
        ContactLookup(
            contact: Contact(attributes: attributes),
            reports: [.init(source: "a.csv", outcome: .found)]
                + (failing ? [.init(source: "crm", outcome: .timedOut)] : []), isJoined: isJoined)
    }

    private static func balance(_ range: NumberRange) -> Condition { .contact("balance", .numbers(range)) }

    static let unavailable = [
        row("row 5: known, while a source is down", .contactIs(.known), down, .undetermined),
        row("row 5: unknown, while a source is down", .contactIs(.unknown), down, .undetermined),
        row("row 5: unavailable, while a source is down", .contactIs(.unavailable), down, .holds),
        row("row 5: an attribute, while a source is down", vip, down, .undetermined),
        row("row 5: a missing attribute, while a source is down", .contact("x", .absent), down, .undetermined),
        row("row 5: a number, while a source is down", balance(.moreThan(0)), down, .undetermined),
        row("row 5: not known, while a source is down", .not(.contactIs(.known)), down, .undetermined),
        row("row 5: not an attribute, while a source is down", .not(vip), down, .undetermined),
        row("row 5: not unavailable, while a source is down", .not(.contactIs(.unavailable)), down, .fails),
        row("row 5: unknown, where every source was asked", .contactIs(.unknown), nobody, .holds),
        row("row 5: unavailable, where every source was asked", .contactIs(.unavailable), nobody, .fails),
        row("row 5: not known, where every source was asked", .not(.contactIs(.known)), nobody, .holds),
        row("row 5: unavailable, of somebody known", .contactIs(.unavailable), known, .fails),
        row("a source that fails before one that knows", .contactIs(.known), lookup([:], failing: true), .holds),
        row("an attribute that is missing there", vip, lookup(["name": "Jan"], failing: true), .fails),
        row(
            "an attribute that a joined source may have", vip,
            lookup(["name": "Jan"], failing: true, isJoined: true), .undetermined),
        row(
            "an attribute that another source has", vip,
            lookup(["tier": "vip"], failing: true, isJoined: true), .holds),
        row("a joined source that answered", vip, lookup(["name": "Jan"], isJoined: true), .fails),
    ]

    static let combined = [
        row("all, with one that fails", .all([vip, .callerWithheld]), down, .fails),
        row("all, with one that holds", .all([is31, vip]), down, .undetermined),
        row("any, with one that holds", .any([vip, is31]), down, .holds),
        row("any, with one that fails", .any([.callerWithheld, vip]), down, .undetermined),
        row("neither of two", .not(.any([vip, gold])), down, .undetermined),
        row("not all, of which one fails", .not(.all([vip, .callerWithheld])), down, .holds),
        row("a thing or its opposite", .any([vip, .not(vip)]), down, .undetermined),
    ]

    static let numbers = [
        row("row 6: a name in another case", vip, known, .holds),
        row("more than", balance(.moreThan(12)), known, .holds),
        row("not more than the number itself", balance(.moreThan(12.5)), known, .fails),
        row("less than", balance(.lessThan(12.5)), known, .fails),
        row("between, with its ends", balance(.between(12.5, 20)), known, .holds),
        row("between, outside", balance(.between(13, 20)), known, .fails),
        row("a number that cannot be read", .contact("debt", .numbers(.moreThan(0))), known, .undetermined),
        row("nor is its opposite", .not(.contact("debt", .numbers(.moreThan(0)))), known, .undetermined),
        row("a number that is not there", .contact("age", .numbers(.moreThan(0))), known, .fails),
        row("a number of nobody", balance(.moreThan(0)), nobody, .fails),
    ]

    @Test(arguments: unavailable + combined + numbers) func isOneOfThree(_ row: Row<Question, Truth>) throws {
        #expect(try Self.step(row.input).truth == row.expected)
    }

    @Test(arguments: [
        Row("which source failed", Question(condition: vip, lookup: down), "cannot tell: crm failed: refused"),
        Row(
            "a number that cannot be read",
            Question(condition: .contact("debt", .numbers(.moreThan(0))), lookup: known),
            "cannot tell: the contact's debt is 1.234,50, which is not a number such as 1234.50"),
        Row(
            "a number out of bounds", Question(condition: balance(.between(13, 20)), lookup: known),
            "the contact's balance is 12.50, not between 13 and 20"),
        Row(
            "the parts that leave it open", Question(condition: .all([is31, vip]), lookup: down),
            "cannot tell: crm failed: refused"),
    ])
    func saysWhy(_ row: Row<Question, String>) throws {
        #expect(try Self.step(row.input).why == row.expected)
    }

    @Test(arguments: [
        ("0", 0), ("-12.5", -12.5), ("+3", 3), (" 7 ", 7), ("1e3", 1000), (".5", 0.5), ("1.234,50", nil), ("1,5", nil),
        ("0x10", nil), ("nan", nil), ("inf", nil), ("infinity", nil), ("", nil), ("-", nil), ("1e999", nil),
        ("12 EUR", nil), ("e", nil), (String(repeating: "9", count: 50), nil),
    ])
    func readsNumbersWithAPoint(text: String, number: Double?) {
        #expect(DecimalText.number(in: text) == number)
    }

    private static func step(_ question: Question) throws -> Step {
        let policy = CallPolicy(rules: .sample(rules: [(.init("asked", question.condition), .greeting("Yes"))]))
        var facts = CallFacts.none
        facts.contact = .known(question.lookup)
        let call = AssistantRequest.sample(from: "+31612345678")
        let (decision, reply) = try policy.answer(call, facts: facts, id: "d-1", at: .sample)
        let decided = DecidedCall(request: call, at: .sample, decision: decision, reply: reply)
        let step = try #require(decision.reasoning.steps(of: decided).first { $0.what == "rule asked" })
        #expect(decision.by == (step.held ? .rule("asked") : .otherwise))
        return step
    }
}

extension Step {
    fileprivate var truth: Truth { held ? .holds : isUndetermined ? .undetermined : .fails }
}
