// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON

/// Answers that other servers give.
extension CallPolicy {
    /// An answer once it is known whether another server gives it.
    enum ResolvedAnswer {
        /// An answer of the file or of the operator.
        case choice(Verdict.Choice)
        /// Another server's reply, byte for byte.
        case reply(AskedReply)
    }

    /// Replaces an answer that asks another server with its reply, or with `otherwise`.
    func resolved(_ choice: Verdict.Choice, in context: EvaluationContext) throws(MissingFact) -> ResolvedAnswer {
        guard let ask = ask(choice) else { return .choice(choice) }
        guard let report = context.facts.report(of: ask.upstream) else {
            guard context.isExplained else { throw .reply(of: ask.upstream) }
            return .choice(.file(ask.otherwise))
        }
        if case .answered(let bytes) = report.reply, ask.gives == .answer {
            let reply = AskedReply(bytes)
            if reply.isPassedOn { return .reply(reply) }
        }
        return .choice(.file(ask.otherwise))
    }

    /// The server that gives an answer, if one does.
    func ask(_ choice: Verdict.Choice) -> Ask? {
        compiled.rules.ask(choice)
    }

    /// What came of asking another server for the answer.
    func askStep(_ choice: Verdict.Choice, in context: EvaluationContext) -> [Step] {
        guard let ask = ask(choice), let report = context.facts.report(of: ask.upstream) else { return [] }
        let what = "ask \(ask.upstream.name)"
        var why = report.description
        if case .answered(let bytes) = report.reply, ask.gives == .answer {
            let reply = AskedReply(bytes)
            if reply.isPassedOn {
                return [Step(what: what, held: true, why: reply.flaw.map { "\(why); \($0)" } ?? why)]
            }
            why += " with an empty `error`, which is not passed on"
        }
        let words = compiled.rules.answers[ask.otherwise].name ?? "default"
        return [Step(what: what, held: false, why: "\(why); its `otherwise` goes out: \(words)")]
    }

    /// What the servers said that rules asked before the answer was decided.
    func earlierAskSteps(_ choice: Verdict.Choice, in context: EvaluationContext) -> [Step] {
        let last = ask(choice)?.upstream
        return context.facts.replies.filter { $0.upstream != last }.map(\.step)
    }
}

extension AskedUpstream {
    /// What the server said, apart from what came of it.
    var step: Step {
        let held = if case .answered = report.reply { true } else { false }
        return Step(what: "ask \(upstream.name)", held: held, why: report.description)
    }
}

/// The reply of a server that was asked for the answer.
struct AskedReply {
    let bytes: [UInt8]
    private let answer: JSONValue?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        answer = JSONReader.read(bytes)
    }

    var kind: AnswerKind { ReplyText.kind(of: answer) }

    /// The reply in words, for the row; with its flaw, if it has one.
    var words: String {
        let words = ReplyText.words(ofAsked: answer)
        return flaw.map { "\(words); \($0)" } ?? words
    }

    /// Whether it goes to the platform; an empty `error` does not, since the caller would hear nothing.
    var isPassedOn: Bool { answer?["error"]?.string.map { !AnswerCheck.isBlank($0) } ?? true }

    /// Why the platform may refuse the reply, in words.
    var flaw: String? {
        answer.map(AnswerCheck.problems)?.first.map { "the platform may refuse it: \($0)" }
    }
}
