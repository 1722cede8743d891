// SPDX-License-Identifier: Apache-2.0

import Calls

/// Fills the answer of one call.
struct AnswerWriter {
    let book: CompiledRules
    let context: EvaluationContext
    /// The decision's id.
    let id: String

    /// Fills an answer, or throws what its holes ask for and nobody looked up yet.
    func write(_ answer: CompiledAnswer, by: Decider) throws(MissingFact) -> (Decision, [UInt8]) {
        try context.check(answer)
        return fill(answer, by: by)
    }

    /// Hands another server's reply on, byte for byte; it carries no tag of ours.
    func pass(_ reply: [UInt8], by: Decider) -> (Decision, [UInt8]) {
        let decision = Decision(
            id: id, by: by, kind: ReplyText.of(reply).kind, lineName: context.called.line?.name, isTagged: false,
            reasoning: InformedReasoning(book: book, facts: context.facts))
        return (decision, reply)
    }

    /// Fills an answer with what is known.
    func fill(_ answer: CompiledAnswer, by: Decider) -> (Decision, [UInt8]) {
        fill(
            answer, by: by,
            because: context.facts == .none ? book : InformedReasoning(book: book, facts: context.facts))
    }

    /// Fills the answer that goes out in the place of a late one.
    func fillLate(_ answer: CompiledAnswer) -> (Decision, [UInt8]) {
        fill(answer, by: .deadline, because: InformedReasoning(book: book, facts: context.facts, isLate: true))
    }

    private func fill(
        _ answer: CompiledAnswer, by: Decider, because reasoning: any Reasoning
    ) -> (Decision, [UInt8]) {
        let filling = TemplateContext(context: context, decision: id, by: by, revision: book.rules.revision)
        let decision = Decision(
            id: id, by: by, kind: answer.kind, lineName: context.called.line?.name, isTagged: answer.isTagged,
            reasoning: reasoning)
        return (decision, answer.filled(with: filling))
    }
}
