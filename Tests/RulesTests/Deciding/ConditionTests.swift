// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TestSupport
import Testing

/// What a rule may ask of a call.
@Suite struct ConditionTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let condition: Condition
        var from: String?
        var to: String
        let holds: Bool

        init(
            _ name: String, _ condition: Condition, from: String? = "+31612345678", to: String = "+31850835037",
            holds: Bool
        ) {
            testDescription = name
            self.condition = condition
            self.from = from
            self.to = to
            self.holds = holds
        }
    }

    static let examples = [
        Example("a number is itself", .callerIs(["+31612345678"]), holds: true),
        Example("a number is no other", .callerIs(["+31612345679"]), holds: false),
        Example("a longer number is no prefix match of a shorter", .callerIs(["+3161234567"]), holds: false),
        Example("a number begins with its country", .callerBegins(["+31"]), holds: true),
        Example("a number begins with itself", .callerBegins(["+31612345678"]), holds: true),
        Example("a prefix longer than the number does not hold", .callerBegins(["+316123456789"]), holds: false),
        Example("any of several prefixes holds", .callerBegins(["+49", "+316"]), holds: true),
        Example("a prefix is of digits, not of text", .callerBegins(["+3"]), from: "+4331234567", holds: false),
        Example("no number begins with nothing", .callerBegins(["+31"]), from: nil, holds: false),
        Example("an unusual number is no number", .callerBegins(["+31"]), from: "0612345678", holds: false),
        Example("an unusual number is not withheld", .callerWithheld, from: "0612345678", holds: false),
        Example("the word anonymous is withheld", .callerWithheld, from: "Anonymous", holds: true),
        Example("an empty number is withheld", .callerWithheld, from: "", holds: true),
        Example("a line is the number that was called", .line(["+31850835037"]), holds: true),
        Example("another line is not", .line(["+31201234567"]), holds: false),
        Example("a line need not be listed", .line(["+31201234567"]), to: "+31201234567", holds: true),
        Example("a group is the line's", .group(["demo", "other"]), holds: true),
        Example("a number in no line is in no group", .group(["demo"]), to: "+31201234567", holds: false),
        Example("all need each", .all([.always, .callerWithheld]), holds: false),
        Example("all of nothing holds", .all([]), holds: true),
        Example("any needs one", .any([.callerWithheld, .always]), holds: true),
        Example("any of nothing does not", .any([]), holds: false),
        Example("not turns it round", .not(.callerWithheld), holds: true),
    ]

    @Test(arguments: examples) func holds(_ example: Example) throws {
        let rules = RuleSet.sample(rules: [(.init("asked", example.condition), .greeting("Yes"))])
        let book = CallPolicy(rules: rules)
        let call = AssistantRequest.sample(from: example.from, to: example.to)
        let (decision, _) = try book.answer(call, id: "d-1", at: .sample)
        #expect(decision.by == (example.holds ? .rule("asked") : .otherwise))
    }
}
