// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TestSupport
import Testing

/// What a rule may ask of a call.
@Suite struct ConditionTests {
    /// A condition, and the call that it is asked of.
    struct Question: Sendable {
        let condition: Condition
        let from: String?
        let to: String
    }

    private static func row(
        _ name: String, _ condition: Condition, from: String? = "+31612345678", to: String = "+31850835037",
        holds: Bool
    ) -> Row<Question, Bool> {
        Row(name, Question(condition: condition, from: from, to: to), holds)
    }

    static let rows = [
        row("a number is itself", .callerIs(["+31612345678"]), holds: true),
        row("a number is no other", .callerIs(["+31612345679"]), holds: false),
        row("a longer number is no prefix match of a shorter", .callerIs(["+3161234567"]), holds: false),
        row("a number begins with its country", .callerBegins(["+31"]), holds: true),
        row("a number begins with itself", .callerBegins(["+31612345678"]), holds: true),
        row("a prefix longer than the number does not hold", .callerBegins(["+316123456789"]), holds: false),
        row("any of several prefixes holds", .callerBegins(["+49", "+316"]), holds: true),
        row("a prefix is of digits, not of text", .callerBegins(["+3"]), from: "+4331234567", holds: false),
        row("no number begins with nothing", .callerBegins(["+31"]), from: nil, holds: false),
        row("an unusual number is no number", .callerBegins(["+31"]), from: "0612345678", holds: false),
        row("an unusual number is not withheld", .callerWithheld, from: "0612345678", holds: false),
        row("the word anonymous is withheld", .callerWithheld, from: "Anonymous", holds: true),
        row("an empty number is withheld", .callerWithheld, from: "", holds: true),
        row("a line is the number that was called", .line(["+31850835037"]), holds: true),
        row("another line is not", .line(["+31201234567"]), holds: false),
        row("a line need not be listed", .line(["+31201234567"]), to: "+31201234567", holds: true),
        row("a group is the line's", .group(["demo", "other"]), holds: true),
        row("a number in no line is in no group", .group(["demo"]), to: "+31201234567", holds: false),
        row("all need each", .all([.always, .callerWithheld]), holds: false),
        row("all of nothing holds", .all([]), holds: true),
        row("any needs one", .any([.callerWithheld, .always]), holds: true),
        row("any of nothing does not", .any([]), holds: false),
        row("not turns it round", .not(.callerWithheld), holds: true),
    ]

    @Test(arguments: rows) func holds(_ row: Row<Question, Bool>) throws {
        let rules = RuleSet.sample(rules: [(.init("asked", row.input.condition), .greeting("Yes"))])
        let policy = CallPolicy(rules: rules)
        let call = AssistantRequest.sample(from: row.input.from, to: row.input.to)
        let (decision, _) = try policy.answer(call, id: "d-1", at: .sample)
        #expect(decision.by == (row.expected ? .rule("asked") : .otherwise))
    }
}
