// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog

/// A text folded for searching: small and capital letters are the same.
struct SearchText: Hashable, Sendable {
    private let bytes: [UInt8]

    init(_ text: String) {
        bytes = Self.folded(text)
    }

    var isEmpty: Bool { bytes.isEmpty }

    func begins(with other: SearchText) -> Bool { bytes.starts(with: other.bytes) }

    /// Whether the text stands in what the list says of a call: caller, line, answer, decider, id.
    func isFound(in call: CallRecord) -> Bool {
        let line = call.lineName ?? ""
        let answer = call.exchange?.words ?? "not asked"
        let by = call.exchange?.decision.by.description ?? ""
        return isFound(in: call.caller.description) || isFound(in: line) || isFound(in: call.called.description)
            || isFound(in: answer) || isFound(in: by) || isFound(in: call.id.text)
    }

    func isFound(in text: String) -> Bool {
        guard let first = bytes.first else { return false }
        let text = Self.folded(text)
        guard text.count >= bytes.count else { return false }
        return (0...(text.count - bytes.count)).contains { start in
            text[start] == first && text[start..<start + bytes.count].elementsEqual(bytes)
        }
    }

    /// Most text is ASCII, where folding is one bit.
    private static func folded(_ text: String) -> [UInt8] {
        var bytes = Array(text.utf8)
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return Array(text.lowercased().utf8) }
        for index in bytes.indices where UInt8(ascii: "A") <= bytes[index] && bytes[index] <= UInt8(ascii: "Z") {
            bytes[index] |= 0x20
        }
        return bytes
    }
}
