// SPDX-License-Identifier: Apache-2.0

import Calls

extension CompiledRules {
    /// An answer when it is known whether another server gives it.
    enum ResolvedAnswer {
        /// An answer of the file or of the operator.
        case choice(Verdict.Choice)
        /// Another server's reply, byte for byte.
        case reply([UInt8])
    }

    /// Puts another server's reply in the place of an answer that asks for it, or what is to go out without one.
    func settled(_ choice: Verdict.Choice, in context: EvaluationContext) throws(MissingFact) -> ResolvedAnswer {
        guard let ask = ask(choice) else { return .choice(choice) }
        switch context.facts.reply {
        case .known(let report):
            if case .answered(let reply) = report.reply { return .reply(reply) }
            return .choice(.file(ask.otherwise))
        case .unasked:
            guard context.isExplained else { throw .reply(of: ask.upstream) }
            return .choice(.file(ask.otherwise))
        }
    }

    /// What asking another server came to.
    func askStep(_ choice: Verdict.Choice, in context: EvaluationContext) -> [Step] {
        guard let ask = ask(choice), case .known(let report) = context.facts.reply else { return [] }
        let what = "ask \(ask.upstream.name)"
        if case .answered = report.reply { return [Step(what: what, held: true, why: report.description)] }
        let words = rules.answers[ask.otherwise].name ?? "default"
        return [Step(what: what, held: false, why: "\(report); its `otherwise` goes out: \(words)")]
    }
}
