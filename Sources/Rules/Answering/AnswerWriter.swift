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
    func pass(_ reply: AskedReply, by: Decider) -> (Decision, [UInt8]) {
        (decision(by: by, kind: reply.kind, isTagged: false, mayLimitDuration: true), reply.bytes)
    }

    /// Fills an answer with what is known.
    func fill(_ filling: CallPolicy.Filling, by: Decider) -> (Decision, [UInt8]) {
        (
            decision(by: by, filling.answer),
            filled(filling.answer, filling.greeting, by: by, in: filling.context ?? context)
        )
    }

    /// Fills the answer that replaces a late one.
    func fillLate(_ answer: CompiledAnswer) -> (Decision, [UInt8]) {
        (
            decision(by: .deadline, answer, isLate: true),
            filled(answer, nil, by: .deadline, in: context)
        )
    }

    private func filled(
        _ answer: CompiledAnswer, _ greeting: ForcedGreeting?, by: Decider, in context: EvaluationContext
    ) -> [UInt8] {
        answer.filled(
            with: TemplateContext(context: context, decision: id, by: by, revision: revision, greeting: greeting))
    }

    private func decision(by: Decider, _ answer: CompiledAnswer, isLate: Bool = false) -> Decision {
        decision(
            by: by, kind: answer.kind, isTagged: answer.isTagged, mayLimitDuration: answer.mayLimitDuration,
            isLate: isLate)
    }

    private func decision(
        by: Decider, kind: AnswerKind, isTagged: Bool, mayLimitDuration: Bool, isLate: Bool = false
    ) -> Decision {
        // Most calls are decided from the request alone: they share the explainer and keep nothing of their own.
        let isPlain = !isLate && context.facts.areNone
        return Decision(
            id: id, by: by, kind: kind, lineName: context.called.line?.name, isTagged: isTagged,
            mayLimitDuration: mayLimitDuration,
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

    /// The bytes of `CompiledAnswer.Cut.Insert.opening`.
    func opening(_ id: TextTemplate?) -> [UInt8] {
        guard let id = text(id) else { return context.called.openings[context.call.dialect] }
        return AssistantOpening.bytes(assistantID: id, dialect: context.call.dialect)
    }

    /// The bytes of `CompiledAnswer.Cut.Insert.reference`.
    func reference(_ id: TextTemplate?) -> [UInt8] {
        guard let id = text(id) else { return context.called.openings.reference(context.call.dialect) }
        return AssistantOpening.reference(assistantID: id, dialect: context.call.dialect)
    }

    /// An id for this call; `nil` where it is empty, so that the line's is used.
    private func text(_ id: TextTemplate?) -> String? {
        guard let id else { return nil }
        let text = context.text(id)
        return text.isEmpty ? nil : text
    }
}

extension EvaluationContext {
    /// The value of a placeholder; `nil` where the call has none.
    private func value(of placeholder: Placeholder) -> String? {
        switch placeholder {
        case .callerNumber: call.caller.number?.description
        case .callerCountry: knownOrigin?.country
        case .contact(let attribute): knownContact?[attribute]
        case .lineName: called.line?.name ?? call.calledName
        case .lineNumber: called.line?.number.description ?? call.called.number?.description
        case .lineFact(let name): called.line?.facts[name]
        case .callID: call.callID.text
        case .timeHour: String(zone.local(now).hour)
        case .moment(let moment): value(of: moment)
        case .lastCall(let fact): value(of: fact)
        case .phrase(let index): phrase(index)
        }
    }

    /// The version of a phrase for this call, filled; `nil` where none suits it.
    private func phrase(_ index: Int) -> String? {
        do throws(MissingFact) {
            return try choose(index).map { text($0) }
        } catch {
            // `check` made sure that nothing is missing, except for an answer that replaces a late one.
            return nil
        }
    }

    /// A version of a phrase with every placeholder filled, in the language of the version.
    func text(_ version: ChosenVersion) -> String {
        (version.language.map { speaking($0) } ?? self).text(version.text)
    }

    /// A text with every placeholder filled.
    func text(_ template: TextTemplate) -> String {
        template.pieces.reduce(into: "") { text, piece in
            switch piece {
            case .text(let literal): text += literal
            case .hole(let hole): text += self.text(hole)
            }
        }
    }

    /// The text for a placeholder.
    ///
    /// An empty value counts as none, so that nobody is greeted with "Hello ,".
    fileprivate func text(_ hole: TextTemplate.Hole) -> String {
        let value = value(of: hole.placeholder) ?? ""
        let filtered = hole.filters.isEmpty ? value : hole.filters.apply(to: value)
        let text = filtered.isEmpty ? hole.fallback : filtered
        return hole.isInURL ? URLText.encoded(text) : text
    }
}

extension CompiledAnswer {
    /// Returns the answer for one call, as it goes over the wire.
    func filled(with filling: TemplateContext) -> [UInt8] {
        // Most answers are the default one, on lines that name no assistant.
        if needsOnlyReference, cuts.isEmpty || filling.reference(nil).isEmpty { return bytes }
        var filled: [UInt8] = []
        filled.reserveCapacity(expectedSize + (filling.greeting?.bytes.count ?? 0))
        bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            for cut in cuts {
                filled.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<cut.at]))
                start = cut.at
                switch cut.insert {
                case .opening(let id): filled.append(contentsOf: filling.opening(id))
                case .tag: Self.append(tag: filling, to: &filled)
                case .greeting: filled.append(contentsOf: filling.greeting?.bytes ?? [])
                case .reference(let id, let follows):
                    let reference = filling.reference(id)
                    if follows, !reference.isEmpty { filled.append(UInt8(ascii: ",")) }
                    filled.append(contentsOf: reference)
                case .hole(let index): JSONWriter.append(escaping: filling.context.text(holes[index]), to: &filled)
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
            case .hole(let hole): text += context.text(hole)
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
