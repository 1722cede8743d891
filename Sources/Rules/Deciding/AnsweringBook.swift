// SPDX-License-Identifier: Apache-2.0

package import Calls

/// The rules and switches of one moment, ready to answer: every answer compiled, nothing left to look up.
///
/// It never changes. A new rules file or a new switch makes a new one, so each answer is wholly of one version.
package final class AnsweringBook: Sendable {
    package let rules: RuleBook
    package let switches: Switches
    private let linesByNumber: [PhoneNumber: Int]
    private let answers: AnswerTable
    /// The closing texts of `switches.closures`, by place; those of forced openings are never used.
    private let closings: [AnswerTable.Spellings]
    /// The answers with the greeting of `switches.greetings`, by place.
    private let greeted: [AnswerTable]
    private let openings: [AnswerTable.Openings]
    private let noOpening = AnswerTable.Openings(assistantID: nil)

    package init(rules: RuleBook, switches: Switches) {
        self.rules = rules
        self.switches = switches
        linesByNumber = Dictionary(
            rules.lines.enumerated().map { ($1.number, $0) }, uniquingKeysWith: { first, _ in first })
        answers = AnswerTable(rules.answers.map(\.answer), tags: rules.tagsAnswers)
        closings = switches.closures.map { closure in
            guard case .closed(let text) = closure.kind else { return AnswerTable.Spellings(.standard, tags: false) }
            return AnswerTable.Spellings(.reject(TextTemplate(literal: text)), tags: false)
        }
        greeted = switches.greetings.map { greeting in
            guard case .greeting(let text) = greeting.kind else { return AnswerTable([], tags: false) }
            return AnswerTable(rules.answers.map(\.answer), tags: rules.tagsAnswers, forcedGreeting: text)
        }
        openings = rules.lines.map { AnswerTable.Openings(assistantID: $0.assistantID) }
    }

    /// Decides a call and fills its answer.
    ///
    /// The id goes into the tag; it must be unique.
    package func answer(_ call: AssistantRequest, id: String, at now: Instant) -> (Decision, [UInt8]) {
        var trace = NoTrace()
        let (situation, place) = situation(of: call, at: now)
        let verdict = rules.decide(situation, switches: switches, trace: &trace)
        let answer = compiled(verdict.answer, for: situation)
        let opening = place.map { openings[$0] } ?? noOpening
        let filling = Filling(
            situation: situation, opening: opening[call.dialect], decision: id, by: verdict.by, revision: rules.revision
        )
        let decision = Decision(
            id: id, by: verdict.by, kind: answer.kind, words: answer.words(with: filling),
            lineName: situation.line?.name, isTagged: answer.isTagged, reasoning: self)
        return (decision, answer.filled(with: filling))
    }

    /// The answer that goes out when the one that was asked for is late: the closing text while the operator keeps the
    /// line closed, else the saved assistant.
    package func fallback(_ call: AssistantRequest, id: String, at now: Instant) -> (Decision, [UInt8]) {
        let (situation, _) = situation(of: call, at: now)
        let closing = switches.closure(for: situation.line).flatMap { place in
            switches.closures[place].kind.isClosed ? closings[place] : nil
        }
        let answer = (closing ?? standard)[call.dialect]
        let filling = Filling(
            situation: situation, opening: noOpening[call.dialect], decision: id, by: .deadline,
            revision: rules.revision)
        let decision = Decision(
            id: id, by: .deadline, kind: answer.kind, words: answer.words(with: filling),
            lineName: situation.line?.name, isTagged: false, reasoning: self)
        return (decision, answer.filled(with: filling))
    }

    private let standard = AnswerTable.Spellings(.standard, tags: false)

    private func compiled(_ choice: Verdict.Choice, for situation: Situation) -> CompiledAnswer {
        switch choice {
        case .closing(let place): closings[place][situation.call.dialect]
        case .file(let place):
            if let greeting = switches.greeting(for: situation.line) {
                greeted[greeting][place][situation.call.dialect]
            } else {
                answers[place][situation.call.dialect]
            }
        }
    }

    private func situation(of call: AssistantRequest, at now: Instant) -> (Situation, Int?) {
        let place = call.called.number.flatMap { linesByNumber[$0] }
        let line = place.map { rules.lines[$0] }
        return (Situation(call: call, line: line, now: now, zone: line?.zone ?? rules.zone), place)
    }
}

extension AnsweringBook: Reasoning {
    package func steps(for request: AssistantRequest, at now: Instant) -> [Step] {
        var trace = StepTrace()
        let (situation, _) = situation(of: request, at: now)
        let verdict = rules.decide(situation, switches: switches, trace: &trace)
        guard let greeting = switches.greeting(for: situation.line), case .file(let place) = verdict.answer else {
            return trace.steps
        }
        let scope = switches.greetings[greeting].scope
        let step =
            switch rules.answers[place].answer {
            case .standard, .assistant:
                Step(what: "forced greeting \(scope)", held: true, why: "replaces the greeting of the answer")
            case .reject: Step(what: "forced greeting \(scope)", held: false, why: "the call is rejected")
            case .raw: Step(what: "forced greeting \(scope)", held: false, why: "a raw answer goes out as written")
            }
        return trace.steps + [step]
    }
}
