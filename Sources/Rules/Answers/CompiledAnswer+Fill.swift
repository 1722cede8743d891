// SPDX-License-Identifier: Apache-2.0

import Calls

/// What fills the holes of an answer.
struct Filling {
    let situation: Situation
    let decision: String
    let by: Decider
    let revision: String

    /// The bytes of `CompiledAnswer.Cut.Insert.opening` for the line.
    var opening: [UInt8] { situation.called.openings[situation.call.dialect] }

    /// The value of a placeholder; `nil` where the call has none.
    func value(of placeholder: Placeholder) -> String? {
        let call = situation.call
        return switch placeholder {
        case .callerNumber: call.caller.number?.description
        case .callerCountry: situation.knownOrigin?.country
        case .contact(let attribute): situation.knownContact?[attribute]
        case .lineName: situation.called.line?.name ?? call.calledName
        case .lineNumber: situation.called.line?.number.description ?? call.called.number?.description
        case .callID: call.callID.text
        case .timeHour: String(situation.zone.local(situation.now).hour)
        }
    }
}

extension CompiledAnswer {
    /// Returns the answer for one call, as it goes over the wire.
    func filled(with filling: Filling) -> [UInt8] {
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
                    JSONWriter.append(escaping: Self.text(hole.placeholder, hole.fallback, filling), to: &filled)
                }
            }
            filled.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
        }
        return filled
    }

    /// Returns the answer in words for one call.
    func words(with filling: Filling) -> String {
        if case .text(let only)? = words.pieces.first, words.pieces.count == 1 { return only }
        var text: [UInt8] = []
        text.reserveCapacity(expectedWords)
        for piece in words.pieces {
            switch piece {
            case .text(let literal): text.append(contentsOf: literal.utf8)
            case .hole(let placeholder, let fallback):
                text.append(contentsOf: Self.text(placeholder, fallback, filling).utf8)
            }
        }
        return String(decoding: text, as: UTF8.self)
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
