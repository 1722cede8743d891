// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import Rules

extension RulesReader {
    /// Reads JSON that is sent as it is, and checks that it is an answer whatever fills its placeholders.
    mutating func readRaw(_ node: YAMLNode) -> TextTemplate? {
        guard node.scalarText != nil else {
            findings.error(
                .wrongType, "`raw` must be a string that contains a JSON object; use quotes or a block with |",
                at: node.position)
            return nil
        }
        guard let template = readTemplate(node, of: "`raw`") else { return nil }
        for filling in RawFilling.allCases {
            let bytes = filling.fill(template)
            if let problem = JSONSyntax.problem(in: bytes) {
                findings.error(
                    .invalidJSON, "`raw` is not a JSON object\(filling.words): \(problem)", at: node.position)
                return nil
            }
            let problems = JSONReader.read(bytes).map(AnswerCheck.problems) ?? []
            for problem in problems {
                findings.error(.invalidAnswer, "`raw`\(filling.words): \(problem)", at: node.position)
            }
            guard problems.isEmpty else { return nil }
        }
        contactUses.note(spoken: template, at: node.position)
        return template
    }
}

extension TextTemplate {
    /// Whether a raw answer rejects the call.
    var sendsError: Bool { JSONReader.read(RawFilling.values.fill(self))?["error"]?.string != nil }
}

/// What fills the placeholders of a raw answer while it is checked.
private enum RawFilling: CaseIterable {
    /// The call has every value.
    case values
    /// The call has no value, so the fallbacks are used.
    case fallbacks

    var words: String {
        switch self {
        case .values: ""
        case .fallbacks: " when the call lacks a value"
        }
    }

    func fill(_ template: TextTemplate) -> [UInt8] {
        var bytes: [UInt8] = []
        for piece in template.pieces {
            switch piece {
            case .text(let text): bytes += Array(text.utf8)
            case .hole(let hole):
                JSONWriter.append(escaping: self == .values ? hole.placeholder.sample : hole.fallback, to: &bytes)
            }
        }
        return bytes
    }
}

extension Placeholder {
    /// A value as a call may have it.
    fileprivate var sample: String {
        switch self {
        case .callerNumber: "+31612345678"
        case .callerCountry: "NL"
        case .contact: "Jan \"de\" Vries"
        case .lineName: "Front \"desk\""
        case .lineNumber: "+31201234567"
        case .callID: "5c4d030f"
        case .timeHour: "10"
        case .lineFact: "Utrecht"
        case .phrase: "Good \"day\""
        case .moment: "Monday"
        case .lastCall(let fact): fact.sample
        }
    }
}
