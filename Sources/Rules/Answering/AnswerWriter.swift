// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON

/// Fills the answer of one call and states the decision.
struct AnswerWriter {
    let context: EvaluationContext
    /// The decision's id.
    let id: String
    /// The revision of the rules.
    let revision: String
    let explainer: Explainer

    /// Fills an answer, or throws the fact that its placeholders need.
    func write(_ filling: CallPolicy.Filling, by: Decider) throws(MissingFact) -> (Decision, [UInt8]) {
        try context.check(filling.answer)
        return fill(filling, by: by)
    }

    /// Passes another server's reply on, byte for byte; it carries no tag of ours.
    func pass(_ reply: [UInt8], by: Decider) -> (Decision, [UInt8]) {
        (decision(by: by, kind: ReplyText.of(reply).kind, isTagged: false), reply)
    }

    /// Fills an answer with what is known.
    func fill(_ filling: CallPolicy.Filling, by: Decider) -> (Decision, [UInt8]) {
        (
            decision(by: by, kind: filling.answer.kind, isTagged: filling.answer.isTagged),
            filled(filling.answer, filling.greeting, by: by, in: filling.context ?? context)
        )
    }

    /// Fills the answer that replaces a late one.
    func fillLate(_ answer: CompiledAnswer) -> (Decision, [UInt8]) {
        (
            decision(by: .deadline, kind: answer.kind, isTagged: answer.isTagged, isLate: true),
            filled(answer, nil, by: .deadline, in: context)
        )
    }

    private func filled(
        _ answer: CompiledAnswer, _ greeting: ForcedGreeting?, by: Decider, in context: EvaluationContext
    ) -> [UInt8] {
        answer.filled(
            with: TemplateContext(context: context, decision: id, by: by, revision: revision, greeting: greeting))
    }

    private func decision(by: Decider, kind: AnswerKind, isTagged: Bool, isLate: Bool = false) -> Decision {
        // Most calls are decided from the request alone: they share the explainer and keep nothing of their own.
        let isPlain = !isLate && context.facts == .none
        return Decision(
            id: id, by: by, kind: kind, lineName: context.called.line?.name, isTagged: isTagged,
            reasoning: isPlain
                ? explainer : InformedReasoning(explainer: explainer, facts: context.facts, isLate: isLate),
            keptBytes: isPlain ? 0 : context.facts.bytes)
    }
}

/// What fills the placeholders of an answer.
struct TemplateContext {
    let context: EvaluationContext
    let decision: String
    let by: Decider
    let revision: String
    let greeting: ForcedGreeting?

    /// The bytes of `CompiledAnswer.Cut.Insert.opening` for the line.
    var opening: [UInt8] { context.called.openings[context.call.dialect] }
}

extension EvaluationContext {
    /// The value of a placeholder; `nil` where the call has none.
    fileprivate func value(of placeholder: Placeholder) -> String? {
        switch placeholder {
        case .callerNumber: call.caller.number?.description
        case .callerCountry: knownOrigin?.country
        case .contact(let attribute): knownContact?[attribute]
        case .lineName: called.line?.name ?? call.calledName
        case .lineNumber: called.line?.number.description ?? call.called.number?.description
        case .callID: call.callID.text
        case .timeHour: String(zone.local(now).hour)
        case .moment(let moment): value(of: moment)
        }
    }

    /// The text for a placeholder.
    ///
    /// An empty value counts as none, so that nobody is greeted with "Hello ,".
    fileprivate func text(_ placeholder: Placeholder, else fallback: String) -> String {
        guard let value = value(of: placeholder), !value.isEmpty else { return fallback }
        return value
    }
}

extension CompiledAnswer {
    /// Returns the answer for one call, as it goes over the wire.
    func filled(with filling: TemplateContext) -> [UInt8] {
        guard !cuts.isEmpty else { return bytes }
        var filled: [UInt8] = []
        filled.reserveCapacity(expectedSize + (filling.greeting?.bytes.count ?? 0))
        bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            for cut in cuts {
                filled.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<cut.at]))
                start = cut.at
                switch cut.insert {
                case .opening: filled.append(contentsOf: filling.opening)
                case .tag: Self.append(tag: filling, to: &filled)
                case .greeting: filled.append(contentsOf: filling.greeting?.bytes ?? [])
                case .hole(let index):
                    let hole = holes[index]
                    let text = filling.context.text(hole.placeholder, else: hole.fallback)
                    JSONWriter.append(escaping: text, to: &filled)
                }
            }
            filled.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
        }
        return filled
    }

    /// Returns the answer in words for one call.
    func words(for context: EvaluationContext, greeting: ForcedGreeting? = nil) -> String {
        let beginning = hasForcedGreeting ? "forced greeting \"\(greeting?.text ?? "")\"" : ""
        return words.pieces.reduce(into: beginning) { text, piece in
            switch piece {
            case .text(let literal): text += literal
            case .hole(let placeholder, let fallback): text += context.text(placeholder, else: fallback)
            }
        }
    }

    private static func append(tag: TemplateContext, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "{\"decision\":\"".utf8)
        JSONWriter.append(escaping: tag.decision, to: &bytes)
        bytes.append(contentsOf: "\",\"by\":\"".utf8)
        if case .rule(let name) = tag.by {
            // As `description` has it, without making a string of it for each call.
            bytes.append(contentsOf: "rule ".utf8)
            JSONWriter.append(escaping: name, to: &bytes)
        } else {
            JSONWriter.append(escaping: tag.by.description, to: &bytes)
        }
        bytes.append(contentsOf: "\",\"revision\":\"".utf8)
        JSONWriter.append(escaping: tag.revision, to: &bytes)
        bytes.append(contentsOf: "\"}".utf8)
    }
}
