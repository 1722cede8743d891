// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls

extension RuleSet {
    /// Decides a call: the operator's override on the caller, bypassing rules, the operator's on the line, its hours, the
    /// rules, in this order.
    ///
    /// The context gains what servers say that rules ask for facts on the way.
    func decide(
        _ context: inout EvaluationContext, overrides: ActiveOverrides, trace: inout some Trace
    ) throws(MissingFact) -> Verdict {
        var isAllowed = false
        switch try standing(of: context, overrides, trace: &trace) {
        case .ordinary: break
        case .blocked(let verdict): return verdict
        case .allowed: isAllowed = true
        }
        if let verdict = try byRules(bypassing, &context, trace: &trace) { return verdict }
        if isAllowed {
            try trace.note(Step(what: "overrides, hours", held: false, why: "skipped: the operator allowed the caller"))
        } else if let verdict = try byOperatorOrHours(context, overrides, trace: &trace) {
            return verdict
        }
        if let verdict = try unknown(context, trace: &trace) { return verdict }
        if let verdict = try byRules(ordinary, &context, trace: &trace) { return verdict }
        try trace.note(Step(what: "otherwise", held: true, why: "no rule held"))
        return Verdict(answer: .file(otherwise), by: .otherwise)
    }

    /// The verdict of a closure or of the hours, if the line is closed.
    private func byOperatorOrHours(
        _ context: EvaluationContext, _ overrides: ActiveOverrides, trace: inout some Trace
    ) throws(MissingFact) -> Verdict? {
        try noteOverrides(context, overrides, trace: &trace)
        if let closing = overrides.closing(for: context.line, at: context.now) {
            return Verdict(answer: .closing(closing), by: .override(overrides.closures[closing.newest].scope))
        }
        if overrides.skipsHours(for: context.line, at: context.now) {
            try trace.note(Step(what: "hours", held: false, why: "skipped: the operator keeps the line open"))
            return nil
        }
        return try byHours(context, trace: &trace)
    }

    /// Notes a step for each scope of the line, the override that decides last.
    private func noteOverrides<Steps: Trace>(
        _ context: EvaluationContext, _ overrides: ActiveOverrides, trace: inout Steps
    ) throws(MissingFact) {
        guard Steps.isRead else { return }
        let scopes = ActiveOverrides.scopes(of: context.line)
        let set = scopes.compactMap { overrides.closure(of: $0, at: context.now) }.sorted { $0.id < $1.id }
        guard !overrides.closures.isEmpty || !overrides.openings.isEmpty else {
            try trace.note(Step(what: "override all", held: false, why: "none in force"))
            return
        }
        for scope in scopes where !set.contains(where: { $0.scope == scope }) {
            try trace.note(Step(what: "override \(scope)", held: false, why: "none in force"))
        }
        let closing = overrides.closing(for: context.line, at: context.now)
        let newest = closing.map { overrides.closures[$0.newest] }
        // The one that gives the text comes last.
        for override in set.filter({ $0.scope != newest?.scope }) + [newest].compactMap(\.self) {
            let held = closing == nil || override.kind.closes
            let why = override.reason(in: zone) + override.part(in: closing, newest: newest)
            try trace.note(Step(what: "override \(override.scope)", held: held, why: why))
        }
    }

    private func byHours(_ context: EvaluationContext, trace: inout some Trace) throws(MissingFact) -> Verdict? {
        guard let index = context.called.line?.hours, let closing = hours[index].closing else { return nil }
        let table = hours[index]
        let isOpen = table.isOpen(in: context)
        try trace.note(Step(what: "hours \(table.name)", held: !isOpen, why: table.reason(in: context)))
        guard !isOpen else { return nil }
        // Most hours have one answer for all times and languages.
        let answer = closing.isPlain ? closing.otherwise.answer : table.closedAnswer(in: context)
        return answer.map { Verdict(answer: .file($0), by: .hours(table.name)) }
    }

    private func unknown(_ context: EvaluationContext, trace: inout some Trace) throws(MissingFact) -> Verdict? {
        guard case .none = context.called.line else { return nil }
        switch context.call.called {
        case .withheld:
            guard let noNumber else { return nil }
            try trace.note(Step(what: "no number", held: true, why: "the request names no called number"))
            return Verdict(answer: .file(noNumber), by: .noNumber)
        case .number(let number):
            guard let unknownLine else { return nil }
            try trace.note(Step(what: "unknown line", held: true, why: "\(number) is in no line"))
            return Verdict(answer: .file(unknownLine), by: .unknownLine)
        case .unusual(let text):
            try trace.note(
                Step(
                    what: "unknown line", held: unknownLine != nil,
                    why: "the called number cannot be read as a phone number: \"\(text)\""))
            return unknownLine.map { Verdict(answer: .file($0), by: .unknownLine) }
        }
    }

    /// Asks rules in the order of the file; without a trace only those that can hold.
    private func byRules<Steps: Trace>(
        _ index: RuleIndex, _ context: inout EvaluationContext, trace: inout Steps
    ) throws(MissingFact) -> Verdict? {
        guard Steps.isRead else {
            let place = try index.first(for: context) { place throws(MissingFact) in
                guard try rules[place].condition.truth(in: context, hours: hours) == .holds else { return false }
                return try !goesOn(after: place, &context, trace: &trace)
            }
            return place.map { verdict(of: rules[$0], context.call) }
        }
        for place in index.all {
            let rule = rules[place]
            let truth = try rule.condition.truth(in: context, hours: hours)
            try trace.note(try step(for: rule, truth, in: context))
            if truth == .holds, try !goesOn(after: place, &context, trace: &trace) {
                return verdict(of: rule, context.call)
            }
        }
        return nil
    }

    /// Whether the rules after one that holds are asked too, because it asks a server that leaves the answer to them.
    private func goesOn(
        after place: Int, _ context: inout EvaluationContext, trace: inout some Trace
    ) throws(MissingFact) -> Bool {
        guard !asks.isEmpty, let ask = ask(verdict(of: rules[place], context.call).answer) else { return false }
        guard let report = context.facts.report(of: ask.upstream) else {
            guard context.isExplained else { throw .reply(of: ask.upstream) }
            return ask.gives == .facts
        }
        switch (ask.gives, report.reply) {
        case (.answer, .answered), (.answer, .failed): return false
        case (.answer, .noContent):
            try trace.note(Step(what: "ask \(ask.upstream.name)", held: false, why: "\(report); the rules go on"))
            return true
        case (.facts, _):
            let facts = LearnedFacts(report, from: ask.upstream)
            context = context.learning(facts.contact, facts.report)
            try trace.note(Step(what: "ask \(ask.upstream.name)", held: facts.contact != nil, why: facts.words))
            return true
        }
    }

    /// The server that gives an answer, if one does.
    func ask(_ choice: Verdict.Choice) -> Ask? {
        guard !asks.isEmpty, case .file(let index) = choice else { return nil }
        return asks[index]
    }

    private func verdict(of rule: Rule, _ call: AssistantRequest) -> Verdict {
        switch rule.outcome {
        case .answer(let place): return Verdict(answer: .file(place), by: .rule(rule.name))
        case .split(let split):
            let arm = split.arm(for: call, rule: rule.name)
            return Verdict(answer: .file(arm.answer), by: .arm(arm.name, ofRule: rule.name))
        }
    }

    private func step(for rule: Rule, _ truth: Truth, in context: EvaluationContext) throws(MissingFact) -> Step {
        var why = try rule.condition.reason(in: context, hours: hours)
        if rule.bypassesClosures { why += " (bypasses closures)" }
        if truth == .holds, case .split(let split) = rule.outcome {
            why += "; \(split.by.rawValue) falls to arm \(split.arm(for: context.call, rule: rule.name).name)"
        }
        return Step(
            what: "rule \(rule.name)", held: truth == .holds, why: why, isUndetermined: truth == .undetermined)
    }
}
