// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls

/// What fills the holes of an answer.
struct TemplateContext {
    let context: EvaluationContext
    let decision: String
    let by: Decider
    let revision: String

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
        }
    }

    /// What stands in a hole.
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
        filled.reserveCapacity(expectedSize)
        bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            for cut in cuts {
                filled.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<cut.at]))
                start = cut.at
                switch cut.insert {
                case .opening: filled.append(contentsOf: filling.opening)
                case .tag: Self.append(tag: filling, to: &filled)
                case .hole(let place):
                    let hole = holes[place]
                    let text = filling.context.text(hole.placeholder, else: hole.fallback)
                    JSONWriter.append(escaping: text, to: &filled)
                }
            }
            filled.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
        }
        return filled
    }

    /// Returns the answer in words for one call.
    func words(for context: EvaluationContext) -> String {
        words.pieces.reduce(into: "") { text, piece in
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
            // As `description` has it, without making a text of it for each call.
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
