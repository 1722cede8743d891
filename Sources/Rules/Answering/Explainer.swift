// SPDX-License-Identifier: Apache-2.0

package import Calls
import Overrides
import Synchronization

/// Explains the decisions of one policy, for as long as the policy is kept.
///
/// Calls keep the explainer instead of the policy, since a policy holds a whole rules file: with calls that live for
/// hours, every reload would stay in memory. Once ``forget()`` was called, words are read off the reply that went out,
/// and *why* says that the rules are gone.
package final class Explainer: Reasoning {
    private let kept: Mutex<CallPolicy?>
    private let revision: String
    private let greetings: [Override]

    package init(_ policy: CallPolicy) {
        kept = Mutex(policy)
        revision = policy.compiled.rules.revision
        greetings = policy.overrides.greetings
    }

    /// Gives up the policy and returns it, so that the caller decides on which thread it is taken apart.
    package func forget() -> CallPolicy? { kept.withLock { $0.take() } }

    package func words(of call: DecidedCall) -> String {
        words(of: call, facts: .none, isLate: false)
    }

    package func steps(of call: DecidedCall) -> [Step] { steps(of: call, facts: .none) }

    package func lookups(of call: DecidedCall) -> [Step] { [] }

    fileprivate func words(of call: DecidedCall, facts: CallFacts, isLate: Bool) -> String {
        guard let policy = kept.withLock({ $0 }) else { return words(ofReply: call, facts: facts) }
        return isLate
            ? policy.lateWords(for: call.request, facts: facts, at: call.at)
            : policy.words(for: call.request, facts: facts, at: call.at)
    }

    fileprivate func steps(of call: DecidedCall, facts: CallFacts) -> [Step] {
        if let policy = kept.withLock({ $0 }) { return policy.steps(for: call.request, facts: facts, at: call.at) }
        let why =
            "decided by rules of revision \(revision), which are no longer in memory; earlier steps are not available"
        return lookups(of: call, facts: facts) + [Step(what: call.by.description, held: true, why: why)]
    }

    fileprivate func lookups(of call: DecidedCall, facts: CallFacts) -> [Step] {
        if let policy = kept.withLock({ $0 }) { return policy.lookups(for: call.request, facts: facts, at: call.at) }
        return (facts.contactStep.map { [$0] } ?? []) + facts.replies.map(\.step)
    }

    private func words(ofReply call: DecidedCall, facts: CallFacts) -> String {
        if facts.replies.contains(where: { $0.report.reply == .answered(call.reply) }) {
            return AskedReply(call.reply).words
        }
        return ReplyText.words(call.reply, kind: call.kind) { text in
            greetings.contains { $0.kind.text == text && $0.isInForce(at: call.at) }
        }
    }
}

/// Explains a decision that needed more than the request, or more time than there was: it keeps the facts.
final class InformedReasoning: Reasoning {
    private let explainer: Explainer
    private let facts: CallFacts
    /// Whether the fallback went out because the answer was late.
    private let isLate: Bool

    init(explainer: Explainer, facts: CallFacts, isLate: Bool) {
        self.explainer = explainer
        self.facts = facts
        self.isLate = isLate
    }

    package func words(of call: DecidedCall) -> String { explainer.words(of: call, facts: facts, isLate: isLate) }

    package func steps(of call: DecidedCall) -> [Step] { explainer.steps(of: call, facts: facts) }

    package func lookups(of call: DecidedCall) -> [Step] { explainer.lookups(of: call, facts: facts) }

    package var contact: ContactLookup? { if case .known(let lookup) = facts.contact { lookup } else { nil } }
}

extension CallPolicy {
    /// Returns in words the answer that was decided with these facts.
    fileprivate func words(for request: AssistantRequest, facts: CallFacts, at now: Instant) -> String {
        var context = context(of: request, facts: facts, at: now, isExplained: true)
        var trace = NoTrace()
        do throws(MissingFact) {
            let verdict = try compiled.rules.decide(&context, overrides: overrides, trace: &trace)
            return words(of: try resolved(verdict.answer, in: context), in: context)
        } catch {
            // An explained context takes missing facts for unknown and never throws.
            return "?"
        }
    }

    /// Returns a resolved answer in words.
    func words(of answer: ResolvedAnswer, in context: EvaluationContext) -> String {
        switch answer {
        case .choice(let choice):
            let filling = filling(choice, for: context)
            return filling.answer.words(for: filling.context ?? context, greeting: filling.greeting)
        case .reply(let reply): return reply.words
        }
    }

    /// Returns in words the answer that replaced a late one.
    fileprivate func lateWords(for request: AssistantRequest, facts: CallFacts, at now: Instant) -> String {
        let context = context(of: request, facts: facts, at: now, isExplained: true)
        return fallback(for: context).words(for: context)
    }

    /// Returns the steps of a decision that was made with these facts; facts that were not looked up stay unknown.
    package func steps(for request: AssistantRequest, facts: CallFacts = .none, at now: Instant) -> [Step] {
        guard let (context, verdict, steps) = explained(request, facts, at: now) else { return [] }
        return (facts.contactStep.map { [$0] } ?? []) + steps + askStep(verdict.answer, in: context)
            + phraseSteps(verdict.answer, in: context) + forcedGreetingStep(verdict, in: context)
    }

    /// Returns what contact sources and other servers said for a decision that was made with these facts.
    fileprivate func lookups(for request: AssistantRequest, facts: CallFacts, at now: Instant) -> [Step] {
        guard let (context, verdict, _) = explained(request, facts, at: now) else { return [] }
        return (facts.contactStep.map { [$0] } ?? []) + earlierAskSteps(verdict.answer, in: context)
            + askStep(verdict.answer, in: context)
    }

    private func explained(
        _ request: AssistantRequest, _ facts: CallFacts, at now: Instant
    ) -> (EvaluationContext, Verdict, [Step])? {
        var context = context(of: request, facts: facts, at: now, isExplained: true)
        var trace = StepTrace()
        do throws(MissingFact) {
            let verdict = try compiled.rules.decide(&context, overrides: overrides, trace: &trace)
            return (context, verdict, trace.steps)
        } catch {
            // An explained context takes missing facts for unknown and never throws.
            return nil
        }
    }

    /// Which versions of its phrases an answer has.
    private func phraseSteps(_ choice: Verdict.Choice, in context: EvaluationContext) -> [Step] {
        guard !compiled.rules.phrases.isEmpty else { return [] }
        do throws(MissingFact) {
            guard case .choice(let choice) = try resolved(choice, in: context) else { return [] }
            let filling = filling(choice, for: context)
            let context = filling.context ?? context
            var steps: [Step] = []
            for index in Set(filling.answer.phrases).sorted() {
                let what = compiled.rules.phrases[index].name.map { "phrase \($0)" } ?? "text by language"
                let version = try context.choose(index)
                let text = version.map { "\"\(context.text($0))\": " } ?? ""
                let why = text + (try context.reason(ofVersionOf: index))
                steps.append(Step(what: what, held: version != nil, why: why))
            }
            return steps
        } catch {
            // An explained context takes missing facts for unknown and never throws.
            return []
        }
    }

    /// The greeting that an operator forces, and what it does to the verdict's answer.
    private func forcedGreetingStep(_ verdict: Verdict, in context: EvaluationContext) -> [Step] {
        guard let greeting = overrides.greeting(for: context.line, at: context.now),
            case .file(let index) = verdict.answer
        else {
            return []
        }
        let what = "forced greeting \(overrides.greetings[greeting].scope)"
        let step =
            switch compiled.rules.answers[index].answer {
            case .standard, .assistant: Step(what: what, held: true, why: "replaces the greeting of the answer")
            case .reject: Step(what: what, held: false, why: "the call is rejected")
            case .raw: Step(what: what, held: false, why: "a raw answer is sent as written")
            case .ask: Step(what: what, held: false, why: "another server's reply is passed on unchanged")
            }
        return [step]
    }
}

extension CallFacts {
    /// What the contact sources said.
    fileprivate var contactStep: Step? {
        guard case .known(let lookup) = contact, !lookup.reports.isEmpty else { return nil }
        let why = lookup.reports.map(\.description).joined(separator: "; ")
        return Step(
            what: "contact", held: lookup.contact != nil, why: why,
            isUndetermined: lookup.contact == nil && lookup.isIncomplete)
    }
}
