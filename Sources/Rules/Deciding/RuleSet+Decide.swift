// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls

extension RuleSet {
    /// Decides a call: bypassing rules, the operator, the line's hours, the rules, in this order.
    ///
    /// The context gains what servers say that rules ask for facts on the way.
    func decide(
        _ context: inout EvaluationContext, overrides: ActiveOverrides, trace: inout some Trace
    ) throws(MissingFact) -> Verdict {
        if let verdict = try byRules(bypassing, &context, trace: &trace) { return verdict }
        let closure = try closure(context, overrides, trace: &trace)
        if case .decided(let verdict) = closure { return verdict }
        if case .open = closure {
            try trace.note(Step(what: "hours", held: false, why: "skipped: the operator keeps the line open"))
        } else if let verdict = try byHours(context, trace: &trace) {
            return verdict
        }
        if let verdict = try unknown(context, trace: &trace) { return verdict }
        if let verdict = try byRules(ordinary, &context, trace: &trace) { return verdict }
        try trace.note(Step(what: "otherwise", held: true, why: "no rule held"))
        return Verdict(answer: .file(otherwise), by: .otherwise)
    }

    /// What the operator's overrides make of a call.
    private enum Closure {
        case none
        case open
        case decided(Verdict)
    }

    private func closure(
        _ context: EvaluationContext, _ overrides: ActiveOverrides, trace: inout some Trace
    ) throws(MissingFact) -> Closure {
        guard !overrides.closures.isEmpty else {
            try trace.note(Step(what: "override all", held: false, why: "none in force"))
            return .none
        }
        for scope in ActiveOverrides.scopes(of: context.line) {
            guard let index = overrides.closure(of: scope, at: context.now) else {
                try trace.note(Step(what: "override \(scope)", held: false, why: "none in force"))
                continue
            }
            let override = overrides.closures[index]
            try trace.note(Step(what: "override \(scope)", held: true, why: override.reason(in: zone)))
            if override.kind == .forcedOpen { return .open }
            return .decided(Verdict(answer: .closing(index), by: .override(scope)))
        }
        return .none
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
            let place = try index.first(for: context.call) { place throws(MissingFact) in
                guard try rules[place].condition.truth(in: context, hours: hours) == .holds else { return false }
                return try !goesOn(after: rules[place], &context, trace: &trace)
            }
            return place.map { verdict(of: rules[$0], context.call) }
        }
        for place in index.all {
            let rule = rules[place]
            let truth = try rule.condition.truth(in: context, hours: hours)
            try trace.note(try step(for: rule, truth, in: context))
            if truth == .holds, try !goesOn(after: rule, &context, trace: &trace) {
                return verdict(of: rule, context.call)
            }
        }
        return nil
    }

    /// Whether the rules after one that holds are asked too, because it asks a server that leaves the answer to them.
    private func goesOn(
        after rule: Rule, _ context: inout EvaluationContext, trace: inout some Trace
    ) throws(MissingFact) -> Bool {
        guard !asks.isEmpty, case .file(let index) = verdict(of: rule, context.call).answer, let ask = asks[index]
        else { return false }
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
