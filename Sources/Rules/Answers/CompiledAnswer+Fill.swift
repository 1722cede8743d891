// SPDX-License-Identifier: Apache-2.0

import Calls

/// What fills the holes of an answer.
struct Filling {
    let situation: Situation
    /// The bytes of `CompiledAnswer.Segment.opening` for the line.
    let opening: [UInt8]
    let decision: String
    let by: Decider
    let revision: String

    /// The value of a placeholder; `nil` where the call has none.
    func value(of placeholder: Placeholder) -> String? {
        let call = situation.call
        return switch placeholder {
        case .callerNumber: call.caller.number?.description
        case .callerCountry: situation.knownOrigin?.country
        case .contact(let attribute): situation.knownContact?[attribute]
        case .lineName: situation.line?.name ?? call.calledName
        case .lineNumber: situation.line?.number.description ?? call.called.number?.description
        case .callID: call.callID.text
        case .timeHour: String(situation.zone.local(situation.now).hour)
        }
    }
}

extension CompiledAnswer {
    /// Returns the answer for one call, as it goes over the wire.
    func filled(with filling: Filling) -> [UInt8] {
        if case .bytes(let only)? = segments.first, segments.count == 1 { return only }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(expectedSize)
        for segment in segments {
            switch segment {
            case .bytes(let literal): bytes.append(contentsOf: literal)
            case .opening: bytes.append(contentsOf: filling.opening)
            case .tag: Self.append(tag: filling, to: &bytes)
            case .hole(let placeholder, let fallback):
                JSONWriter.append(escaping: Self.text(placeholder, fallback, filling), to: &bytes)
            }
        }
        return bytes
    }

    /// Returns the answer in words for one call.
    func words(with filling: Filling) -> String {
        if case .text(let only)? = words.pieces.first, words.pieces.count == 1 { return only }
        return words.pieces.reduce(into: "") { text, piece in
            switch piece {
            case .text(let literal): text += literal
            case .hole(let placeholder, let fallback): text += Self.text(placeholder, fallback, filling)
            }
        }
    }

    /// An empty value counts as none, so that nobody is greeted with "Hello ,".
    private static func text(_ placeholder: Placeholder, _ fallback: String, _ filling: Filling) -> String {
        guard let value = filling.value(of: placeholder), !value.isEmpty else { return fallback }
        return value
    }

    private static func append(tag: Filling, to bytes: inout [UInt8]) {
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
