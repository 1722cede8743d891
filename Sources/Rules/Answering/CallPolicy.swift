// SPDX-License-Identifier: Apache-2.0

package import Calls
import JSON
package import Overrides

/// What answers calls at one moment: a compiled rules file, and the overrides in force.
///
/// A policy never changes. A new rules file or a new override makes a new one, so each answer comes from one version of
/// both. Making one compiles the texts of the overrides and nothing of the file.
package final class CallPolicy: Sendable {
    package let compiled: CompiledRules
    package let overrides: ActiveOverrides
    /// The texts of `overrides.closures`, by index.
    private let closings: [ClosureAnswers]
    /// The texts of `overrides.greetings`, by index.
    private let greetings: [ForcedGreeting]

    package init(_ compiled: CompiledRules, overrides: ActiveOverrides = ActiveOverrides()) {
        self.compiled = compiled
        self.overrides = overrides
        closings = overrides.closures.map { ClosureAnswers($0, tags: compiled.rules.tagsAnswers) }
        greetings = overrides.greetings.map { ForcedGreeting($0.kind.text ?? "") }
    }

    /// Compiles a rules file and adds overrides.
    package convenience init(rules: RuleSet, overrides: ActiveOverrides = ActiveOverrides()) {
        self.init(CompiledRules(rules), overrides: overrides)
    }

    /// Decides a call and fills its answer, or throws the fact that has to be looked up first.
    ///
    /// `id` goes into the tag and must be unique. The decision keeps `explainer`, which is asked for the *why* later;
    /// without one it keeps this policy.
    package func answer(
        _ call: AssistantRequest, facts: CallFacts = .none, id: String, at now: Instant, explainer: Explainer? = nil
    ) throws(MissingFact) -> (Decision, [UInt8]) {
        var trace = NoTrace()
        var context = context(of: call, facts: facts, at: now)
        let verdict = try compiled.rules.decide(&context, overrides: overrides, trace: &trace)
        let writer = AnswerWriter(
            context: context, id: id, revision: compiled.rules.revision, explainer: explainer ?? Explainer(self))
        switch try resolved(verdict.answer, in: context) {
        case .choice(let choice): return try writer.write(filling(choice, for: context), by: verdict.by)
        case .reply(let reply): return writer.pass(reply, by: verdict.by)
        }
    }

    /// The answer that replaces a late one: the closing text while an operator keeps the line closed, else the saved
    /// assistant.
    package func fallback(
        _ call: AssistantRequest, facts: CallFacts = .none, id: String, at now: Instant, explainer: Explainer? = nil
    ) -> (Decision, [UInt8]) {
        let context = context(of: call, facts: facts, at: now)
        return AnswerWriter(
            context: context, id: id, revision: compiled.rules.revision, explainer: explainer ?? Explainer(self)
        ).fillLate(fallback(for: context))
    }

    /// What goes out in place of a late answer.
    func fallback(for context: EvaluationContext) -> CompiledAnswer {
        switch overrides.callers.inForce(for: context.call.caller, at: context.now)?.kind {
        case .blocked(let text): return blocking(text)[context.call.dialect]
        case .allowed: return compiled.standard[context.call.dialect]
        case nil: break
        }
        let closing = overrides.closing(for: context.line, at: context.now).map(answers)
        return (closing ?? compiled.standard)[context.call.dialect]
    }

    private func answers(_ closing: ActiveOverrides.Closing) -> AnswerTable.Spellings {
        closings[closing.newest].answer(rejects: closing.rejects)
    }

    /// The answer to a blocked caller; compiled for each call, since every caller may have a text of their own.
    private func blocking(_ text: String) -> AnswerTable.Spellings {
        AnswerTable.Spellings(.reject(TextTemplate(literal: text)), tags: compiled.rules.tagsAnswers)
    }

    /// A compiled answer, and the greeting that an operator forces into it.
    struct Filling {
        let answer: CompiledAnswer
        var greeting: ForcedGreeting?
        /// The context with the line's outlook, where the answer says it; `nil` where the call's own will do.
        var context: EvaluationContext?
    }

    /// The answer of the file or of the operator, with the greeting that is forced on the line.
    func filling(_ choice: Verdict.Choice, for context: EvaluationContext) -> Filling {
        let dialect = context.call.dialect
        switch choice {
        case .closing(let closing): return Filling(answer: answers(closing)[dialect])
        case .blocked(let text): return Filling(answer: blocking(text)[dialect])
        case .file(let index):
            guard let greeting = overrides.greeting(for: context.line, at: context.now) else {
                let answer = compiled.answers[index][dialect]
                return Filling(answer: answer, context: contextWithOutlook(context, for: answer))
            }
            let answer = compiled.answers.greeted(compiled.rules.answers[index].answer, index, dialect)
            return Filling(
                answer: answer, greeting: greetings[greeting], context: contextWithOutlook(context, for: answer))
        }
    }

    /// Adds the line's outlook if the answer says when the line opens or closes.
    private func contextWithOutlook(_ context: EvaluationContext, for answer: CompiledAnswer) -> EvaluationContext? {
        guard answer.needsOutlook || context.called.book.needsOutlook(answer.phrases) else { return nil }
        return context.with(outlook(of: context.line, at: context.now, clock: context.zone))
    }

    /// What rules are asked about.
    func context(
        of call: AssistantRequest, facts: CallFacts, at now: Instant, isExplained: Bool = false
    ) -> EvaluationContext {
        EvaluationContext(
            call: call, called: compiled.line(call.called.number), now: now, facts: facts, isExplained: isExplained)
    }
}

/// The greeting that an operator forces, as text and as the bytes between the quotation marks.
final class ForcedGreeting: Sendable {
    let text: String
    let bytes: [UInt8]

    init(_ text: String) {
        self.text = text
        var bytes: [UInt8] = []
        JSONWriter.append(escaping: text, to: &bytes)
        self.bytes = bytes
    }
}

extension CallPolicy {
    /// Decides a call and fills its answer; each fact is fetched at most once, and only when a rule or the answer asks.
    ///
    /// Where the source throws, `facts` holds what was gathered so far. Most calls ask for nothing and need no source.
    package func answer<Source: FactSource>(
        _ call: AssistantRequest, gathering facts: inout CallFacts, from source: @autoclosure () -> Source, id: String,
        at now: Instant, explainer: Explainer? = nil
    ) throws(Source.Failure) -> (Decision, [UInt8]) {
        while true {
            let missing: MissingFact
            do throws(MissingFact) {
                return try answer(call, facts: facts, id: id, at: now, explainer: explainer)
            } catch {
                missing = error
            }
            try gather(missing, of: call, into: &facts, from: source())
        }
    }

    private func gather<Source: FactSource>(
        _ missing: MissingFact, of call: AssistantRequest, into facts: inout CallFacts, from source: Source
    ) throws(Source.Failure) {
        switch missing {
        case .contact:
            guard let number = call.caller.number else { return facts.contact = .known(.nobody) }
            facts.contact = .known(try source.contact(of: number))
        case .origin:
            guard let number = call.caller.number else { return facts.origin = .known(nil) }
            facts.origin = .known(try source.origin(of: number))
        case .reply(let upstream): facts.note(try source.reply(of: upstream), of: upstream)
        }
    }
}
