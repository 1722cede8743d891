// SPDX-License-Identifier: Apache-2.0

import JSON
import Overrides
package import Calls

/// The rules and switches of one moment, ready to answer: every answer compiled, nothing left to look up.
///
/// It never changes. A new rules file or a new switch makes a new one, so each answer is wholly of one version.
package final class CompiledRules: Sendable {
    package let rules: RuleSet
    package let switches: ActiveOverrides
    private let linesByNumber: [PhoneNumber: CalledLine]
    private let unknownLine: CalledLine
    private let answers: AnswerTable
    /// The closing texts of `switches.closures`, by place; those of forced openings are never used.
    private let closings: [AnswerTable.Spellings]
    /// The answers with the greeting of `switches.greetings`, by place.
    private let greeted: [AnswerTable]
    /// The answers that other servers give, by place.
    private let asks: [Int: Ask]
    private let standard = AnswerTable.Spellings(.standard, tags: false)

    package init(rules: RuleSet, switches: ActiveOverrides) {
        self.rules = rules
        self.switches = switches
        linesByNumber = Dictionary(
            rules.lines.map { ($0.number, CalledLine($0)) }, uniquingKeysWith: { first, _ in first })
        unknownLine = CalledLine(unknownIn: rules.zone)
        answers = AnswerTable(rules.answers.map(\.answer), tags: rules.tagsAnswers)
        closings = switches.closures.map { closure in
            AnswerTable.Spellings(closure.kind.answer, tags: rules.tagsAnswers)
        }
        greeted = switches.greetings.map { greeting in
            guard case .greeting(let text) = greeting.kind else { return AnswerTable([], tags: false) }
            return AnswerTable(rules.answers.map(\.answer), tags: rules.tagsAnswers, forcedGreeting: text)
        }
        asks = Dictionary(
            uniqueKeysWithValues: rules.answers.enumerated().compactMap { place, named in
                if case .ask(let ask) = named.answer { (place, ask) } else { nil }
            })
    }

    /// Decides a call and fills its answer, or throws what has to be looked up before.
    ///
    /// The id goes into the tag; it must be unique.
    package func answer(
        _ call: AssistantRequest, facts: CallFacts = .none, id: String, at now: Instant
    ) throws(MissingFact) -> (Decision, [UInt8]) {
        var trace = NoTrace()
        let context = context(of: call, facts: facts, at: now)
        let verdict = try rules.decide(context, switches: switches, trace: &trace)
        let writer = AnswerWriter(book: self, context: context, id: id)
        switch try settled(verdict.answer, in: context) {
        case .choice(let choice): return try writer.write(compiled(choice, for: context), by: verdict.by)
        case .reply(let reply): return writer.pass(reply, by: verdict.by)
        }
    }

    /// The answer that goes out when the one that was asked for is late: the closing text while the operator keeps the
    /// line closed, else the saved assistant.
    package func fallback(
        _ call: AssistantRequest, facts: CallFacts = .none, id: String, at now: Instant
    ) -> (Decision, [UInt8]) {
        let context = context(of: call, facts: facts, at: now)
        return AnswerWriter(book: self, context: context, id: id).fillLate(fallback(for: context))
    }

    /// What goes out in the place of a late answer.
    func fallback(for context: EvaluationContext) -> CompiledAnswer {
        let closing = switches.closure(for: context.line, at: context.now).flatMap { place in
            switches.closures[place].kind == .forcedOpen ? nil : closings[place]
        }
        return (closing ?? standard)[context.call.dialect]
    }

    /// The answer of the file or of the operator, with the greeting that is in force for the line.
    func compiled(_ choice: Verdict.Choice, for context: EvaluationContext) -> CompiledAnswer {
        switch choice {
        case .closing(let place): closings[place][context.call.dialect]
        case .file(let place):
            if let greeting = switches.greeting(for: context.line, at: context.now) {
                greeted[greeting][place][context.call.dialect]
            } else {
                answers[place][context.call.dialect]
            }
        }
    }

    /// The server that gives an answer, if one does.
    func ask(_ choice: Verdict.Choice) -> Ask? {
        guard !asks.isEmpty, case .file(let place) = choice else { return nil }
        return asks[place]
    }

    /// What rules are asked about.
    func context(
        of call: AssistantRequest, facts: CallFacts, at now: Instant, isExplained: Bool = false
    ) -> EvaluationContext {
        EvaluationContext(
            call: call, called: call.called.number.flatMap { linesByNumber[$0] } ?? unknownLine, now: now, facts: facts,
            isExplained: isExplained)
    }
}
