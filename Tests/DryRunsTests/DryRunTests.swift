// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import DryRuns
import Rules
import TestSupport
import Testing

/// The tests in a rules file, and explanations.
@Suite struct DryRunTests {
    private static let rules = RuleSet.sample(
        rules: [
            (.init("vip", .contact("tier", .oneOf(["vip"]))), .greeting("Hi {{contact.name|you}}")),
            (.init("never", .callerWithheld), .standard),
        ], otherwise: .reject(TextTemplate(literal: "No.")))

    private static func result(_ contact: [String: String]?, by: String?, answer: JSONValue?) -> CaseResult {
        let lookup = ContactLookup(contact: contact.map(Contact.init(attributes:)), reports: [])
        let call = HypotheticalCall(request: .sample(), at: .sample, contact: lookup, earlier: .none)
        let ruleCase = RuleCase(name: "case", line: 7, call: call, expected: .init(by: by, answer: answer))
        return CaseResult(ruleCase, in: DryRun(rules: rules, numbers: NoNumberingPlan()))
    }

    private static func greeting(_ text: String) -> JSONValue { ["assistant": ["first_message": .string(text)]] }

    @Test func aCaseHoldsWhateverTheTagAndTheOrderOfKeys() {
        let result = Self.result(["name": "Jan", "tier": "vip"], by: "rule vip", answer: Self.greeting("Hi Jan"))
        #expect(result.differences.isEmpty)
    }

    @Test func differencesShowBothSides() {
        let result = Self.result(nil, by: "rule vip", answer: Self.greeting("Hi"))
        #expect(
            result.differences == [
                "- by: rule vip", "+ by: otherwise", #"- answer: {"assistant":{"first_message":"Hi"}}"#,
                #"+ answer: {"error":"No."}"#,
            ])
    }

    @Test func rulesThatNoCaseReachesAreNamed() {
        let results = [Self.result(["tier": "vip"], by: nil, answer: nil)]
        #expect(CaseCoverage(of: ["vip", "never"], by: results).unreached == ["never"])
    }

    @Test func anExplanationHasEveryStep() {
        let call = HypotheticalCall(
            request: .sample(), at: .sample, contact: ContactLookup(contact: nil, reports: []), earlier: .none)
        let explanation = DryRun(rules: Self.rules, numbers: NoNumberingPlan()).explain(call)
        #expect(explanation.by == .otherwise)
        #expect(explanation.steps.map(\.what) == ["override all", "rule vip", "rule never", "otherwise"])
    }
}
