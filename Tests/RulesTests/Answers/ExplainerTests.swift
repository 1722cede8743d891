// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Rules
import TestSupport
import Testing

/// What can be said of a decision once the rules that made it are gone.
@Suite struct ExplainerTests {
    static let answers: [Row<Answer, String>] = [
        Row("the word default", .standard, "default"),
        Row("a greeting", .greeting("Hi {{caller.number}}"), #"greeting "Hi +31612345678""#),
        Row("a rejection", .rejection("Closed."), #"rejected "Closed.""#),
        Row("a raw answer", .raw(TextTemplate(literal: #"{"error":"x"}"#)), "raw answer"),
        Row("a limit", .assistant(AssistantAnswer(maxDuration: 60)), "at most 60 s"),
        Row(
            "blocks",
            .assistant(
                AssistantAnswer(
                    greeting: TextTemplate(literal: "Hi"),
                    settings: [
                        .init("tts_config", .fixed(["provider": "x", "voice_id": "y"])),
                        .init("analysis_plan", .fixed(["structured_data_plan": ["enabled": true]])),
                    ])), #"greeting "Hi" + tts x y + analysis"#),
    ]

    @Test(arguments: answers, Dialect.allCases) func wordsStayWhenTheRulesAreGone(
        _ row: Row<Answer, String>, _ dialect: Dialect
    ) throws {
        let explainer = Explainer(CallPolicy(rules: .sample(otherwise: row.input)))
        #expect(try words(explainer, dialect: dialect) == row.expected)
        #expect(explainer.forget() == nil)
    }

    @Test func aForcedGreetingIsStillCalledForced() throws {
        let policy = CallPolicy(
            rules: .sample(otherwise: .assistant(AssistantAnswer(maxDuration: 60))),
            overrides: .sample(.sample(.greeting("Hoi \"jij\""))))
        #expect(try words(Explainer(policy), dialect: .snakeCase) == #"forced greeting "Hoi "jij"" + at most 60 s"#)
    }

    /// Compares the words of before and after the policy is gone, and returns them.
    private func words(_ explainer: Explainer, dialect: Dialect) throws -> String {
        let policy = try #require(explainer.forget())
        let kept = Explainer(policy)
        let call = AssistantRequest.sample(dialect: dialect)
        let (decision, reply) = try policy.answer(call, id: "d-1", at: .sample, explainer: kept)
        let decided = DecidedCall(request: call, at: .sample, decision: decision, reply: reply)
        let words = decision.reasoning.words(of: decided)
        #expect(decision.reasoning.steps(of: decided).count > 1)
        #expect(kept.forget() === policy)
        #expect(decision.reasoning.words(of: decided) == words)
        let steps = decision.reasoning.steps(of: decided)
        #expect(steps.map(\.what) == ["otherwise"])
        #expect(steps.map(\.held) == [true])
        return words
    }
}
